"""How fresh the directory is, in numbers that can be published: a bounded number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Q
from django.utils import timezone

from directory.lasting import Subject
from directory.models import ContactCheck, ProblemReport, Service, Verification
from directory.stewardship.due import due

YEAR = 365
HALF = 180


@dataclass(frozen=True)
class FieldFreshness:
    """How many public listings had this field checked in the last 180 and 365 days."""

    field: str
    verified_180: int
    verified_365: int


@dataclass(frozen=True)
class Freshness:
    """The state at the end of a day. Counts are of public listings; `verified_*` means that every
    field that needs it was checked; reports are those closed as fixed in the year before.
    """

    on: date
    services: int
    verified_180: int
    verified_365: int
    never_verified: int
    due: int
    fields: tuple[FieldFreshness, ...]
    reports_open: int
    reports_fixed: int
    median_days_report_to_fix: float | None
    links_checked: int
    dead_links: int
    dead_numbers: int


def freshness(on: date | None = None) -> Freshness:
    """The numbers of today, or of a day for which the checks are still known."""
    day = on or timezone.localdate()
    public = Service.objects.public()
    fixed = _days_to_fix(day)
    checked = ContactCheck.objects.filter(service__in=public)
    links = checked.filter(kind=ContactCheck.Kind.LINK)
    broken = Q(state=ContactCheck.State.BROKEN)
    return Freshness(
        on=day,
        services=public.count(),
        verified_180=public.filter(assured_date__range=_days(day, HALF)).count(),
        verified_365=public.filter(assured_date__range=_days(day, YEAR)).count(),
        never_verified=public.filter(assured_date=None).count(),
        due=due(day, public).count(),
        fields=tuple(_field(subject, day) for subject in Subject),
        reports_open=ProblemReport.objects.filter(state=ProblemReport.State.NEW).count(),
        reports_fixed=len(fixed),
        median_days_report_to_fix=round(median(fixed), 1) if fixed else None,
        links_checked=links.count(),
        dead_links=links.filter(broken).count(),
        dead_numbers=checked.filter(broken, kind=ContactCheck.Kind.PHONE).count(),
    )


def _days(day: date, count: int) -> tuple[date, date]:
    return day - timedelta(days=count), day


def _field(subject: str, day: date) -> FieldFreshness:
    return FieldFreshness(str(subject), _checked(subject, day, HALF), _checked(subject, day, YEAR))


def _checked(subject: str, day: date, count: int) -> int:
    """By a verification of the field, or by a check of the whole listing."""
    window = _days(day, count)
    alone = Verification.objects.current().filter(field=subject, verified_on__range=window)
    public = Service.objects.public()
    return public.filter(Q(assured_date__range=window) | Q(pk__in=alone.values("service"))).count()


def _days_to_fix(day: date) -> list[float]:
    """Days from report to fix, of what was fixed in the year up to the end of that day."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    closed: Iterable[tuple[datetime, datetime | None]] = ProblemReport.objects.filter(
        state=ProblemReport.State.FIXED,
        closed_at__gte=end - timedelta(days=YEAR),
        closed_at__lt=end,
    ).values_list("created_at", "closed_at")
    return [(done - came).total_seconds() / 86400 for came, done in closed if done is not None]
