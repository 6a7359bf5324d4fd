"""Opening hours as people write them: "Mon-Fri 9-5", "Lun a Vie 8:00-17:00", "24/7".

Only what can be read in one way is read. "9-5" on a weekday is a working day; "5-8" may be the
morning or the evening, so it is not understood, and neither are times without days: what is not
understood stays with the stewards, as text, and the hours stay unknown.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from directory.hsds.objects import DAYS
from directory.imports.hours_clock import Time, Unread, on_the_clock
from directory.imports.listing import OpenLine

NAMES = (
    "monday mondays mon lunes lun",
    "tuesday tuesdays tues tue tu martes mar",
    "wednesday wednesdays wed weds miercoles mie mier",
    "thursday thursdays thurs thur thu th jueves jue",
    "friday fridays fri viernes vie",
    "saturday saturdays sat sabado sabados sab",
    "sunday sundays sun domingo domingos dom",
)
DAY = {name: day for day, names in enumerate(NAMES) for name in names.split()}
GROUPS = {
    name: days
    for names, days in (
        ("daily everyday diario diariamente", range(7)),
        ("weekdays weekday", range(5)),
        ("weekends weekend", range(5, 7)),
    )
    for name in names.split()
}
ALWAYS = re.compile(
    r"^(?:open |abierto )?(?:24 ?/ ?7(?: ?/ ?365)?"
    r"|24 (?:hours|hrs|horas)(?:(?: a day| al dia)?,? ?(?:7 (?:days|dias)(?: a week| a la semana)?"
    r"|every day|todos los dias))?|las 24 horas(?: del dia| todos los dias)?|around the clock"
    r"|always open|siempre abierto)$"
)
APPOINTMENT = re.compile(
    r"^(?:by|con|solo con|unicamente con) (?:appointment|cita)(?: only| previa| solamente)?$"
    r"|^appointments? only$|^(?:previa cita|cita previa)$"
)
REWRITTEN = (
    (
        re.compile(r"[–—−]| (?:to|until|till|through|thru|hasta) | (?:a|al) (?=\d|las |[dlmjvs])"),
        "-",
    ),
    (re.compile(r"\bnoon\b|\bmediodia\b"), "12pm"),
    (re.compile(r"\bmidnight\b|\bmedianoche\b"), "12am"),
    (re.compile(r"\bevery day\b|\b(?:7|seven) days a week\b|\btodos los dias\b"), "daily"),
    (re.compile(r"\bentre semana\b"), "weekdays"),
    (re.compile(r"\bfines? de semana\b"), "weekends"),
    (re.compile(r"\bm ?- ?f\b|\bl ?- ?v\b"), "mon-fri"),
    (re.compile(r"\bm ?- ?th\b|\bl ?- ?j\b"), "mon-thu"),
    (re.compile(r"\bm ?- ?sa?t?\b|\bl ?- ?s\b"), "mon-sat"),
    (re.compile(r"\bl ?- ?d\b"), "mon-sun"),
    (re.compile(r"\b(?:and|y)\b|&|\+|/"), ","),
    (re.compile(r"(?<=\d) ?h(?:rs|oras)?\b"), " "),
    (re.compile(r"\b(?:open|hours?|hrs?|horarios?|horas?|from|desde|de|los|las|abierto|h)\b"), " "),
)
DAYISH = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom|daily|diari|every|week|todos"
    r"|7 days|seven|entre semana|fin|m ?-|l ?-)"
)
TOKEN = re.compile(
    r"\s*(?:(?P<time>(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))?(?: ?(?P<half>[ap])\.? ?m\b\.?"
    r"|(?P<short>[ap])\b)?)|(?P<word>[a-z]+)\.?|(?P<mark>[-,;:]))"
)
LONGEST = 500  # characters, enough for seven different days: more than that is a story
CLOSED = {"closed", "cerrado", "cerrada"}


@dataclass(frozen=True)
class Hours:
    """`availability` is a value of Service.Availability; `rules` go with "schedule"."""

    availability: str
    rules: tuple[OpenLine, ...] = ()


@lru_cache(maxsize=4096)
def read_hours(text: str) -> Hours | None:
    """The hours that a text tells; None when it tells none or may be read in two ways."""
    plain = _plain(text)
    if ALWAYS.match(plain):
        return Hours("always")
    if APPOINTMENT.match(plain):
        return Hours("by-appointment")
    if len(plain) > LONGEST or not DAYISH.search(plain):
        return None
    for pattern, written in REWRITTEN:
        plain = pattern.sub(written, plain)
    try:
        rules = tuple(_Reader(list(_tokens(plain))).rules())
    except Unread:
        return None
    return Hours("schedule", rules) if rules else None


def _plain(text: str) -> str:
    """In small letters, on one line, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("\n", " ; "))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split()).strip(" .;")


def _tokens(text: str) -> Iterator[str | Time]:
    position = 0
    while position < len(text.rstrip()):
        found = TOKEN.match(text, position)
        if not found:
            raise Unread(text)
        position = found.end()
        if found["time"]:
            yield _time(found)
        elif found["mark"] != ":":
            yield found["word"] or found["mark"]


def _time(found: re.Match[str]) -> Time:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"] or found["short"] or ""
    if hour > (12 if half else 24) or minute > 59 or (half and hour == 0):
        raise Unread(found["time"])
    return Time(hour, minute, half, found["hour"].startswith("0"))


class _Reader:
    """Reads days and then the times that hold on them, again and again."""

    def __init__(self, tokens: list[str | Time]) -> None:
        self.tokens, self.at = tokens, 0
        times = [token for token in tokens if isinstance(token, Time)]
        self.long_clock = any(t.hour > 12 or t.hour == 0 or t.padded for t in times)

    def rules(self) -> Iterator[OpenLine]:
        seen: set[int] = set()
        while self.at < len(self.tokens):
            if self._next_is(",", ";"):
                self.at += 1
                continue
            days = self._days()
            if seen & days or not days:
                raise Unread("days")
            seen |= days
            yield from self._opens(",".join(DAYS[day] for day in sorted(days)))

    def _next_is(self, *marks: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] in marks

    def _days(self) -> set[int]:
        days: set[int] = set()
        while self.at < len(self.tokens):
            match self.tokens[self.at]:
                case "," if days:
                    self.at += 1
                case str(word) if word in GROUPS:
                    self.at += 1
                    days |= set(GROUPS[word])
                case str(word) if word in DAY:
                    days |= self._range(DAY[word])
                case _:
                    break
        return days

    def _range(self, first: int) -> set[int]:
        self.at += 1
        if not self._next_is("-"):
            return {first}
        last = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
        if not isinstance(last, str) or last not in DAY:
            return {first}  # "Monday - 9 to 5"
        self.at += 2
        return {(first + step) % 7 for step in range((DAY[last] - first) % 7 + 1)}

    def _opens(self, byday: str) -> Iterator[OpenLine]:
        if self._next_is("-"):
            self.at += 1
        if self._next_is(*CLOSED):
            self.at += 1
            return
        yield self._one(byday)
        while self._next_is(",") and isinstance(self._after(), Time):
            self.at += 1
            yield self._one(byday)

    def _after(self) -> str | Time:
        return self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""

    def _one(self, byday: str) -> OpenLine:
        taken = self.tokens[self.at : self.at + 3]
        self.at += 3
        match taken:
            case [Time() as opens, "-", Time() as closes]:
                return OpenLine(byday, *on_the_clock(opens, closes, self.long_clock))
        raise Unread("times")
