"""The cleaners, on examples and on whatever Hypothesis thinks of."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from directory.imports.phones import Number, clean_phone
from directory.imports.postcodes import Postcode, clean_postcode, known
from directory.imports.text import clean_link, clean_text
from directory.imports.values import read_value
from directory.models import Service

ANY = st.text(max_size=40)
ZIPS = sorted(known())


@pytest.mark.parametrize(
    ("value", "state", "zip4", "expected"),
    [
        ("6708", "CT", "", Postcode("06708")),
        ("6708.0", "CT", "2460.0", Postcode("06708", "2460")),
        ("06708", "CT", "NA", Postcode("06708")),
        ("6708-2460", "CT", "", Postcode("06708", "2460")),
        ("67082460", "CT", "", Postcode("06708", "2460")),
        ("067082460", "CT", "", Postcode("06708", "2460")),
        ("80203", "CO", "119", Postcode("80203", "0119")),
        ("501", "NY", "", Postcode("00501")),
        ("6708", "", "", Postcode("06708")),
        ("6708", "CO", "", None),
        ("8020", "CO", "", None),
        ("00000", "CO", "", None),
        ("80203x", "CO", "", None),
        ("", "CO", "", None),
    ],
)
def test_postcodes(value: str, state: str, zip4: str, expected: Postcode | None) -> None:
    assert clean_postcode(value, state, zip4) == expected


@given(st.sampled_from(ZIPS))
def test_a_zip_that_lost_its_zeros_comes_back_in_its_state(code: str) -> None:
    state = known()[code].state
    assert clean_postcode(code, state) == Postcode(code)
    short = code.lstrip("0")
    if len(short) >= 3:
        assert clean_postcode(short, state) == Postcode(code)
        assert clean_postcode(f"{short}.0", state) == Postcode(code)


@given(ANY, st.sampled_from(["", "CT", "CO"]))
def test_a_postcode_is_five_digits_or_nothing(value: str, state: str) -> None:
    found = clean_postcode(value, state)
    assert found is None or re.fullmatch(r"[0-9]{5}", found.zip)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("860-276-3000 x301", Number("(860) 276-3000", "301")),
        ("(860) 276-3000 Ext. 301", Number("(860) 276-3000", "301")),
        ("8602763000", Number("(860) 276-3000")),
        ("+1 860 276 3000", Number("(860) 276-3000")),
        ("1-800-SUICIDE", Number("(800) 784-2433")),
        ("303-555-0100", Number("(303) 555-0100")),
        ("+52 55 1234 5678", Number("+52 55 1234 5678")),
        ("988", Number("988")),
        ("741741", Number("741741")),
        ("call us", None),
        ("ABC-DEF-GHIJ", None),
        ("12345", None),
        ("860-276", None),
    ],
)
def test_phones(value: str, expected: Number | None) -> None:
    assert clean_phone(value) == expected


@given(ANY)
def test_a_phone_is_digits_as_people_write_them_or_nothing(value: str) -> None:
    found = clean_phone(value)
    assert found is None or re.fullmatch(r"[0-9+()\- .]{3,40}", found.number)


@given(st.integers(2, 9), st.integers(0, 99), st.integers(0, 99), st.integers(1, 99999))
def test_a_phone_reads_the_same_however_it_was_written(
    area: int, middle: int, last: int, extension: int
) -> None:
    number = f"{area}03-5{middle:02}-01{last:02}"
    written = clean_phone(number)
    if written is not None:
        assert clean_phone(written.number) == written
        assert clean_phone(f"{number} x{extension}") == Number(written.number, str(extension))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("http://", ""),
        ("HTTPS://", ""),
        ("  ", ""),
        ("example.org/a", "https://example.org/a"),
        ("http://www.example.org", "http://www.example.org"),
        ("https://example.org:8443/?a=b#c", "https://example.org:8443/?a=b#c"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:988", "tel:988"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://example.org/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.org", None),
        ("https://user:secret@example.org", None),
        ("https://example", None),
        ("https://exa mple.org", None),
        ('https://example.org/"onclick=', None),
        ("https://[::1", None),
        ("none yet", None),
    ],
)
def test_links(value: str, expected: str | None) -> None:
    assert clean_link(value) == expected


@given(
    st.one_of(
        ANY,
        st.sampled_from(["javascript:", "http://", "//", "data:"]).flatmap(
            lambda start: ANY.map(lambda rest: start + rest)
        ),
    )
)
def test_a_link_is_safe_or_nothing(value: str) -> None:
    link = clean_link(value)
    if link:
        assert re.match(r"(?i)(https?://[^\s<>\"']+|(mailto|tel):[^\s<>\"']+)$", link)


@given(ANY)
def test_text_has_no_markup_that_a_browser_would_run(value: str) -> None:
    for wrapped in (value, f"<script>{value}</script>", f"&lt;img src={value}&gt;"):
        text = clean_text(wrapped)
        assert not re.search(r"<[a-zA-Z/!]", text)
        assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", text)
        assert clean_text(text) == text


@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=20))
def test_plain_words_stay(value: str) -> None:
    assert clean_text(f" {value}  &  {value} ").count("&") == 1


def test_text_that_looks_a_little_like_markup_stays() -> None:
    assert clean_text("Ages 3 < 5 & up") == "Ages 3 < 5 & up"
    assert clean_text("Tom &amp; Ann") == "Tom & Ann"
    assert clean_text("a\nb", lines=True) == "a\nb"


@pytest.mark.parametrize("reader", ["en", "es"])
@pytest.mark.parametrize("cell", ["by-appointment", "By appointment", "con cita"])
def test_a_choice_means_the_same_whoever_reads_the_file(reader: str, cell: str) -> None:
    field = Service._meta.get_field("availability")
    with override(reader):
        assert read_value(field, cell) == ("by-appointment", "")
