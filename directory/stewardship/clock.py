"""How long a problem report may wait: three working days; 24 hours when a person is in danger."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from directory.models import ProblemReport

WORKING_DAYS = 3
UNSAFE = timedelta(hours=24)
SATURDAY = 5


@dataclass(frozen=True)
class Clock:
    """How long a report has been open, and whether that is too long."""

    waited: timedelta
    deadline: datetime
    late: bool

    @property
    def text(self) -> str:
        days, hours = self.waited.days, self.waited.seconds // 3600
        if days:
            return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
        return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}


def clock(report: ProblemReport, now: datetime) -> Clock:
    until = deadline(report)
    end = report.closed_at or now
    return Clock(end - report.created_at, until, end > until)


def deadline(report: ProblemReport) -> datetime:
    """By when a steward should have answered."""
    if report.kind == ProblemReport.Kind.UNSAFE:
        return report.created_at + UNSAFE
    return _working_days_after(report.created_at, WORKING_DAYS)


def _working_days_after(moment: datetime, days: int) -> datetime:
    """The same time of day so many working days later; a weekend's report counts from Monday."""
    local = timezone.localtime(moment)
    while days:
        local += timedelta(days=1)
        days -= local.weekday() < SATURDAY
    return local
