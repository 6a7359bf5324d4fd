"""A row to a listing and what is wrong with it. Nothing here writes, or reads listings.

A row is rejected (no listing) only when it has no name or cannot be read. Any other value that
is impossible or not understood is kept in `as_given`, where stewards see it, and is warned about.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.utils.crypto import salted_hmac

from directory.imports.ages import read_ages
from directory.imports.columns import Mapping
from directory.imports.hours_text import Hours, read_hours
from directory.imports.languages import SEPARATORS, clean_language
from directory.imports.listing import Listing, PhoneLine, Problem
from directory.imports.messages import said as _
from directory.imports.names import read_names
from directory.imports.phones import clean_phone
from directory.imports.place import read_place
from directory.imports.readers import Row
from directory.imports.reading import Reading
from directory.imports.terms import Terms
from directory.imports.text import clean_text
from directory.imports.values import Unclear, read_value
from directory.models import Service

ID_LENGTH = 180  # leaves room for what tells two rows of one id apart


def validate(row: Row, mapping: Mapping, known: Terms) -> tuple[Listing | None, list[Problem]]:
    """The listing that the row tells, or None when it is rejected, and its problems."""
    reading = Reading(row, mapping)
    if row.surplus:
        reading.warn(None, "too-many-cells", _("The row has more cells than there are headings."))
        return None, reading.problems
    if row.short:
        reading.warn(None, "too-few-cells", _("The row ends early: its last cells count as empty."))
    organization, name = read_names(reading)
    if not organization or not name:
        column = (mapping.names.organization + mapping.names.service)[0]
        reading.warn(column, "no-name", _("The row has no name."))
        return None, reading.problems
    return _listing(reading, known, organization, name), reading.problems


def _listing(reading: Reading, known: Terms, organization: str, name: str) -> Listing:
    as_given: dict[str, str] = {}
    hours = _hours(reading, as_given)
    said = {"availability": hours.availability} if hours else {}
    listing = Listing(
        source_id="",
        organization=organization,
        texts=_texts(reading, as_given) | said | {"name": name},
        terms=_terms(reading, known, as_given),
        languages=_languages(reading, as_given),
        phones=_phones(reading, as_given),
        hours=hours.rules if hours else (),
        place=read_place(reading, organization),
        as_given=as_given,
    )
    return replace(listing, source_id=_source_id(reading, listing))


def given_id(row: Row, mapping: Mapping) -> str:
    """The source's own id, "" when the row has none."""
    given = clean_text(Reading(row, mapping).cell(mapping.source_id))
    return given if len(given) <= ID_LENGTH else f"~{_digest(given)}"


def _source_id(reading: Reading, listing: Listing) -> str:
    """The source's own id; without one, a keyed digest of the names and the place."""
    given = given_id(reading.row, reading.mapping)
    if given:
        return given
    place = listing.place.key if listing.place else ""
    names = f"{listing.organization}|{listing.texts['name']}|{place}"
    return f"~{_digest(names.casefold())}"


def _digest(text: str) -> str:
    return salted_hmac("directory.imports.source_id", text, algorithm="sha256").hexdigest()[:32]


def _texts(reading: Reading, as_given: dict[str, str]) -> dict[str, Any]:
    texts: dict[str, Any] = dict(reading.mapping.fixed)
    for name, column in reading.mapping.service.items():
        cell = reading.cell(column)
        if not cell:
            continue
        try:
            field = Service._meta.get_field(name)
            value, remark = read_value(field, cell, dates=reading.mapping.dates)
        except Unclear as unclear:
            reading.keep(as_given, column, unclear.code, str(unclear))
            continue
        if remark:
            reading.warn(column, "too-long", remark)
        if value is not None:
            texts[name] = value
    return _ages_in_order(reading, texts | _ages(reading, as_given), as_given)


def _ages(reading: Reading, as_given: dict[str, str]) -> dict[str, Any]:
    """Lowest and highest age out of one cell."""
    column = reading.mapping.ages
    cell = clean_text(reading.cell(column))
    if column is None or not cell:
        return {}
    ages = read_ages(cell)
    if ages is None:
        reading.keep(as_given, column, "ages", _("These are not ages that we can read."))
        return {}
    named = zip(("minimum_age", "maximum_age"), ages, strict=True)
    return {name: age for name, age in named if age is not None}


def _hours(reading: Reading, as_given: dict[str, str]) -> Hours | None:
    """None when there are none, or they can be read in no way or in two: unknown is not wrong."""
    column = reading.mapping.hours
    cell = clean_text(reading.cell(column), lines=True)
    if column is None or not cell:
        return None
    hours = read_hours(cell)
    if hours is None:
        message = _("These hours cannot be read for certain. Enter them on the listing's page.")
        reading.keep(as_given, column, "hours", message)
    return hours


def _ages_in_order(
    reading: Reading, texts: dict[str, Any], as_given: dict[str, str]
) -> dict[str, Any]:
    least, most = texts.get("minimum_age"), texts.get("maximum_age")
    if least is None or most is None or least <= most:
        return texts
    for name in ("minimum_age", "maximum_age"):
        column = reading.mapping.service.get(name) or reading.mapping.ages or name
        as_given[column] = str(texts.pop(name))
        reading.warn(column, "age-order", _("The lowest age is above the highest."))
    return texts


def _phones(reading: Reading, as_given: dict[str, str]) -> tuple[PhoneLine, ...]:
    lines: dict[tuple[str, str], PhoneLine] = {}
    for entry in reading.mapping.phones:
        cell = reading.cell(entry.column)
        if not cell:
            continue
        number = clean_phone(cell)
        if number is None:
            message = _("This is not a phone number we can read.")
            reading.keep(as_given, entry.column, "phone", message)
            continue
        extension = (number.extension or clean_text(reading.cell(entry.extension)))[:20]
        line = PhoneLine(number.number, extension, entry.description, entry.type)
        lines.setdefault((line.number, line.extension), line)
    return tuple(lines.values())


def _languages(reading: Reading, as_given: dict[str, str]) -> tuple[str, ...]:
    column = reading.mapping.languages
    if column is None:
        return ()
    parts = SEPARATORS.split(reading.cell(column))
    return _each(reading, column, parts, clean_language, "language", as_given)


def _each(
    reading: Reading,
    column: str,
    parts: Iterable[str],
    read: Callable[[str], str | None],
    code: str,
    as_given: dict[str, str],
) -> tuple[str, ...]:
    """What `read` makes of each part of a cell; what it cannot read is warned about and kept."""
    found: dict[str, None] = {}
    for part in parts:
        text = clean_text(part)
        value = read(text) if text else ""
        if value is None:
            reading.keep(
                as_given, column, code, _("“%(text)s” is not known here.") % {"text": text[:60]}
            )
        elif value:
            found[value] = None
    return tuple(found)


def _terms(reading: Reading, known: Terms, as_given: dict[str, str]) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for rule in reading.mapping.terms:
        cells = {column: clean_text(reading.cell(column)) for column in rule.columns}
        if not any(cells.values()):
            continue
        if known.barred(rule, " ".join(reading.cell(column) for column in rule.unless_in)):
            continue
        if rule.words:
            codes = known.codes_in(rule, " ".join(cells.values()))
            found |= dict.fromkeys((rule.taxonomy, code) for code in codes)
            continue
        for column in rule.columns:
            read, parts = known.reader(rule), reading.cell(column).split(rule.separator)
            for codes_text in _each(reading, column, parts, read, "unknown-code", as_given):
                found |= dict.fromkeys((rule.taxonomy, code) for code in codes_text.split(";"))
    return tuple(sorted(found))
