"""How facts are put into words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from directory.hours import Opening
from directory.wording import ages, miles, phone_link, phone_text, radius, status

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in Denver
DENVER = ZoneInfo("America/Denver")


@pytest.mark.parametrize(
    ("opening", "kind", "words"),
    [
        (Opening("always"), "open", "Open day and night"),
        (Opening("by-appointment"), "unknown", "By appointment call to make one"),
        (Opening("unknown"), "unknown", "Hours not known call first"),
        (Opening("open", closes_at=NOW + timedelta(hours=7)), "open", "Open now until 5 p.m."),
        (
            Opening("open", closes_at=NOW + timedelta(days=2)),
            "open",
            "Open now until Thu, 10 a.m.",
        ),
        (Opening("closed", opens_at=NOW + timedelta(hours=2)), "closed", "Closed opens at noon"),
        (
            Opening("closed", opens_at=NOW + timedelta(hours=22)),
            "closed",
            "Closed opens tomorrow, 8 a.m.",
        ),
        (
            Opening("closed", opens_at=NOW + timedelta(days=3)),
            "closed",
            "Closed opens Fri, 10 a.m.",
        ),
        (
            Opening("closed", opens_at=NOW + timedelta(days=20)),
            "closed",
            "Closed opens December 14, 10 a.m.",
        ),
        (Opening("closed"), "closed", "Closed"),
    ],
)
def test_open_or_not(opening: Opening, kind: str, words: str) -> None:
    said = status(opening, NOW, DENVER)
    assert (said.kind, f"{said.label} {said.until}".strip()) == (kind, words)


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (None, ""),
        (0.0, "very near"),
        (1.609344, "1.0 miles"),
        (3.0, "1.9 miles"),
        (16.0, "9.9 miles"),
        (40.0, "25 miles"),
    ],
)
def test_distance_in_miles(km: float | None, words: str) -> None:
    assert miles(km) == words


@pytest.mark.parametrize(
    ("km", "words"),
    [(1.609, "1 mile"), (0.8, "0.5 miles"), (16.093, "10 miles"), (25.0, "16 miles")],
)
def test_radius_in_miles(km: float, words: str) -> None:
    assert radius(km) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (None, None, ""),
        (0, None, ""),
        (18, None, "Ages 18 and over"),
        (None, 17, "Up to age 17"),
        (0, 5, "Up to age 5"),
        (12, 25, "Ages 12 to 25"),
    ],
)
def test_ages(least: int | None, most: int | None, words: str) -> None:
    assert ages(least, most) == words


@pytest.mark.parametrize(
    ("number", "extension", "text", "link"),
    [
        ("(303) 555-0101", "", "303-555-0101", "tel:+13035550101"),
        ("303.555.0101", "12", "303-555-0101, extension 12", "tel:+13035550101;ext=12"),
        ("303-555-0101 x12", "", "303-555-0101, extension 12", "tel:+13035550101;ext=12"),
        ("988", "", "988", "tel:988"),
        ("+44 20 7946 0958", "", "+44 20 7946 0958", "tel:+442079460958"),
        ("ask at the desk", "", "ask at the desk", ""),
        ("<b>1</b>", "", "<b>1</b>", "tel:1"),
    ],
)
def test_phones(number: str, extension: str, text: str, link: str) -> None:
    assert phone_text(number, extension) == text
    assert phone_link(number, extension) == link


def test_a_text_line_has_no_extension() -> None:
    assert phone_link("303-555-0101", "12", "sms") == "sms:+13035550101"
