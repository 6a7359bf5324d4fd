"""What every HSDS object has: a UUID, and where it came from."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A row whose (source, source_id) makes it the same row at the next import.

    Rows entered by hand have neither. `as_given` keeps, column by column, what an import could not
    understand or what leads nowhere: stewards see it, export gives it back, nothing indexes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("source"), max_length=100, blank=True, editable=False)
    source_id = models.CharField(_("id at the source"), max_length=200, blank=True, editable=False)
    last_modified = models.DateTimeField(_("last modified"), auto_now=True)
    as_given = models.JSONField(_("not understood"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="%(app_label)s_%(class)s_source",
            ),
        ]
