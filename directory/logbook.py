"""What happened to listings, as Wagtail's log keeps it: the names of the deeds and their entries.

The words are the CMS's (`viewsets/happenings.py`); here stands what a deed has to remember.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory.models import Service

KEPT = "directory.keep"
RESTORED = "directory.restore"
ARRIVED = "directory.import.create"
IMPORTED = "directory.import.change"
SET_ASIDE = "directory.import.set_aside"
SHOWN_AGAIN = "directory.import.again"
IMPORT_UNDONE = "directory.import.undo"
PUT_BACK = "directory.import.put_back"
VERIFIED = "directory.verify"
ANSWERED = "directory.answer"
STATUS = "directory.status"
MERGED = "directory.merge"
SEPARATED = "directory.separate"
CHUNK = 500


def log_services(ids: Iterable[Any], action: str, data: dict[str, Any], by: Any = None) -> None:
    """One entry for each of these services that is still there, in few queries. They have no id:
    of entries that share one Wagtail shows only the last.
    """
    kind, now = ContentType.objects.get_for_model(Service), timezone.now()
    waiting = iter(ids)
    while chunk := list(islice(waiting, CHUNK)):
        names = Service.objects.filter(pk__in=chunk).order_by().values_list("pk", "name")
        ModelLogEntry.objects.bulk_create(
            ModelLogEntry(
                content_type=kind,
                object_id=str(pk),
                label=name,
                action=action,
                data=data,
                timestamp=now,
                user=by,
                content_changed=True,
            )
            for pk, name in names
        )
