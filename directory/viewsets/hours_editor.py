"""Rows of opening hours and of exceptions, as stewards fill them in."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from directory.hsds.objects import DAYS
from directory.models import Schedule, ScheduleException
from directory.recurrence import SAID, rule_of
from directory.rhythm import rule_words
from directory.viewsets.days import NTHS, DaysWidget, numbered, told_apart
from directory.viewsets.rows_panel import RowsPanel

MONTH, KEPT = "month", "kept"
RHYTHMS = [
    ("1", gettext_lazy("every week")),
    ("2", gettext_lazy("every 2 weeks")),
    ("3", gettext_lazy("every 3 weeks")),
    ("4", gettext_lazy("every 4 weeks")),
    (MONTH, gettext_lazy("every month")),
]
BEYOND = ("byweekno", "byyearday", "count", "until")  # what no box of this form can say


class ScheduleForm(WagtailAdminModelForm):
    """One rule: days and times, and for those who need it, how often and from when until when.

    A rule that an import brought and that these boxes cannot say is kept as it is, and told in
    words, until a steward chooses another rhythm.
    """

    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=RHYTHMS, required=False)
    nths = forms.MultipleChoiceField(
        label=gettext_lazy("Which ones in the month"),
        choices=NTHS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The first and third Monday: tick Monday, first and third."),
    )
    all_day = forms.BooleanField(label=gettext_lazy("Open 24 hours"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schedule, boxes = self.instance, told_apart(self.instance.byday)
        if schedule._state.adding:
            return
        rhythm = _rhythm(schedule)
        if rhythm == KEPT:
            words = _("as it is: %(rule)s") % {"rule": rule_words(schedule)}
            self.fields["rhythm"].choices = [(KEPT, words), *RHYTHMS]
        days, nths = boxes or ("", [])
        round_the_clock = schedule.opens_at is not None and schedule.opens_at == schedule.closes_at
        self.initial |= {"rhythm": rhythm, "byday": days, "nths": nths, "all_day": round_the_clock}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        rhythm = data.get("rhythm") or "1"
        if rhythm == KEPT:
            return data | {"byday": self.instance.byday, "bymonthday": self.instance.bymonthday}
        if data.get("all_day"):
            data |= {"opens_at": time(0), "closes_at": time(0)}
        monthly = rhythm == MONTH
        if monthly:
            data["byday"] = numbered(data.get("byday", ""), data.get("nths", []))
        else:
            data["bymonthday"] = ""
        self._complete(data, monthly, int("1" if monthly else rhythm))
        return data

    def _complete(self, data: dict[str, Any], monthly: bool, interval: int) -> None:
        """Says what is missing; with nothing but a note the row tells people something."""
        timed = data.get("opens_at") is not None and data.get("closes_at") is not None
        some = data.get("opens_at") is not None or data.get("closes_at") is not None
        dated = bool(data.get("byday") or data.get("bymonthday"))
        if (dated or some) and not timed:
            self.add_error("opens_at", _("Say from when until when, or tick “Open 24 hours”."))
        if timed and not dated:
            self.add_error("byday", _("Tick the days."))
        if not dated and not some and not data.get("description"):
            self.add_error("byday", _("Tick the days, or write a note."))
        if monthly and data.get("byday") and not data.get("nths"):
            self.add_error("nths", _("Tick which ones in the month."))
        if interval > 1 and not data.get("dtstart"):
            self.add_error("dtstart", _("Give a day of the first of these weeks."))

    def _post_clean(self) -> None:
        rhythm = self.cleaned_data.get("rhythm") or "1"
        if rhythm != KEPT:
            self._take(rhythm)
        super()._post_clean()
        ready = not self.errors and self.instance.opens_at is not None
        if rhythm != KEPT and ready and rule_of(self.instance) is None:
            self.add_error("bymonthday", _("Give days of the month, such as “1, 15”."))

    def _take(self, rhythm: str) -> None:
        """What the boxes say replaces all that was said of the rhythm before."""
        schedule = self.instance
        schedule.freq = "MONTHLY" if rhythm == MONTH else "WEEKLY"
        schedule.interval = None if rhythm in (MONTH, "1") else int(rhythm)
        schedule.byweekno = schedule.byyearday = ""
        schedule.count = schedule.until = None
        schedule.as_given = {k: v for k, v in schedule.as_given.items() if k not in SAID}


def _rhythm(schedule: Schedule) -> str:
    """Which rhythm the boxes show for a rule; KEPT when none fits."""
    unread = any(column in schedule.as_given for column in SAID)
    if unread or any(getattr(schedule, column) for column in BEYOND):
        return KEPT
    boxes = told_apart(schedule.byday)
    if boxes is None or any(day not in DAYS for day in boxes[0].split(",") if day):
        return KEPT
    interval = schedule.interval or 1
    if schedule.freq == "MONTHLY":
        plain = boxes[0] and not boxes[1]
        return MONTH if interval == 1 and not plain and not schedule.wkst else KEPT
    weekly = not boxes[1] and not schedule.bymonthday
    return str(interval) if weekly and interval in (1, 2, 3, 4) else KEPT


class ExceptionForm(WagtailAdminModelForm):
    """Days on which other hours hold; one day when no last day is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].required = False
        self.fields["last_day"].help_text = _("Empty: one day")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        data["last_day"] = data.get("last_day") or data.get("first_day")
        if data.get("kind") != ScheduleException.Kind.CLOSED and not (
            data.get("opens_at") is not None and data.get("closes_at") is not None
        ):
            self.add_error("opens_at", _("Say from when until when it is open."))
        return data


