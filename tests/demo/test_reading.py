"""The data files are read strictly: what would be untrue, unsafe or half written is refused."""

from datetime import time
from pathlib import Path

import pytest

from opendoor.demo.errors import DemoError
from opendoor.demo.opening import Rule, read_opening
from opendoor.demo.points import point_of
from opendoor.demo.reading import read_county

GOOD = """
[[organization]]
key = "lark"
name = "Lark"
about = "A clinic."
site = "lark.example.org"
phone = "303-555-0111"

[[organization.places]]
key = "office"
name = "Office"
street = "1 A Street"
town = "Denver"
zip = "80203"
how = "By bus."

[[organization.places]]
key = "house"
name = "House"
confidential = true

[[service]]
id = "talk"
org = "lark"
name = "Talk"
need = "outpatient-therapy"
hours = "Mo-Fr 9:00-17:00"
at = "office"
ages = "12-17"
text = "We talk."
call = "We answer."
es.name = "Hablar"
es.text = "Hablamos."
es.call = "Contestamos."
"""

WRONG = [
    ('phone = "303-555-0111"', 'phone = "303-555-1234"', "phone “303-555-1234” could be real"),
    ('site = "lark.example.org"', 'site = "lark.org"', "site “lark.org” could be real"),
    ('zip = "80203"', 'zip = "80439"', "80439 is not a ZIP of Denver"),
    ("confidential = true", 'confidential = true\nzip = "80203"', "it is confidential"),
    ('need = "outpatient-therapy"', 'need = "therapy"', "need: no such code: therapy"),
    ('hours = "Mo-Fr 9:00-17:00"', 'hours = "9 to 5"', "hours “9 to 5” are not understood"),
    ('es.call = "Contestamos."\n', "", "in one language alone: call"),
    ('ages = "12-17"', 'ages = "young"', "ages “young” are not understood"),
    ('at = "office"', 'at = "barn"', "“barn” is no place of “lark”"),
    ('org = "lark"', 'org = "wren"', "there is no organization “wren”"),
    ('text = "We talk."', 'text = "We talk."\nmood = "good"', "unknown: mood"),
    ('id = "talk"', 'id = "talk', "entries.toml"),
]


def _folder(path: Path, text: str) -> Path:
    (path / "entries.toml").write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (service,) = read_county(_folder(tmp_path, GOOD)).services
    assert service.terms["need"] == ("outpatient-therapy",)
    assert service.ages == (12, 17)
    assert service.texts["es"]["description"] == "Hablamos."


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_what_is_wrong_is_named(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in GOOD
    with pytest.raises(DemoError) as caught:
        read_county(_folder(tmp_path, GOOD.replace(right, wrong, 1)))
    assert said in str(caught.value)


def test_a_name_used_twice_is_refused(tmp_path: Path) -> None:
    _folder(tmp_path, GOOD)
    (tmp_path / "more.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DemoError, match="organizations: used twice: lark"):
        read_county(tmp_path)


@pytest.mark.parametrize(
    ("text", "availability", "rules"),
    [
        ("24/7", "always", ()),
        ("appointment", "by-appointment", ()),
        ("unknown", "unknown", ()),
        ("Mo-We 9:00-17:00", "schedule", (Rule("MO,TU,WE", time(9), time(17)),)),
        ("Fr-Su 20:00-02:00", "schedule", (Rule("FR,SA,SU", time(20), time(2)),)),
        ("Su-Th 8:00-9:30", "schedule", (Rule("SU,MO,TU,WE,TH", time(8), time(9, 30)),)),
        (
            "Mo,We 9:00-12:00,13:00-17:00",
            "schedule",
            (Rule("MO,WE", time(9), time(12)), Rule("MO,WE", time(13), time(17))),
        ),
    ],
)
def test_hours(text: str, availability: str, rules: tuple[Rule, ...]) -> None:
    opening = read_opening(text)
    assert (opening.availability, opening.rules) == (availability, rules)


def test_a_point_lies_near_its_zip_and_stays() -> None:
    lat, lon = point_of("office", "80203")
    assert (lat, lon) == point_of("office", "80203") != point_of("barn", "80203")
    assert abs(lat - 39.7313) < 0.02
    assert abs(lon + 104.9829) < 0.02
