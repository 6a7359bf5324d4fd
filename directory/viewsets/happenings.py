"""What the history of a listing says of each deed, in plain words.

An entry whose data is gone (a place became confidential) still says what was done.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogFormatter

from directory import logbook
from directory.models import Service, Verification

Data = dict[str, Any]
SHOWS_CHANGES = (
    logbook.IMPORTED,
    logbook.SET_ASIDE,
    logbook.SHOWN_AGAIN,
)


def moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "DATETIME_FORMAT")


def _restored(data: Data) -> str:
    if "version" not in data:
        return _("Put back to an earlier version")
    values = {"when": moment(datetime.fromisoformat(data["version"]))}
    if "fields" in data:
        return _("Partly put back to the version of %(when)s") % values
    return _("Put back to the version of %(when)s") % values


def _verified(data: Data) -> str:
    """ "Checked (called them): phone until May 3, 2027; cost until May 3, 2027"."""
    parts = [
        _("%(field)s until %(date)s") % {"field": _subject(field), "date": _day(until)}
        for field, until in data.get("until", {}).items()
    ]
    if not parts:
        return _("Checked")
    how = dict(Verification.Method.choices).get(data.get("method", ""), "")
    return _("Checked (%(how)s): %(what)s") % {"how": how, "what": "; ".join(parts)}


def _subject(field: str) -> str:
    return str(dict(Verification.Subject.choices).get(field, field))


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


def _answered(data: Data) -> str:
    taken = data.get("taken", 0)
    if data.get("closed"):
        return _("Provider’s answer accepted: closed for good")
    if not taken:
        return _("Provider’s answer accepted: all is right")
    text = ngettext(
        "Provider’s answer accepted: %(count)s correction",
        "Provider’s answer accepted: %(count)s corrections",
        taken,
    )
    return text % {"count": taken}


def _status(data: Data) -> str:
    label = dict(Service.Status.choices).get(data.get("status", ""), "")
    return _("Status set: %(status)s") % {"status": label}


def _import(text: Promise) -> Callable[[Data], str]:
    """A sentence that names the source and the number of its import."""
    return lambda data: (
        str(text)
        % {
            "source": data.get("source", ""),
            "number": data.get("batch", ""),
        }
    )


def _named(text: Promise) -> Callable[[Data], str]:
    return lambda data: str(text) % {"name": data.get("name", "")}


DEEDS: dict[str, tuple[Promise, Callable[[Data], str]]] = {
    logbook.KEPT: (
        gettext_lazy("Keep"),
        lambda data: _("Kept as it stood before the next change"),
    ),
    logbook.RESTORED: (gettext_lazy("Put back"), _restored),
    logbook.ARRIVED: (
        gettext_lazy("New by import"),
        _import(gettext_lazy("Came with the import “%(source)s” (number %(number)s)")),
    ),
    logbook.IMPORTED: (
        gettext_lazy("Changed by import"),
        _import(gettext_lazy("Changed by the import “%(source)s” (number %(number)s)")),
    ),
    logbook.SET_ASIDE: (
        gettext_lazy("Set aside"),
        _import(
            gettext_lazy("Set aside: not in the import “%(source)s” (number %(number)s) any more")
        ),
    ),
    logbook.SHOWN_AGAIN: (
        gettext_lazy("Shown again"),
        _import(gettext_lazy("Shown again: back in the import “%(source)s” (number %(number)s)")),
    ),
    logbook.IMPORT_UNDONE: (
        gettext_lazy("Import undone"),
        _import(gettext_lazy("The import “%(source)s” (number %(number)s) was undone")),
    ),
    logbook.PUT_BACK: (
        gettext_lazy("Put back what an import changed"),
        _import(
            gettext_lazy("What the import “%(source)s” (number %(number)s) changed was put back")
        ),
    ),
    logbook.VERIFIED: (gettext_lazy("Check"), _verified),
    logbook.ANSWERED: (gettext_lazy("Provider’s answer"), _answered),
    logbook.STATUS: (gettext_lazy("Status"), _status),
    logbook.MERGED: (gettext_lazy("Merge"), _named(gettext_lazy("Merged with “%(name)s”"))),
    logbook.SEPARATED: (
        gettext_lazy("Separate"),
        _named(gettext_lazy("Made a listing apart from “%(name)s” again")),
    ),
}


def register(actions: Any) -> None:
    """Makes the deeds known to Wagtail's log."""
    for action, (label, said) in DEEDS.items():
        actions.register_action(action)(_formatter(label, said))


def _formatter(label: Promise, said: Callable[[Data], str]) -> type[LogFormatter]:
    def format_message(self: LogFormatter, entry: Any) -> str:
        return said(entry.data)

    return type("Deed", (LogFormatter,), {"label": label, "format_message": format_message})
