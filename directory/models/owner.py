"""A row that belongs to at least one of several kinds of record, held by the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


def owned_by(*fields: str, name: str) -> models.CheckConstraint:
    """A constraint that one of the foreign keys `fields` is set.

    HSDS lets one row belong to several: a phone of a service that is also its location's. An
    imported row whose only owner does not exist stays in SourceRow and reaches no table.
    """
    condition = models.Q()
    for field in fields:
        condition |= models.Q(**{f"{field}__isnull": False})
    return models.CheckConstraint(
        condition=condition,
        name=f"directory_{name}",
        violation_error_message=_("Say what this belongs to."),
    )
