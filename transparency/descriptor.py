"""From a descriptor (JSON) to a dataset: every fault named by its field, with the remedy."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from transparency.descriptor_rules import cross_check
from transparency.errors import DescriptorError, Problem
from transparency.models import Dataset
from transparency.schema import Schema

RHYTHMS = ("once", "yearly", "quarterly", "monthly", "weekly", "irregular")
TYPES = ("string", "year", "month", "date", "integer", "number", "percent", "rate")
ROLES = ("dimension", "count", "denominator", "measure")
COUNTED = ("people", "things")
KINDS = ("bar", "series", "parts")
LEAST_K = 3

TEXTS = ("title", "description", "coverage", "method", "limits")
WORDS = ("place", "publisher")
REQUIRED = (*TEXTS, *WORDS, "name", "sources", "licenses", "rhythm", "schema", "chart")
KNOWN = {*REQUIRED, "k", "counts", "needs_approval", "codes", "lead", "sentence"}
FIELD_TEXTS = ("title", "definition")
FIELD_NAMES = ("within", "numerator", "denominator", "base")
FIELD_KNOWN = {
    *("name", "type", "role", "unit", "labels", "totals", "total", "covers", "per", "decimals"),
    *("constraints", *FIELD_TEXTS, *FIELD_NAMES),
}
CODES = ("suppressed", "missing", "not-applicable")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def define(descriptor: Any) -> Dataset:
    """Make the dataset of a descriptor, or change the one of the same name.

    Versions already published keep the definitions they were published with.
    """
    problems = check(descriptor)
    if problems:
        raise DescriptorError(problems)
    schema = Schema.read(descriptor)
    dataset, _created = Dataset.objects.update_or_create(
        slug=schema.name,
        defaults={
            "title": schema.title.by_language["en"],
            "place": schema.place,
            "descriptor": descriptor,
            "needs_approval": descriptor.get("needs_approval", False),
        },
    )
    return dataset


def check(descriptor: Any) -> list[Problem]:
    """What is wrong with a descriptor; empty when it can be used."""
    if not isinstance(descriptor, dict):
        remedy = _("Write it between { and }.")
        return [Problem("descriptor", _("It is not a JSON object."), remedy)]
    problems = [*_top(descriptor), *_fields(descriptor)]
    return problems or list(cross_check(Schema.read(descriptor)))


def _top(given: dict[str, Any]) -> Iterator[Problem]:
    yield from _names("", given, KNOWN, REQUIRED)
    for name in TEXTS:
        yield from _text(name, given.get(name), required=name in given)
    for name in WORDS:
        if name in given and not _is_words(given[name], 200):
            yield Problem(name, _("It is not a text."), _("Give 1 to 200 characters."))
    yield from _text("sentence", given.get("sentence"))
    yield from _settings(given)
    yield from _links("sources", given.get("sources"), required="sources" in given)
    yield from _links("licenses", given.get("licenses"), required="licenses" in given)
    yield from _codes(given.get("codes", {}))
    yield from _chart(given.get("chart", {}), required="chart" in given)
    if not _is_strings(given.get("lead", {})):
        yield Problem("lead", _("It does not name a row."), _('Write {"dimension": "value"}.'))


def _settings(given: dict[str, Any]) -> Iterator[Problem]:
    if "name" in given and not (_is_words(given["name"], 80) and SLUG.fullmatch(given["name"])):
        yield Problem("name", _("It cannot stand in an address."), _("Use a-z, 0-9 and hyphens."))
    if "rhythm" in given and given["rhythm"] not in RHYTHMS:
        remedy = _("Use one of: %(choices)s.") % {"choices": ", ".join(RHYTHMS)}
        yield Problem("rhythm", _("It is not known."), remedy)
    if not _is_number(given.get("k", LEAST_K), LEAST_K):
        remedy = _("Give a whole number from %(least)s.") % {"least": LEAST_K}
        yield Problem("k", _("It is not a threshold."), remedy)
    yield from _counts(given)
    if not isinstance(given.get("needs_approval", False), bool):
        message, remedy = _("It is neither true nor false."), _("Give true or false.")
        yield Problem("needs_approval", message, remedy)


def _counts(given: dict[str, Any]) -> Iterator[Problem]:
    """Nothing is suppressed where all counts are of things; then a threshold means nothing."""
    if given.get("counts", "people") not in COUNTED:
        remedy = _("Use one of: %(choices)s.") % {"choices": ", ".join(COUNTED)}
        yield Problem("counts", _("It is not known."), remedy)
    elif given.get("counts") == "things" and "k" in given:
        message = _("Counts of things are all shown, so there is no threshold.")
        yield Problem("k", message, _("Take k or counts out."))


def _names(
    path: str, given: dict[str, Any], known: set[str], required: tuple[str, ...]
) -> Iterator[Problem]:
    for name in sorted(given.keys() - known):
        remedy = _("Use: %(choices)s.") % {"choices": ", ".join(sorted(known))}
        yield Problem(f"{path}{name}", _("It is not known."), remedy)
    for name in required:
        if name not in given:
            yield Problem(f"{path}{name}", _("It is missing."), _("Add it."))


def _text(path: str, value: Any, required: bool = False) -> Iterator[Problem]:
    if value is None and not required:
        return
    texts = {"en": value} if isinstance(value, str) else value
    if not (isinstance(texts, dict) and all(_is_words(text, 5000) for text in texts.values())):
        yield Problem(path, _("It is not a text."), _('Write {"en": "…", "es": "…"}.'))
    elif "en" not in texts:
        yield Problem(path, _("It has no English."), _('Write {"en": "…", "es": "…"}.'))


def _links(path: str, value: Any, required: bool) -> Iterator[Problem]:
    if not required:
        return
    if not (isinstance(value, list) and value):
        yield Problem(path, _("There is none."), _('Write [{"title": "…", "path": "https://…"}].'))
        return
    for n, link in enumerate(value):
        where = f"{path}[{n}]"
        title = link.get("title") if isinstance(link, dict) else None
        if not all(_is_words(text, 500) for text in _in_languages(title)):
            yield Problem(f"{where}.title", _("It is not a text."), _("Give its title."))
        elif not str(link.get("path", "https://")).startswith(("https://", "http://")):
            yield Problem(f"{where}.path", _("It is not a web address."), _("Begin with https://."))


def _in_languages(title: Any) -> list[Any]:
    """A title once, or in several languages; English always."""
    if isinstance(title, dict):
        return [title.get("en"), *title.values()]
    return [title]


def _codes(given: Any) -> Iterator[Problem]:
    if not isinstance(given, dict):
        yield Problem("codes", _("It is not an object."), _('Write {"suppressed": ["*"]}.'))
        return
    yield from _names("codes.", given, {*CODES, "provisional"}, ())
    lists = [given[name] for name in CODES if name in given]
    if not all(_is_list(codes) for codes in lists):
        remedy = _('Write lists, as {"suppressed": ["*"]}.')
        yield Problem("codes", _("A code is not a text."), remedy)
        return
    flat = [code for codes in lists for code in codes]
    if len(flat) != len(set(flat)):
        yield Problem("codes", _("One code means two states."), _("Give each state its own codes."))
    if not isinstance(given.get("provisional", ""), str):
        yield Problem("codes.provisional", _("It is not a text."), _("Give one mark, such as p."))


def _chart(given: Any, required: bool) -> Iterator[Problem]:
    if not required:
        return
    remedy = _('Write {"kind": "%(kinds)s", "x": "…", "y": ["…"]}.') % {"kinds": "|".join(KINDS)}
    whole = isinstance(given, dict) and given.get("kind") in KINDS
    if not (whole and isinstance(given.get("x"), str) and _is_list(given.get("y")) and given["y"]):
        yield Problem("chart", _("It cannot be drawn."), remedy)


def _fields(descriptor: dict[str, Any]) -> Iterator[Problem]:
    if "schema" not in descriptor:
        return  # said already: it is required
    schema = descriptor["schema"]
    if not (isinstance(schema, dict) and isinstance(schema.get("fields"), list)):
        yield Problem("schema.fields", _("It is not a list."), _("List the columns of the file."))
        return
    yield from _names("schema.", schema, {"fields", "primaryKey"}, ("fields",))
    if not _is_list(schema.get("primaryKey", [])):
        yield Problem("schema.primaryKey", _("It is not a list of names."), _('Write ["year"].'))
    for n, field in enumerate(schema["fields"]):
        path = f"schema.fields[{n}]"
        if isinstance(field, dict):
            yield from _field(f"{path}.", field)
        else:
            yield Problem(path, _("It is not an object."), _('Write {"name": "…", "type": "…"}.'))


def _field(path: str, given: dict[str, Any]) -> Iterator[Problem]:
    yield from _names(path, given, FIELD_KNOWN, ("name", "type", "role", *FIELD_TEXTS))
    name = given.get("name", "a")
    if not (isinstance(name, str) and NAME.fullmatch(name) and len(name) <= 60):
        yield Problem(f"{path}name", _("It is not a column's name."), _("Use a-z, 0-9 and _."))
    elif name == "release" or name.endswith("_state"):
        message = _("The published file has a column so named.")
        yield Problem(f"{path}name", message, _("Rename it."))
    for key, choices in (("type", TYPES), ("role", ROLES), ("covers", ("all",))):
        if key in given and given[key] not in choices:
            remedy = _("Use: %(choices)s.") % {"choices": ", ".join(choices)}
            yield Problem(f"{path}{key}", _("It is not known."), remedy)
    for key in FIELD_TEXTS:
        yield from _text(f"{path}{key}", given.get(key), required=key in given)
    yield from _text(f"{path}unit", given.get("unit"))
    yield from _bindings(path, given)
    yield from _values(path, given)


def _bindings(path: str, given: dict[str, Any]) -> Iterator[Problem]:
    for key in FIELD_NAMES:
        if not isinstance(given.get(key, ""), str):
            yield Problem(f"{path}{key}", _("It is not a column's name."), _("Name one column."))
    if not isinstance(given.get("total", False), bool):
        message, remedy = _("It is neither true nor false."), _("Give true or false.")
        yield Problem(f"{path}total", message, remedy)
    for key, least in (("per", 1), ("decimals", 0)):
        if key in given and not _is_number(given[key], least):
            remedy = _("Give one from %(least)s.") % {"least": least}
            yield Problem(f"{path}{key}", _("It is not a number."), remedy)


def _values(path: str, given: dict[str, Any]) -> Iterator[Problem]:
    labels = given.get("labels", {})
    if not isinstance(labels, dict):
        remedy = _('Write {"value": {"en": "…"}}.')
        yield Problem(f"{path}labels", _("It is not an object."), remedy)
    else:
        for value, text in labels.items():
            yield from _text(f"{path}labels.{value}", text, required=True)
    if not _is_list(given.get("totals", [])):
        yield Problem(f"{path}totals", _("It is not a list."), _('Write ["All"].'))
    yield from _constraints(f"{path}constraints", given.get("constraints", {}))


def _constraints(path: str, given: Any) -> Iterator[Problem]:
    if not isinstance(given, dict):
        yield Problem(path, _("It is not an object."), _('Write {"minimum": 0}.'))
        return
    yield from _names(f"{path}.", given, {"enum", "minimum", "maximum", "required"}, ())
    if not _is_list(given.get("enum", [])):
        yield Problem(f"{path}.enum", _("It is not a list."), _('Write ["a", "b"].'))
    if not isinstance(given.get("required", False), bool):
        yield Problem(f"{path}.required", _("Neither true nor false."), _("Give one."))
    for key in ("minimum", "maximum"):
        limit = given.get(key, 0)
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            yield Problem(f"{path}.{key}", _("It is not a number."), _("Give a number."))


def _is_words(value: Any, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest


def _is_number(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= 1_000_000


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_strings(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
