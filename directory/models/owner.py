"""A row that belongs to exactly one of several kinds of record, held by the database."""

from django.db import models


def exactly_one(*fields: str, name: str) -> models.CheckConstraint:
    """A constraint that exactly one of the foreign keys `fields` is set."""
    condition = models.Q()
    for chosen in fields:
        condition |= models.Q(**{f"{field}__isnull": field != chosen for field in fields})
    return models.CheckConstraint(condition=condition, name=f"directory_{name}")
