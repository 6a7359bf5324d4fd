"""Opening hours against an oracle that looks at the clock on the wall every minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.daybook import daybook
from directory.hours import Opening, intervals_for, merged, opening_at
from directory.models import Location, Organization, Schedule, Service, ServiceAtLocation

pytestmark = pytest.mark.django_db

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)  # clocks change at two in the morning
ZONES = [
    "America/Denver",
    "America/New_York",
    "America/Phoenix",
    "Europe/Dublin",
    "Australia/Lord_Howe",
]

clocks = st.times().map(lambda t: t.replace(minute=t.minute // 5 * 5, second=0, microsecond=0))
starts = st.sampled_from([SPRING, AUTUMN, date(2027, 4, 4), date(2027, 10, 3)]).flatmap(
    lambda day: st.integers(-2, 1).map(lambda n: day + timedelta(days=n))
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=5, unique=True))
    return Schedule(
        byday=",".join(days),
        opens_at=draw(clocks),
        closes_at=draw(st.one_of(clocks, st.just(time(23, 59)))),
        valid_from=draw(st.one_of(st.none(), starts)),
        valid_to=draw(st.one_of(st.none(), starts)),
    )


class Rows(list[Schedule]):
    """Unsaved schedules where prefetched ones would stand."""

    def all(self) -> "Rows":
        return self


class Unsaved:
    """A service, or a service at a location, that is not in the database."""

    def __init__(self, rows: list[Schedule], zone: str = "") -> None:
        self.schedules = Rows(rows)
        self.schedule_exceptions = Rows([])
        self.holidays = None
        self.availability = "schedule"
        self.location = Location(time_zone=zone)


def open_minutes(rows: list[Schedule], zone: ZoneInfo, start: date, days: int) -> set[int]:
    """Every minute that some rule of some day covers, found by looking at each one's wall clock."""
    first = int(datetime(start.year, start.month, start.day, tzinfo=UTC).timestamp()) - 3 * 86_400
    minutes = range(first, first + (days + 6) * 86_400, 60)
    walls = [datetime.fromtimestamp(m, zone).replace(tzinfo=None) for m in minutes]

    def reached(wall: datetime) -> int:
        return next(m for m, shown in zip(minutes, walls, strict=True) if shown >= wall)

    found: set[int] = set()
    for offset in range(-1, days):
        day = start + timedelta(days=offset)
        for row in rows:
            begins = datetime.combine(day, row.opens_at)
            ends = datetime.combine(day, row.closes_at)
            if row.closes_at == time(23, 59):
                ends = datetime.combine(day + timedelta(days=1), time(0))
            elif ends <= begins:
                ends += timedelta(days=1)
            outside = (row.valid_from and day < row.valid_from) or (
                row.valid_to and day > row.valid_to
            )
            over = offset == -1 and ends <= datetime.combine(start, time(0))
            if DAYS[day.weekday()] in row.byday and not (outside or over):
                found.update(range(reached(begins), reached(ends), 60))
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(schedules(), max_size=3), st.sampled_from(ZONES), starts)
def test_intervals_are_the_minutes_that_are_open(
    rows: list[Schedule], zone: str, start: date
) -> None:
    place = Unsaved(rows, zone)
    service = Unsaved([])
    days = 4
    intervals = intervals_for(service, place if rows else None, start, days)  # type: ignore[arg-type]
    covered = {minute for opens, closes in intervals for minute in range(opens, closes, 60)}
    begin = datetime.combine(start, time(0), ZoneInfo(zone)).timestamp()  # before: the last night
    expected = {m for m in open_minutes(rows, ZoneInfo(zone), start, days) if m >= begin}
    assert {minute for minute in covered if minute >= begin} == expected
    assert all(a[1] < b[0] for a, b in pairwise(intervals))
    for minute in sorted(expected)[:50]:
        state = opening_at("schedule", intervals, datetime.fromtimestamp(minute, UTC)).state
        assert state == "open"


