"""What opening hours are reckoned from. Models have it, and so have the plain rows that the search
index is made of (`directory.search.gathering`)."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from directory.models import HolidayCalendar, Schedule, ScheduleException

Row = TypeVar("Row", covariant=True)


class Many(Protocol[Row]):
    """Rows that belong to a record, as a manager of prefetched ones gives them."""

    def all(self) -> Iterable[Row]: ...


class TimedLocation(Protocol):
    @property
    def confidential(self) -> bool: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def schedules(self) -> Many[Schedule]: ...


class TimedPlace(Protocol):
    """A service at a location."""

    @property
    def location(self) -> TimedLocation: ...
    @property
    def schedules(self) -> Many[Schedule]: ...
    @property
    def schedule_exceptions(self) -> Many[ScheduleException]: ...


class TimedService(Protocol):
    @property
    def availability(self) -> str: ...
    @property
    def holidays(self) -> HolidayCalendar | None: ...
    @property
    def schedules(self) -> Many[Schedule]: ...
    @property
    def schedule_exceptions(self) -> Many[ScheduleException]: ...
