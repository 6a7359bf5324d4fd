"""Rules, exceptions and holidays: which days they hold on, against a look at each day."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.daybook import PARTLY, availability_for, daybook
from directory.hours import intervals_for, opening_at
from directory.models import Holiday, HolidayCalendar, Location, Schedule, ScheduleException
from directory.recurrence import days_of, rule_of

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
START = date(2027, 3, 8)  # a Monday; the clocks change on Sunday
DENVER = ZoneInfo("America/Denver")
NINE_TO_FIVE = {"opens_at": time(9), "closes_at": time(17)}


class Rows(list):  # type: ignore[type-arg]  # unsaved rows where prefetched ones would stand
    def all(self) -> "Rows":
        return self


class Calendar:
    def __init__(self, *holidays: Holiday) -> None:
        self.holidays = Rows(holidays)


class Care:
    """A service, or a service at a location, that is not in the database."""

    def __init__(self, *schedules: Schedule, **values: object) -> None:
        self.schedules = Rows(schedules)
        self.schedule_exceptions = Rows(values.get("exceptions", []))  # type: ignore[call-overload]
        self.holidays = values.get("holidays")
        self.availability = values.get("availability", "schedule")
        self.location = Location(time_zone="America/Denver")


def intervals(care: Care, days: int = 21) -> tuple[tuple[int, int], ...]:
    return intervals_for(Care(), care, START, days)  # type: ignore[arg-type]


def of_service(care: Care, days: int = 21) -> tuple[tuple[int, int], ...]:
    return intervals_for(care, None, START, days)  # type: ignore[arg-type]


def closed(day: date, last: date | None = None, **values: object) -> ScheduleException:
    return ScheduleException(kind="closed", first_day=day, last_day=last or day, **values)


def seconds(day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, DENVER).timestamp())


# Rules


@st.composite
def rules(draw: st.DrawFn) -> Schedule:
    """Rules that can be reckoned with, as HSDS writes them."""
    monthly = draw(st.booleans())
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True))
    begin = draw(st.dates(date(2026, 1, 1), date(2027, 4, 1)))
    interval = draw(st.sampled_from([None, 1, 2, 3]))
    schedule = Schedule(freq="MONTHLY" if monthly else "WEEKLY", interval=interval, **NINE_TO_FIVE)
    schedule.dtstart = begin if interval in (2, 3) else draw(st.sampled_from([None, begin]))
    schedule.until = draw(st.one_of(st.none(), st.dates(date(2027, 2, 1), date(2027, 12, 1))))
    schedule.wkst = draw(st.sampled_from(["", "MO", "SU"]))
    if monthly:
        nths = st.sampled_from(["", "1", "+2", "4", "5", "-1", "-2"])
        days = [draw(nths) + day for day in days]
        numbers = st.sampled_from([1, 2, 15, 29, 30, 31, -1, -3])
        dates = draw(st.lists(numbers, max_size=3, unique=True))
        schedule.bymonthday = ",".join(map(str, dates))
        if dates and draw(st.booleans()):
            days = []
    schedule.byday = ",".join(days)
    return schedule


def holds(rule: Schedule, day: date) -> bool:
    """Looks at the calendar, once for each day."""
    if (rule.dtstart and day < rule.dtstart) or (rule.until and day > rule.until):
        return False
    if rule.freq == "WEEKLY":
        first = DAYS.index(rule.wkst or "MO")
        week = (day - timedelta(days=(day.weekday() - first) % 7)).toordinal() // 7
        begin = rule.dtstart or day
        began = (begin - timedelta(days=(begin.weekday() - first) % 7)).toordinal() // 7
        return (week - began) % (rule.interval or 1) == 0 and DAYS[day.weekday()] in rule.byday
    begin = rule.dtstart or day
    months = (day.year - begin.year) * 12 + day.month - begin.month
    length = monthrange(day.year, day.month)[1]
    nth, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    name = DAYS[day.weekday()]
    names = {name, f"{nth}{name}", f"+{nth}{name}", f"{from_end}{name}"}
    numbers = {str(day.day), str(day.day - length - 1)}
    return (
        months % (rule.interval or 1) == 0
        and (not rule.byday or bool(names & set(rule.byday.split(","))))
        and (not rule.bymonthday or bool(numbers & set(rule.bymonthday.split(","))))
    )


@settings(max_examples=100, deadline=None)
@given(rules())
def test_a_rule_holds_on_the_days_that_the_calendar_says(schedule: Schedule) -> None:
    rule = rule_of(schedule)
    assert rule is not None
    span = [START + timedelta(days=n) for n in range(120)]
    assert days_of(rule, span[0], span[-1]) == {day for day in span if holds(schedule, day)}


def test_so_many_times_and_no_more() -> None:
    rule = rule_of(Schedule(freq="WEEKLY", byday="MO,TH", count=4, dtstart=START, **NINE_TO_FIVE))
    assert rule is not None
    days = days_of(rule, START, START + timedelta(days=90))
    assert sorted((day - START).days for day in days) == [0, 3, 7, 10]
    later = days_of(rule, START + timedelta(days=7), START + timedelta(days=90))
    assert sorted((day - START).days for day in later) == [7, 10]


def test_the_first_day_tells_the_weekday_when_nothing_else_does() -> None:
    for freq, expected in (("WEEKLY", [0, 7, 14, 21, 28]), ("MONTHLY", [0])):
        rule = rule_of(Schedule(freq=freq, dtstart=START, **NINE_TO_FIVE))
        assert rule is not None
        days = days_of(rule, START, START + timedelta(days=30))
        assert sorted((day - START).days for day in days) == expected


UNREAD = [
    {"byday": "MO", "opens_at": None},
    {"byday": "MO", "closes_at": None},
    {"byday": ""},
    {"byday": "MO", "freq": "WEEKLY", "interval": 2},  # which of the two weeks?
    {"byday": "MO", "freq": "WEEKLY", "count": 3},
    {"byday": "MO", "interval": 0},
    {"byday": "1MO"},  # the first of what?
    {"byday": "1MO", "freq": "WEEKLY"},
    {"byday": "9MO", "freq": "MONTHLY"},
    {"byday": "Monday"},
    {"bymonthday": "15", "freq": "WEEKLY"},
    {"bymonthday": "32", "freq": "MONTHLY"},
    {"byday": "MO", "byweekno": "1,5", "bymonthday": "1", "byyearday": "1"},  # HSDS's own example
    {"byday": "MO", "byyearday": "100"},
    {"byday": "MO", "wkst": "M"},
    {"byday": "MO", "dtstart": date(1, 1, 1)},
    {"byday": "MO", "as_given": {"until": "when the snow melts"}},
]


@pytest.mark.parametrize("values", UNREAD, ids=str)
def test_what_cannot_be_reckoned_with_is_unknown_and_never_closed(
    values: dict[str, object],
) -> None:
    odd = Schedule(**({"opens_at": time(9), "closes_at": time(17)} | values))
    assert rule_of(odd) is None
    plain = Schedule(byday="TU", **NINE_TO_FIVE)
    for care in (Care(odd), Care(odd, plain)):
        state = availability_for(Care(), care)  # type: ignore[arg-type]
        assert state == PARTLY
        times = intervals(care)
        for hour in range(24 * 8):
            moment = datetime(2027, 3, 8, tzinfo=DENVER) + timedelta(hours=hour)
            assert opening_at(state, times, moment).state in ("open", "unknown")
    assert opening_at(state, times, datetime(2027, 3, 9, 12, tzinfo=DENVER)).state == "open"


def test_an_offset_that_hsds_writes_does_not_make_hours_unknown() -> None:
    assert rule_of(Schedule(byday="MO", as_given={"timezone": "-7"}, **NINE_TO_FIVE)) is not None


# Exceptions and holidays

weekly = st.lists(
    st.builds(
        lambda days, opens, closes: Schedule(
            byday=",".join(sorted(days)), opens_at=time(opens), closes_at=time(closes)
        ),
        st.sets(st.sampled_from(DAYS), min_size=1),
        st.integers(0, 23),
        st.integers(0, 23),
    ),
    min_size=1,
    max_size=3,
)
offsets = st.integers(0, 20)


def begun(care: Care, day: date) -> set[tuple[datetime, datetime]]:
    return {span for row in daybook(Care(), care, day, 1) for span in row.spans}  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(weekly, offsets, offsets)
def test_a_closed_day_takes_exactly_the_hours_that_begin_on_it(
    rows: list[Schedule], first: int, more: int
) -> None:
    days = [START + timedelta(days=first + n) for n in range(more % 3 + 1)]
    before, after = Care(*rows), Care(*rows, exceptions=[closed(days[0], days[-1])])
    for n in range(-1, 24):
        day = START + timedelta(days=n)
        assert begun(after, day) == (set() if day in days else begun(before, day))
    times = intervals(after)
    assert all(one[0] < one[1] for one in times)
    assert all(one[1] < other[0] for one, other in pairwise(times))


@settings(max_examples=50, deadline=None)
@given(weekly, offsets)
def test_a_holiday_is_a_closed_day(rows: list[Schedule], offset: int) -> None:
    day = START + timedelta(days=offset)
    holiday = Care(*rows, holidays=Calendar(Holiday(date=day, name="Day of rest")))
    exception = Care(*rows, exceptions=[closed(day)])
    assert of_service(holiday) == of_service(exception)


@settings(max_examples=100, deadline=None)
@given(weekly, offsets, st.integers(0, 23), st.integers(0, 23))
def test_closed_hours_take_exactly_those_hours(
    rows: list[Schedule], offset: int, opens: int, closes: int
) -> None:
    day = START + timedelta(days=offset)
    cut = closed(day, opens_at=time(opens), closes_at=time(closes))
    first, last = seconds(day, time(opens)), seconds(day, time(closes))
    if last <= first:
        last = seconds(day + timedelta(days=1), time(closes))
    begin = seconds(START, time(0))  # of the night before, only its end belongs to the days
    before = {minute for minute in _minutes(intervals(Care(*rows))) if minute >= begin}
    after = {m for m in _minutes(intervals(Care(*rows, exceptions=[cut]))) if m >= begin}
    assert after == {minute for minute in before if not first <= minute < last}


def _minutes(times: tuple[tuple[int, int], ...]) -> set[int]:
    return {minute for opens, closes in times for minute in range(opens, closes, 60)}


def test_other_hours_replace_and_more_hours_add() -> None:
    rows = Schedule(byday="MO", **NINE_TO_FIVE)
    evening = {"first_day": START, "last_day": START, "opens_at": time(18), "closes_at": time(2)}
    nights = (seconds(START, time(18)), seconds(START + timedelta(days=1), time(2)))
    instead = ScheduleException(kind="replaced", **evening)
    assert intervals(Care(rows, exceptions=[instead]), 7) == (nights,)
    too = ScheduleException(kind="added", **evening)
    workday = (seconds(START, time(9)), seconds(START, time(17)))
    assert intervals(Care(rows, exceptions=[too]), 7) == (workday, nights)
    assert intervals(Care(rows, exceptions=[instead, closed(START)]), 7) == (nights,)


def test_what_is_said_of_one_place_goes_before_what_is_said_of_all() -> None:
    holiday = Calendar(Holiday(date=START, name="Day of rest"))
    service = Care(Schedule(byday="MO,TU", **NINE_TO_FIVE), holidays=holiday)
    service.schedule_exceptions.append(closed(START + timedelta(days=1)))
    open_then = {"kind": "replaced", "opens_at": time(10), "closes_at": time(12)}
    days = {"first_day": START, "last_day": START + timedelta(days=1)}
    place = Care(exceptions=[ScheduleException(**open_then, **days)])
    assert of_service(service, 7) == ()
    assert [b - a for a, b in intervals_for(service, place, START, 7)] == [7200, 7200]  # type: ignore[arg-type]


def test_a_night_keeps_its_hours_when_the_next_day_is_closed() -> None:
    rows = Schedule(byday="SA,SU", opens_at=time(20), closes_at=time(4))
    sunday = START + timedelta(days=6)  # an hour is skipped that night
    times = intervals(Care(rows, exceptions=[closed(sunday)]), 7)
    assert [(b - a) / 3600 for a, b in times if a >= seconds(START, time(12))] == [7]


def test_day_and_night_but_for_a_holiday() -> None:
    holiday = Calendar(Holiday(date=START + timedelta(days=2), name="Day of rest"))
    care = Care(availability="always", holidays=holiday)
    state = availability_for(care, None)  # type: ignore[arg-type]
    times = of_service(care, 90)
    wednesday = datetime(2027, 3, 10, 12, tzinfo=ZoneInfo("UTC"))
    assert (state, len(times)) == ("schedule", 2)
    assert opening_at(state, times, wednesday + timedelta(days=2)).closes_at is None
    zone_less = Care(availability="always")
    assert availability_for(zone_less, None) == "always"  # type: ignore[arg-type]


def test_open_without_a_break_has_no_closing_time() -> None:
    """The last hour that was reckoned is no hour at which anything closes."""
    care = Care(Schedule(byday=",".join(DAYS), opens_at=time(0), closes_at=time(23, 59)))
    found = opening_at("schedule", intervals(care, 90), datetime(2027, 3, 10, tzinfo=UTC))
    assert (found.state, found.closes_at) == ("open", None)


def test_a_holiday_is_named_in_the_readers_language() -> None:
    from django.utils.translation import override

    day = Holiday(calendar=HolidayCalendar(), date=START, name="Rest", name_es="Descanso")
    care = Care(Schedule(byday="MO", **NINE_TO_FIVE), holidays=Calendar(day))
    names = []
    for language in ("en", "es", "es-mx"):
        with override(language):
            names.append(daybook(care, None, START, 1)[0].change.holiday)  # type: ignore[arg-type]
    assert names == ["Rest", "Descanso", "Descanso"]
