"""Settings that cannot work are refused with an id and a remedy."""

from pathlib import Path

import pytest
from pytest_django import Settings

from opendoor import checks
from opendoor.settings.environment import DEMONSTRATION_LINE, crisis_line

REFUSED = [
    ("OPENDOOR_SEARCH", "solr", checks.check_choices, "opendoor.E001"),
    ("OPENDOOR_GEOCODER", "oracle", checks.check_choices, "opendoor.E002"),
    ("OPENDOOR_BASEMAP", "satellite", checks.check_choices, "opendoor.E003"),
    ("TIME_ZONE", "Mountain", checks.check_time_zone, "opendoor.E004"),
    ("OPENDOOR_AREA", "39.7,-104.9", checks.check_area, "opendoor.E005"),
    ("OPENDOOR_AREA", "391,-104.9,80", checks.check_area, "opendoor.E005"),
    ("OPENDOOR_AREA", "39,-104.9,nan", checks.check_area, "opendoor.E005"),
    ("OPENDOOR_CRISIS_LINE", "County line", checks.check_crisis_line, "opendoor.E006"),
    ("OPENDOOR_CRISIS_LINE", "|303-555-0100", checks.check_crisis_line, "opendoor.E006"),
    ("OPENDOOR_CRISIS_LINE", "", checks.check_crisis_line, "opendoor.W001"),
    ("OPENDOOR_LIFETIMES", "phone=soon", checks.check_lifetimes, "opendoor.E007"),
    ("DEFAULT_FROM_EMAIL", "Open Door", checks.check_sender, "opendoor.E008"),
    ("OPENDOOR_MAIL_SET_UP", True, checks.check_sender, "opendoor.E008"),
    ("SESSION_COOKIE_SECURE", True, checks.check_sender, "opendoor.W002"),
]


@pytest.mark.parametrize(("name", "value", "check", "code"), REFUSED)
def test_a_setting_that_cannot_work(
    settings: Settings, name: str, value: object, check: object, code: str
) -> None:
    setattr(settings, name, value)
    found = check(None)  # type: ignore[operator]
    assert [message.id for message in found] == [code]
    assert all(message.hint for message in found)


def test_the_defaults_pass() -> None:
    assert checks.check_choices(None) == []
    assert checks.check_time_zone(None) == []
    assert checks.check_area(None) == []
    assert checks.check_crisis_line(None) == []
    assert checks.check_lifetimes(None) == []
    assert checks.check_sender(None) == []


def test_a_mailbox_that_people_read_passes(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Open Door <directory@county.example>"
    settings.OPENDOOR_MAIL_SET_UP = settings.SESSION_COOKIE_SECURE = True
    assert checks.check_sender(None) == []


def test_a_demonstration_s_folder_knows_its_crisis_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENDOOR_CRISIS_LINE", raising=False)
    monkeypatch.delenv("OPENDOOR_DEMONSTRATION", raising=False)
    assert crisis_line(tmp_path) == ""
    (tmp_path / DEMONSTRATION_LINE).write_text("Juniper line|303-555-0199\n", encoding="utf-8")
    assert crisis_line(tmp_path) == "Juniper line|303-555-0199"
    monkeypatch.setenv("OPENDOOR_CRISIS_LINE", "County line|303-555-0100")
    assert crisis_line(tmp_path) == "County line|303-555-0100"
    monkeypatch.delenv("OPENDOOR_CRISIS_LINE")
    monkeypatch.setenv("OPENDOOR_DEMONSTRATION", "0")
    assert crisis_line(tmp_path) == ""
