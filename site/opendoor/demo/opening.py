"""The short notation for opening hours in the data files.

`24/7`, `appointment`, `unknown`, or rules such as `Mo-Fr 9:00-12:00,13:00-17:00; Sa 22:00-02:00`:
days, then times; a closing time at or before the opening time is on the next day.
"""

from dataclasses import dataclass
from datetime import time
from itertools import chain

from opendoor.demo.errors import DemoError

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORDS = {"24/7": "always", "appointment": "by-appointment", "unknown": "unknown"}


@dataclass(frozen=True)
class Rule:
    """The same hours on several days of the week."""

    byday: str
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class Opening:
    """One of the directory's four truths about hours, and the rules when it is `schedule`."""

    availability: str
    rules: tuple[Rule, ...] = ()


def read_opening(text: str) -> Opening:
    """Raises DemoError when the notation is not understood."""
    if text in WORDS:
        return Opening(WORDS[text])
    try:
        rules = tuple(chain.from_iterable(_rules(part) for part in text.split(";")))
    except ValueError as error:
        message = f"hours “{text}” are not understood; write Mo-Fr 9:00-17:00; Sa 10:00-14:00"
        raise DemoError(message) from error
    return Opening("schedule", rules)


def _rules(part: str) -> list[Rule]:
    days, spans = part.split()
    byday = ",".join(dict.fromkeys(chain.from_iterable(_days(d) for d in days.split(","))))
    return [_rule(byday, span) for span in spans.split(",")]


def _rule(byday: str, span: str) -> Rule:
    opens, closes = span.split("-")
    return Rule(byday, _clock(opens), _clock(closes))


def _days(text: str) -> tuple[str, ...]:
    first, _, last = text.upper().partition("-")
    start, end = DAYS.index(first), DAYS.index(last or first)
    week = DAYS + DAYS
    return week[start : (end if end >= start else end + len(DAYS)) + 1]


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))
