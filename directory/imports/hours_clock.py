"""Two times as people write them, on the clock of 24 hours: "9-5" is 09:00 to 17:00. An end at or
before the start is the next day's, as in a Schedule.

Only what can be read in one way is read; anything else raises Unread.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Time:
    hour: int
    minute: int
    half: str = ""  # a, p or not said
    padded: bool = False


class Unread(ValueError):
    """The text is not hours that can be read in one way."""


def on_the_clock(opens: Time, closes: Time, long_clock: bool) -> tuple[str, str]:
    """Both times on the clock of 24 hours."""
    if long_clock and not opens.half and not closes.half:
        first, last = _minutes(opens), _minutes(closes)
        # "09:00-05:00" is a slip as likely as a night; "09:00-00:00" and "12:00-02:00" are not.
        overnight = opens.hour >= 12 or last == 0
    else:
        first = _half(opens, opens.half or _morning(opens, closes))
        last = _half(closes, closes.half or _evening(opens, closes))
        overnight = bool(opens.half and closes.half)
    if last <= first and not overnight:
        raise Unread("times")
    return _written(first), _written(last)


def _evening(opens: Time, closes: Time) -> str:
    """Which half of the day a closing time is of, when it does not say so itself."""
    if closes.hour < opens.hour or closes.hour == 12:
        return "p"
    raise Unread("times")  # "8-10" may be two hours or fourteen


def _morning(opens: Time, closes: Time) -> str:
    """Which half of the day an opening time is of, when it does not say so itself."""
    if opens.hour == 12:
        return "p"
    if closes.half == "p" and closes.hour != 12 and opens.hour < closes.hour:
        if opens.hour < 7:
            return "p"  # "1-5pm"
        raise Unread("times")  # "8-11pm"
    if opens.hour < 6:
        raise Unread("times")
    return "a"


def _half(time: Time, half: str) -> int:
    hour = time.hour % 12 if half else time.hour
    return (hour + (12 if half == "p" else 0)) * 60 + time.minute


def _minutes(time: Time) -> int:
    return time.hour % 24 * 60 + time.minute


def _written(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
