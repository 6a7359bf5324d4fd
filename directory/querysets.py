"""Sets of services, each with a bounded number of queries whatever its size."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from directory.models import Service  # noqa: F401  # named in the base class below


class ServiceQuerySet(models.QuerySet["Service"]):
    def kept(self) -> "ServiceQuerySet":
        """Those that their source still has and that are no duplicate of another."""
        return self.filter(set_aside_at=None, merged_into=None)

    def public(self) -> "ServiceQuerySet":
        """Services that a resident may find: each can be reached, and its source still has it."""
        return self.kept().filter(status="active", reachable=True)

    def with_listing(self) -> "ServiceQuerySet":
        """All that a listing or a search document needs, prefetched."""
        return self.select_related("organization").prefetch_related(
            "translations",
            "languages",
            "schedules",
            "schedule_exceptions",
            "holidays__holidays",
            "phones",
            "organization__phones",
            "attributes__taxonomy_term__taxonomy",
            "attributes__taxonomy_term__parent",
            "service_at_locations__location__addresses",
            "service_at_locations__location__phones",
            "service_at_locations__phones",
            "service_at_locations__schedules",
            "service_at_locations__schedule_exceptions",
            "service_at_locations__location__schedules",
        )

    def with_details(self) -> "ServiceQuerySet":
        """All that the page of a service needs, prefetched."""
        return (
            self.with_listing()
            .select_related("program")
            .prefetch_related(
                "required_documents",
                "cost_options",
                "service_areas",
                "contacts__phones",
                "additional_urls",
                "capacities__unit",
                "organization__additional_websites",
                "service_at_locations__contacts__phones",
                "service_at_locations__service_areas",
                "service_at_locations__location__accessibility",
                "service_at_locations__location__languages",
            )
        )