def test_a_clock_marked_as_second_of_its_night_is_read_as_any_other() -> None:
    """Half past two does not come on 14 March 2027 in Denver, whatever its `fold` says."""
    plain, marked = time(2, 30), time(2, 30, fold=1)
    starts = {
        intervals_for(
            Unsaved([]),  # type: ignore[arg-type]
            Unsaved([Schedule(byday="SU", opens_at=opens, closes_at=time(9))], "America/Denver"),  # type: ignore[arg-type]
            date(2027, 3, 14),
            1,
        )
        for opens in (plain, marked)
    }
    skip = int(datetime(2027, 3, 14, 9, tzinfo=UTC).timestamp())  # 02:00 becomes 03:00
    assert starts == {((skip, skip + 6 * 3600),)}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8))
def test_merging_keeps_every_moment(pairs: list[tuple[int, int]]) -> None:
    intervals = [(begin, begin + length) for begin, length in pairs]
    covered = {moment for begin, end in intervals for moment in range(begin, end)}
    result = merged(intervals)
    assert {moment for begin, end in result for moment in range(begin, end)} == covered
    assert all(a[1] < b[0] for a, b in pairwise(result))


def service(**values: object) -> Service:
    organization = Organization.objects.create(name="Open Arms")
    return Service.objects.create(organization=organization, name="Talk", **values)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Denver"))


def test_a_night_that_begins_before_the_first_day() -> None:
    talk = service(availability="schedule")
    Schedule.objects.create(service=talk, byday="SA", opens_at=time(20), closes_at=time(4))
    intervals = intervals_for(talk, None, SPRING, 1)
    assert opening_at("schedule", intervals, at("2027-03-14T01:00")).state == "open"
    assert intervals[0][1] - intervals[0][0] == 7 * 3600  # an hour was skipped


def test_the_long_night() -> None:
    talk = service(availability="schedule")
    Schedule.objects.create(service=talk, byday="SA", opens_at=time(20), closes_at=time(4))
    opens, closes = intervals_for(talk, None, AUTUMN, 1)[0]
    assert closes - opens == 9 * 3600


def test_the_location_speaks_before_the_service() -> None:
    talk = service(availability="schedule")
    Schedule.objects.create(service=talk, byday="MO", opens_at=time(9), closes_at=time(17))
    there = Location.objects.create(name="East", time_zone="America/New_York")
    place = ServiceAtLocation.objects.create(service=talk, location=there)
    monday = date(2026, 11, 23)
    assert len(intervals_for(talk, place, monday, 7)) == 1
    Schedule.objects.create(
        service_at_location=place, byday="TU,WE", opens_at=time(9), closes_at=time(12)
    )
    intervals = intervals_for(talk, place, monday, 7)
    nine_in_new_york = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("America/New_York"))
    assert intervals[0][0] == int(nine_in_new_york.timestamp())
    assert len(intervals) == 2
    off, tuesday = daybook(talk, place, monday, 2)
    assert off.spans == ()
    assert [(a.time(), b.time()) for a, b in tuesday.spans] == [(time(9), time(12))]


def test_a_zone_that_does_not_exist_is_the_site_own() -> None:
    talk = service(availability="schedule")
    Schedule.objects.create(service=talk, byday="MO", opens_at=time(9), closes_at=time(17))
    there = Location.objects.create(name="Nowhere", time_zone="Mars/Olympus")
    place = ServiceAtLocation.objects.create(service=talk, location=there)
    monday = date(2026, 11, 23)
    assert intervals_for(talk, place, monday, 7) == intervals_for(talk, None, monday, 7)


@pytest.mark.parametrize("state", ["always", "by-appointment", "unknown"])
def test_what_is_not_a_schedule_says_so(state: str) -> None:
    talk = service(availability=state)
    assert intervals_for(talk, None, SPRING, 90) == ()
    assert opening_at(state, (), at("2027-03-14T03:30")) == Opening(state)  # type: ignore[arg-type]
    assert daybook(talk, None, SPRING, 7) == []


def test_unknown_is_never_shown_as_closed() -> None:
    noon = datetime(2027, 1, 4, 12, tzinfo=UTC)
    now = int(noon.timestamp())
    assert opening_at("schedule", (), noon).state == "unknown"
    assert opening_at("schedule", ((now - 7200, now - 3600),), noon).state == "unknown"
    closed = opening_at("schedule", ((now - 7200, now), (now + 3600, now + 7200)), noon)
    assert closed == Opening("closed", opens_at=noon + timedelta(hours=1))
    opened = opening_at("schedule", ((now, now + 3600),), noon)
    assert opened == Opening("open", closes_at=noon + timedelta(hours=1))