class HoursPanel(RowsPanel):
    row_form = ScheduleForm


class ExceptionsPanel(RowsPanel):
    row_form = ExceptionForm


ABOUT = ("attending_type", "schedule_link", "notes")  # what HSDS says of hours beside the times
HOURS_FIELDS = (
    *("rhythm", "byday", "nths", "bymonthday", "opens_at", "closes_at", "all_day"),
    *("dtstart", "valid_from", "valid_to", "description", *ABOUT),
)
WHY = ("description", "description_es")
EXCEPTION_FIELDS = ("kind", "first_day", "last_day", "opens_at", "closes_at", *WHY)


def hours_panel(*, words: bool = True) -> HoursPanel:
    """`words`: with notes, which at a confidential place may tell the place."""
    more = [FieldPanel("attending_type"), FieldPanel("schedule_link"), FieldPanel("notes")]
    notes = [
        FieldPanel("description"),
        MultiFieldPanel(more, heading=gettext_lazy("More about it"), classname="collapsed"),
    ]
    return HoursPanel(
        "schedules",
        heading=gettext_lazy("Opening hours"),
        label=gettext_lazy("Hours"),
        panels=[*_rule(), *(notes if words else [])],
    )


def _rule() -> list[Panel]:
    return [
        FieldPanel("byday", widget=DaysWidget),
        _row("opens_at", "closes_at", "all_day"),
        FieldRowPanel(
            [
                FieldPanel("rhythm"),
                FieldPanel("dtstart", heading=gettext_lazy("A day of the first week")),
            ]
        ),
        FieldPanel("nths"),
        FieldPanel("bymonthday"),
        _row("valid_from", "valid_to"),
    ]


def exceptions_panel(*, words: bool = True) -> ExceptionsPanel:
    return ExceptionsPanel(
        "schedule_exceptions",
        heading=gettext_lazy("Exceptions"),
        label=gettext_lazy("Exception"),
        panels=[
            FieldPanel("kind"),
            _row("first_day", "last_day"),
            _row("opens_at", "closes_at"),
            *([_row(*WHY)] if words else []),
        ],
    )


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(name) for name in names])
