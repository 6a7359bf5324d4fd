"""From a descriptor (JSON) to a dataset: every fault named by its field, with the remedy."""

import re
from collections.abc import Iterator
from typing import Any

from transparency.descriptor_rules import cross_check
from transparency.errors import DescriptorError, Problem
from transparency.models import Dataset
from transparency.schema import Schema

RHYTHMS = ("once", "yearly", "quarterly", "monthly", "weekly", "irregular")
TYPES = ("string", "year", "month", "date", "integer", "number", "percent", "rate")
ROLES = ("dimension", "count", "denominator", "measure")
KINDS = ("bar", "series", "parts")
LEAST_K = 3

TEXTS = ("title", "description", "coverage", "method", "limits")
WORDS = ("place", "publisher")
REQUIRED = (*TEXTS, *WORDS, "name", "sources", "licenses", "rhythm", "schema", "chart")
KNOWN = {*REQUIRED, "k", "needs_approval", "codes", "lead", "sentence"}
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
    dataset, _ = Dataset.objects.update_or_create(
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
        return [Problem("descriptor", "It is not a JSON object.", "Write it between { and }.")]
    problems = [*_top(descriptor), *_fields(descriptor.get("schema"))]
    return problems or list(cross_check(Schema.read(descriptor)))


def _top(given: dict[str, Any]) -> Iterator[Problem]:
    yield from _names("", given, KNOWN, REQUIRED)
    for name in TEXTS:
        yield from _text(name, given.get(name), required=name in given)
    for name in WORDS:
        if name in given and not _is_words(given[name], 200):
            yield Problem(name, "It is not a text.", "Give 1 to 200 characters.")
    yield from _text("sentence", given.get("sentence"))
    if "name" in given and not (_is_words(given["name"], 80) and SLUG.fullmatch(given["name"])):
        yield Problem("name", "It cannot stand in an address.", "Use a-z, 0-9 and hyphens.")
    if "rhythm" in given and given["rhythm"] not in RHYTHMS:
        yield Problem("rhythm", "It is not known.", f"Use one of: {', '.join(RHYTHMS)}.")
    if not _is_number(given.get("k", LEAST_K), LEAST_K):
        yield Problem("k", "It is not a threshold.", f"Give a whole number from {LEAST_K}.")
    if not isinstance(given.get("needs_approval", False), bool):
        yield Problem("needs_approval", "It is neither true nor false.", "Give true or false.")
    yield from _links("sources", given.get("sources"), required="sources" in given)
    yield from _links("licenses", given.get("licenses"), required="licenses" in given)
    yield from _codes(given.get("codes", {}))
    yield from _chart(given.get("chart", {}), required="chart" in given)
    if not _is_strings(given.get("lead", {})):
        yield Problem("lead", "It does not name a row.", 'Write {"dimension": "value"}.')


def _names(
    path: str, given: dict[str, Any], known: set[str], required: tuple[str, ...]
) -> Iterator[Problem]:
    for name in sorted(given.keys() - known):
        yield Problem(f"{path}{name}", "It is not known.", f"Use: {', '.join(sorted(known))}.")
    for name in required:
        if name not in given:
            yield Problem(f"{path}{name}", "It is missing.", "Add it.")


def _text(path: str, value: Any, required: bool = False) -> Iterator[Problem]:
    if value is None and not required:
        return
    texts = {"en": value} if isinstance(value, str) else value
    if not (isinstance(texts, dict) and all(_is_words(text, 5000) for text in texts.values())):
        yield Problem(path, "It is not a text.", 'Write {"en": "…", "es": "…"}.')
    elif "en" not in texts:
        yield Problem(path, "It has no English.", 'Write {"en": "…", "es": "…"}.')


def _links(path: str, value: Any, required: bool) -> Iterator[Problem]:
    if not required:
        return
    if not (isinstance(value, list) and value):
        yield Problem(path, "There is none.", 'Write [{"title": "…", "path": "https://…"}].')
        return
    for n, link in enumerate(value):
        where = f"{path}[{n}]"
        if not (isinstance(link, dict) and _is_words(link.get("title"), 500)):
            yield Problem(f"{where}.title", "It is not a text.", "Give its title.")
        elif not str(link.get("path", "https://")).startswith(("https://", "http://")):
            yield Problem(f"{where}.path", "It is not a web address.", "Begin with https://.")


def _codes(given: Any) -> Iterator[Problem]:
    if not isinstance(given, dict):
        yield Problem("codes", "It is not an object.", 'Write {"suppressed": ["*"]}.')
        return
    yield from _names("codes.", given, {*CODES, "provisional"}, ())
    lists = [given[name] for name in CODES if name in given]
    if not all(_is_list(codes) for codes in lists):
        yield Problem("codes", "A code is not a text.", 'Write lists, as {"suppressed": ["*"]}.')
        return
    flat = [code for codes in lists for code in codes]
    if len(flat) != len(set(flat)):
        yield Problem("codes", "One code means two states.", "Give each state its own codes.")
    if not isinstance(given.get("provisional", ""), str):
        yield Problem("codes.provisional", "It is not a text.", "Give one mark, such as p.")


def _chart(given: Any, required: bool) -> Iterator[Problem]:
    if not required:
        return
    remedy = f'Write {{"kind": "{"|".join(KINDS)}", "x": "…", "y": ["…"]}}.'
    whole = isinstance(given, dict) and given.get("kind") in KINDS
    if not (whole and isinstance(given.get("x"), str) and _is_list(given.get("y")) and given["y"]):
        yield Problem("chart", "It cannot be drawn.", remedy)


def _fields(schema: Any) -> Iterator[Problem]:
    if schema is None:
        return
    if not (isinstance(schema, dict) and isinstance(schema.get("fields"), list)):
        yield Problem("schema.fields", "It is not a list.", "List the columns of the file.")
        return
    yield from _names("schema.", schema, {"fields", "primaryKey"}, ("fields",))
    if not _is_list(schema.get("primaryKey", [])):
        yield Problem("schema.primaryKey", "It is not a list of names.", 'Write ["year"].')
    for n, field in enumerate(schema["fields"]):
        path = f"schema.fields[{n}]"
        if isinstance(field, dict):
            yield from _field(f"{path}.", field)
        else:
            yield Problem(path, "It is not an object.", 'Write {"name": "…", "type": "…"}.')


def _field(path: str, given: dict[str, Any]) -> Iterator[Problem]:
    yield from _names(path, given, FIELD_KNOWN, ("name", "type", "role", *FIELD_TEXTS))
    name = given.get("name", "a")
    if not (isinstance(name, str) and NAME.fullmatch(name) and len(name) <= 60):
        yield Problem(f"{path}name", "It is not a column's name.", "Use a-z, 0-9 and _.")
    elif name == "release" or name.endswith("_state"):
        yield Problem(f"{path}name", "The published file has a column so named.", "Rename it.")
    for key, choices in (("type", TYPES), ("role", ROLES), ("covers", ("all",))):
        if key in given and given[key] not in choices:
            yield Problem(f"{path}{key}", "It is not known.", f"Use: {', '.join(choices)}.")
    for key in FIELD_TEXTS:
        yield from _text(f"{path}{key}", given.get(key), required=key in given)
    yield from _text(f"{path}unit", given.get("unit"))
    yield from _bindings(path, given)
    yield from _values(path, given)


def _bindings(path: str, given: dict[str, Any]) -> Iterator[Problem]:
    for key in FIELD_NAMES:
        if not isinstance(given.get(key, ""), str):
            yield Problem(f"{path}{key}", "It is not a column's name.", "Name one column.")
    if not isinstance(given.get("total", False), bool):
        yield Problem(f"{path}total", "It is neither true nor false.", "Give true or false.")
    for key, least in (("per", 1), ("decimals", 0)):
        if key in given and not _is_number(given[key], least):
            yield Problem(f"{path}{key}", "It is not a number.", f"Give one from {least}.")


def _values(path: str, given: dict[str, Any]) -> Iterator[Problem]:
    labels, constraints = given.get("labels", {}), given.get("constraints", {})
    if not isinstance(labels, dict):
        yield Problem(f"{path}labels", "It is not an object.", 'Write {"value": {"en": "…"}}.')
    else:
        for value, text in labels.items():
            yield from _text(f"{path}labels.{value}", text, required=True)
    if not _is_list(given.get("totals", [])):
        yield Problem(f"{path}totals", "It is not a list.", 'Write ["All"].')
    if not isinstance(constraints, dict):
        yield Problem(f"{path}constraints", "It is not an object.", 'Write {"minimum": 0}.')
        return
    yield from _names(
        f"{path}constraints.", constraints, {"enum", "minimum", "maximum", "required"}, ()
    )
    if not _is_list(constraints.get("enum", [])):
        yield Problem(f"{path}constraints.enum", "It is not a list.", 'Write ["a", "b"].')
    if not isinstance(constraints.get("required", False), bool):
        yield Problem(f"{path}constraints.required", "Neither true nor false.", "Give one.")
    for key in ("minimum", "maximum"):
        if isinstance(constraints.get(key, 0), bool) or not isinstance(
            constraints.get(key, 0), int | float
        ):
            yield Problem(f"{path}constraints.{key}", "It is not a number.", "Give a number.")


def _is_words(value: Any, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest


def _is_number(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= 1_000_000


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_strings(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
