"""Permissions of what has none of its own: who may change a service may change its parts."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from directory.models import (
    Metadata,
    MetaTableDescription,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
    Unit,
)


class LentPolicy(ModelPermissionPolicy):
    """What may be done with `model`, of these actions, may be done with its parts too."""

    def __init__(self, model: type[Any], *actions: str) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(super().user_has_permission(user, action))


def register() -> None:
    """Before anything asks for a policy."""
    everything = ("add", "change", "delete", "view")
    # A place is given to a service, and taken away, in the service's own form.
    register_permission_policy(ServiceAtLocation, LentPolicy(Service, "change", "view"))
    register_permission_policy(Taxonomy, LentPolicy(TaxonomyTerm, *everything))
    register_permission_policy(Unit, LentPolicy(Service, *everything))
    for of_sources in (Metadata, MetaTableDescription):
        register_permission_policy(of_sources, LentPolicy(Service, "view"))
