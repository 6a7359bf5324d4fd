"""What a dataset's figures mean: a descriptor, read into objects that the rest of the app uses.

`Schema.read` takes a descriptor that `transparency.descriptor.check` found without fault; the
format is described in docs/data-stewards.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

DEFAULT_K = 11
NOTHING_TO_HIDE = 1  # no whole number lies between 0 and 1
DECIMALS = {"percent": 1, "rate": 1}


@dataclass(frozen=True)
class Text:
    """A sentence in the languages it was given in; English always."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, value: Any) -> "Text":
        return cls({"en": value} if isinstance(value, str) else dict(value or {}))

    def __str__(self) -> str:
        """In the language of the reader, else in English."""
        language = (get_language() or "en").split("-")[0]
        return self.by_language.get(language) or self.by_language.get("en", "")

    def __bool__(self) -> bool:
        return bool(self.by_language.get("en"))


@dataclass(frozen=True)
class Link:
    """A source or a licence; `path` may be empty."""

    title: Text
    path: str = ""


@dataclass(frozen=True)
class Column:
    """A column, bound to its definition and, for a share, to what it is a share of."""

    name: str
    type: str  # string, year, month, date, integer, number, percent, rate
    role: str  # dimension, count, denominator, measure
    title: Text
    definition: Text
    unit: Text
    labels: Mapping[str, Text]
    totals: tuple[str, ...]
    total: bool
    within: str
    covers_all: bool
    numerator: str
    denominator: str
    base: str
    per: int
    decimals: int | None
    enum: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    required: bool

    @property
    def is_dimension(self) -> bool:
        return self.role == "dimension"

    @property
    def is_count(self) -> bool:
        """Counts people or events: small ones are suppressed."""
        return self.role in ("count", "denominator")

    @property
    def is_share(self) -> bool:
        """Can be computed from two counts of the same row."""
        return bool(self.numerator)

    @property
    def scale(self) -> int:
        """What a numerator over its denominator is multiplied by."""
        return 100 if self.type == "percent" else self.per

    def label(self, value: str) -> str:
        """A value of a dimension in words."""
        if value in self.labels:
            return str(self.labels[value])
        if self.type == "month":
            return date_format(date.fromisoformat(f"{value}-01"), "YEAR_MONTH_FORMAT")
        if self.type == "date":
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        return value

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Column":
        constraints = given.get("constraints", {})
        return cls(
            name=given["name"],
            type=given["type"],
            role=given["role"],
            title=Text.read(given["title"]),
            definition=Text.read(given["definition"]),
            unit=Text.read(given.get("unit")),
            labels={value: Text.read(text) for value, text in given.get("labels", {}).items()},
            totals=tuple(given.get("totals", ())),
            total=given.get("total", False),
            within=given.get("within", ""),
            covers_all=given.get("covers") == "all",
            numerator=given.get("numerator", ""),
            denominator=given.get("denominator", ""),
            base=given.get("base", ""),
            per=given.get("per", 1),
            decimals=given.get("decimals", DECIMALS.get(given["type"])),
            enum=tuple(constraints.get("enum", given.get("labels", ()))),
            minimum=_limit(constraints.get("minimum")),
            maximum=_limit(constraints.get("maximum")),
            required=constraints.get("required", given["role"] == "dimension"),
        )


def _limit(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@dataclass(frozen=True)
class Chart:
    """What is drawn: `bar` and `series` draw `y` row by row, `parts` several columns of one row."""

    kind: str
    x: str
    y: tuple[str, ...]


@dataclass(frozen=True)
class Codes:
    """How the uploaded file writes what is not a number."""

    suppressed: tuple[str, ...]
    missing: tuple[str, ...]
    not_applicable: tuple[str, ...]
    provisional: str  # a mark after the number

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Codes":
        return cls(
            suppressed=tuple(given.get("suppressed", ("suppressed",))),
            missing=tuple(given.get("missing", ("", "missing"))),
            not_applicable=tuple(given.get("not-applicable", ("not-applicable",))),
            provisional=given.get("provisional", ""),
        )


@dataclass(frozen=True)
class Schema:
    """A whole descriptor."""

    name: str
    title: Text
    description: Text
    place: str
    publisher: str
    sources: tuple[Link, ...]
    licenses: tuple[Link, ...]
    rhythm: str
    coverage: Text
    method: Text
    limits: Text
    k: int
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    codes: Codes
    chart: Chart
    lead: Mapping[str, str]
    sentence: Text

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Schema":
        columns = tuple(Column.read(column) for column in given["schema"]["fields"])
        dimensions = tuple(column.name for column in columns if column.is_dimension)
        chart = given["chart"]
        return cls(
            name=given["name"],
            title=Text.read(given["title"]),
            description=Text.read(given["description"]),
            place=given["place"],
            publisher=given["publisher"],
            sources=tuple(_links(given["sources"])),
            licenses=tuple(_links(given["licenses"])),
            rhythm=given["rhythm"],
            coverage=Text.read(given["coverage"]),
            method=Text.read(given["method"]),
            limits=Text.read(given["limits"]),
            k=given.get("k", DEFAULT_K if given.get("counts") != "things" else NOTHING_TO_HIDE),
            columns=columns,
            primary_key=tuple(given["schema"].get("primaryKey", dimensions)),
            codes=Codes.read(given.get("codes", {})),
            chart=Chart(chart["kind"], chart["x"], tuple(chart["y"])),
            lead=dict(given.get("lead", {})),
            sentence=Text.read(given.get("sentence")),
        )

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def dimensions(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_dimension)

    @property
    def counts(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_count)

    @property
    def counts_people(self) -> bool:
        """False when a steward said that all counts are of things, such as listings or links."""
        return self.k > NOTHING_TO_HIDE

    @property
    def shares(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_share)

    def above(self, name: str) -> Iterator[str]:
        """The columns that `name` is counted within, nearest first."""
        while name := self.by_name[name].within:
            yield name


def _links(given: list[Mapping[str, Any]]) -> Iterator[Link]:
    for link in given:
        yield Link(Text.read(link["title"]), link.get("path", ""))
