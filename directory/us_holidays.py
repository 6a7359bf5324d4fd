"""The public holidays of the United States' federal government, by the rules of 5 U.S.C. 6103.

A table of rules, not of dates: each year's days follow from it. A day of the month that falls on
a weekend is kept by offices on the nearest weekday too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import MO, TH, relativedelta, weekday


@dataclass(frozen=True)
class FederalHoliday:
    """On `day` of `month`, or on its `nth` weekday."""

    name: str
    name_es: str
    month: int
    day: int = 1
    nth: weekday | None = None

    def on(self, year: int) -> date:
        if self.nth is None:
            return date(year, self.month, self.day)
        first = date(year, self.month, 31 if (self.nth.n or 1) < 0 else 1)
        found: date = first + relativedelta(weekday=self.nth)
        return found


HOLIDAYS = (
    FederalHoliday("New Year’s Day", "Año Nuevo", 1),
    FederalHoliday("Martin Luther King Jr. Day", "Día de Martin Luther King Jr.", 1, nth=MO(3)),
    FederalHoliday("Presidents’ Day", "Día de los Presidentes", 2, nth=MO(3)),
    FederalHoliday("Memorial Day", "Día de los Caídos", 5, nth=MO(-1)),
    FederalHoliday("Juneteenth", "Juneteenth", 6, 19),
    FederalHoliday("Independence Day", "Día de la Independencia", 7, 4),
    FederalHoliday("Labor Day", "Día del Trabajo", 9, nth=MO(1)),
    FederalHoliday("Columbus Day", "Día de Colón", 10, nth=MO(2)),
    FederalHoliday("Veterans Day", "Día de los Veteranos", 11, 11),
    FederalHoliday("Thanksgiving", "Día de Acción de Gracias", 11, nth=TH(4)),
    FederalHoliday("Christmas Day", "Navidad", 12, 25),
)
OBSERVED = {5: timedelta(days=-1), 6: timedelta(days=1)}  # Saturday, Sunday


def federal_holidays(first: date, last: date) -> dict[date, FederalHoliday]:
    """Each day from `first` to `last` that is one, or is kept instead of one, in order."""
    found = dict(_days(first.year, last.year + 1))
    return {day: found[day] for day in sorted(found) if first <= day <= last}


def _days(first: int, last: int) -> Iterator[tuple[date, FederalHoliday]]:
    """New Year's Day of the year after may be kept on the last day of the year."""
    for year in range(first, last + 1):
        for holiday in HOLIDAYS:
            day = holiday.on(year)
            yield day, holiday
            if holiday.nth is None and day.weekday() in OBSERVED:
                yield day + OBSERVED[day.weekday()], holiday
