"""What staged rows say, in people's words: field by field, and what differs between two of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from directory.hsds.objects import OBJECTS
from directory.models import Phone, Service, TaxonomyTerm
from directory.models.import_batch import StagedRow
from directory.records.binding import binding
from directory.rhythm import weekdays
from directory.wording import language, phone_text

LISTING = "listing"
Values = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


class TermNames:
    """(taxonomy, code) → name in the reader's language; read once, and only when asked."""

    @cached_property
    def names(self) -> dict[tuple[str | None, str], str]:
        terms = TaxonomyTerm.objects.filter(taxonomy__slug__isnull=False)
        return {
            (t.taxonomy.slug, t.code): t.label
            for t in terms.select_related("taxonomy")
            if t.taxonomy
        }

    def name(self, taxonomy: str, code: str) -> str:
        return self.names.get((taxonomy, code), code)


def title_of(table: str, values: Values) -> str:
    """What people know the row by."""
    if table == LISTING:
        texts = values.get("texts") or {}
        return str(texts.get("name", ""))
    return str(values.get("name") or values.get("number") or values.get("value") or "")


def facts_of(table: str, values: Values, names: TermNames) -> tuple[Fact, ...]:
    pairs = _listing(values, names) if table == LISTING else _record(table, values)
    return tuple(Fact(_capital(label), text) for label, text in pairs if text)


def differences(row: StagedRow, names: TermNames) -> tuple[Difference, ...]:
    """Field by field, what was published and what the file says now."""
    before = {fact.label: fact.text for fact in facts_of(row.table, row.before, names)}
    after = {fact.label: fact.text for fact in facts_of(row.table, row.values, names)}
    return tuple(
        Difference(label, before.get(label, ""), after.get(label, ""))
        for label in dict.fromkeys([*after, *before])
        if before.get(label) != after.get(label)
    )


def table_name(table: str) -> str:
    """What an HSDS object is called; a listing needs no name."""
    return "" if table == LISTING else str(binding(table).model._meta.verbose_name)


def _listing(values: Values, names: TermNames) -> Iterator[tuple[str, str]]:
    if not values:
        return
    texts = values["texts"]
    yield _("service"), str(texts.get("name", ""))
    yield _("organization"), values["organization"]
    yield from _place(values["place"])
    yield _("phones"), "\n".join(_phone(phone) for phone in values["phones"])
    for name, value in texts.items():
        if name != "name":
            field = Service._meta.get_field(name)
            yield str(getattr(field, "verbose_name", name)), _shown(field, value)
    yield _("open"), "\n".join(_hours(line) for line in values.get("hours") or ())
    yield _("languages"), ", ".join(language(code) for code in values["languages"])
    yield _("needs, people, costs"), ", ".join(names.name(*term) for term in values["terms"])
    yield from _not_understood(values.get("as_given") or {})


def _place(place: Values | None) -> Iterator[tuple[str, str]]:
    if not place:
        return
    address = place["address"]
    names = ("address_1", "address_2", "city", "region", "state_province", "postal_code")
    yield _("address"), ", ".join(str(address[name]) for name in names if address.get(name))
    if place.get("latitude") is not None:
        yield _("point"), f"{place['latitude']}, {place['longitude']}"
    yield _("time zone"), place.get("time_zone") or ""
    yield from _not_understood(place.get("as_given") or {})


def _phone(phone: Values) -> str:
    kind = phone.get("type", Phone.Type.VOICE)
    told = [phone_text(phone["number"], phone.get("extension", "")), phone.get("description", "")]
    if kind != Phone.Type.VOICE and kind in Phone.Type.values:
        told.append(f"({Phone.Type(kind).label})")
    return " ".join(part for part in told if part)


def _hours(line: Values) -> str:
    return f"{weekdays(line['byday'])} {line['opens_at']}–{line['closes_at']}"


def _record(table: str, values: Values) -> Iterator[tuple[str, str]]:
    """An HSDS row: columns by the names that stewards know from the directory's own forms."""
    fields = binding(table).fields if table in OBJECTS else {}
    for column, value in values.items():
        if column == "as_given":
            yield from _not_understood(value)
        elif column in fields:
            field = fields[column]
            yield str(getattr(field, "verbose_name", column)), _shown(field, value)
        else:
            yield column.replace("_", " "), _text(value)


def _not_understood(given: Values) -> Iterator[tuple[str, str]]:
    for column, value in given.items():
        yield _("not understood: %(column)s") % {"column": column}, _text(value)


def _shown(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices[value]) if value in choices else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
