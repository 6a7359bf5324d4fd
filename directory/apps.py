from django.apps import AppConfig
from django.db import transaction
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """The HSDS 3.1 directory of services: a reusable app that knows neither site nor statistics."""

    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from directory.models.location import became_confidential
        from directory.publishing import follow_at_once, places_hidden
        from directory.stewardship.ending import end_outdated

        follow_at_once(end_outdated)
        became_confidential.connect(places_hidden)
        became_confidential.connect(_drop_waiting_files)


def _drop_waiting_files(**signal: object) -> None:
    from directory.viewsets.imports.forgetting import drop_waiting_files

    transaction.on_commit(drop_waiting_files)
