"""What the parts of a descriptor promise each other; above all, denominators that hold.

A share of a part ("of those eligible") is refused without the share of the whole ("of all").
"""

import re
from collections.abc import Iterable, Iterator

from transparency.errors import Problem
from transparency.schema import Column, Schema
from transparency.sentence import PLACEHOLDER

DIMENSION_TYPES = ("string", "year", "month", "date")
MEASURE_TYPES = ("integer", "number", "percent", "rate")
MOST_DECIMALS = 6
SHARE_OF = re.compile(r"(%|per ?cent|por ciento) (of|de)\b", re.IGNORECASE)


def cross_check(schema: Schema) -> Iterator[Problem]:
    """Faults between fields; each field alone was already found sound."""
    names = [column.name for column in schema.columns]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem("schema.fields", f"{name} stands twice.", "Give every column its own name.")
    if len(names) > len(set(names)):
        return
    # Each step relies on what the one before it found sound.
    for step in (_shape, _references, _columns, _shown):
        faults = list(step(schema))
        yield from faults
        if faults:
            return


def _shape(schema: Schema) -> Iterator[Problem]:
    if not schema.dimensions:
        yield Problem("schema.fields", "No column says what a row is.", "Add a dimension.")
    if len(schema.dimensions) == len(schema.columns):
        yield Problem("schema.fields", "There is no figure.", "Add a count or a measure.")
    dimensions = {column.name for column in schema.dimensions}
    for path, names in (("schema.primaryKey", schema.primary_key), ("lead", tuple(schema.lead))):
        for name in names:
            if name not in dimensions:
                yield Problem(path, f"{name} is not a dimension.", "Name dimensions alone.")


def _references(schema: Schema) -> Iterator[Problem]:
    counts = {column.name for column in schema.counts}
    denominators = {column.name for column in schema.columns if column.role == "denominator"}
    for column in schema.columns:
        for key, allowed, kind in (
            ("numerator", counts, "count or denominator"),
            ("denominator", denominators, "denominator"),
            ("within", counts, "count or denominator"),
            ("base", counts, "count or denominator"),
        ):
            name = getattr(column, key)
            if name and (name not in allowed or name == column.name):
                remedy = f"Name a column whose role is {kind}."
                yield Problem(f"{column.name}.{key}", f"{name} cannot serve.", remedy)


def _columns(schema: Schema) -> Iterator[Problem]:
    for column in schema.columns:
        yield from _column(column)
        yield from _part_of(schema, column)
        yield from _plain_share(schema, column)


def _shown(schema: Schema) -> Iterator[Problem]:
    yield from _of_all(schema)
    yield from _chart(schema)
    yield from _sentence(schema)


def _column(column: Column) -> Iterator[Problem]:
    allowed = ("integer",) if column.is_count else MEASURE_TYPES
    allowed = DIMENSION_TYPES if column.is_dimension else allowed
    if column.type not in allowed:
        remedy = f"A {column.role} takes: {', '.join(allowed)}."
        yield Problem(f"{column.name}.type", f"{column.type} does not fit.", remedy)
    shares = column.type in ("percent", "rate")
    if shares and not (column.numerator and column.denominator):
        remedy = "Bind it to a numerator and a denominator of the same row."
        yield Problem(column.name, "A share of nothing named.", remedy)
    if not shares and (column.numerator or column.denominator):
        yield Problem(column.name, "Only a percent or a rate has a numerator.", "Use base.")
    if not (column.is_dimension or column.type == "percent" or column.unit):
        yield Problem(f"{column.name}.unit", "It is missing.", 'Add it, as {"en": "calls"}.')
    if column.totals and not column.is_dimension:
        yield Problem(f"{column.name}.totals", "Only a dimension has them.", "Use total.")
    if column.total and not column.is_count:
        yield Problem(f"{column.name}.total", "Only a count can be one.", "Leave it out.")
    if (column.decimals or 0) > MOST_DECIMALS:
        yield Problem(f"{column.name}.decimals", "Too many.", f"Give at most {MOST_DECIMALS}.")


def _part_of(schema: Schema, column: Column) -> Iterator[Problem]:
    if column.within and not column.is_count:
        yield Problem(f"{column.name}.within", "Only a count has it.", "Leave it out.")
    if column.role == "denominator" and column.covers_all == bool(column.within):
        remedy = 'Give "covers": "all", or "within" and the column it is a part of; not both.'
        yield Problem(column.name, "A denominator that does not say what it covers.", remedy)
    seen = {column.name}
    for name in schema.above(column.name):
        if name in seen:
            yield Problem(f"{column.name}.within", "It goes round in a circle.", "Break it.")
            break
        seen.add(name)


def _plain_share(schema: Schema, column: Column) -> Iterator[Problem]:
    """A share given as a plain number has no twin to be drawn beside, so it is a share of all."""
    if column.is_share or not any(map(SHARE_OF.search, column.unit.by_language.values())):
        return
    if not (column.base and schema.by_name[column.base].covers_all):
        remedy = 'Name a denominator that covers "all" as its base, or make it a percent.'
        yield Problem(f"{column.name}.base", "Its unit says that it is a share.", remedy)


def _of_all(schema: Schema) -> Iterator[Problem]:
    for share in schema.shares:
        root = whole(schema, share)
        if root and not share_of(schema, share.numerator, root, share.type):
            yield Problem(
                share.name,
                f"It is a share of {share.denominator}, a part of {root}, and stands alone.",
                f"Add a {share.type} of {share.numerator} whose denominator is {root}; "
                "where the source does not give it, the cells are missing.",
            )


def whole(schema: Schema, share: Column) -> str:
    """The column of all that the share's denominator is a part of; empty when it is all."""
    above = list(schema.above(share.denominator))
    return above[-1] if above else ""


def share_of(schema: Schema, numerator: str, denominator: str, kind: str) -> Column | None:
    """The column that gives `numerator` as a share of `denominator`."""
    for column in schema.shares:
        if (column.numerator, column.denominator, column.type) == (numerator, denominator, kind):
            return column
    return None


def _alone(schema: Schema, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Shares of a part among `names` whose share of all is not among them."""
    shown = set(names)
    for name in shown:
        share = schema.by_name[name]
        root = whole(schema, share) if share.is_share else ""
        of_all = share_of(schema, share.numerator, root, share.type) if root else None
        if of_all and of_all.name not in shown:
            yield name, of_all.name


def _chart(schema: Schema) -> Iterator[Problem]:
    chart = schema.chart
    known = schema.by_name
    if chart.x not in known or not known[chart.x].is_dimension:
        yield Problem("chart.x", f"{chart.x} is not a dimension.", "Name one.")
    bad = [name for name in chart.y if name not in known or known[name].is_dimension]
    for name in bad:
        yield Problem("chart.y", f"{name} is not a figure.", "Name counts or measures.")
    if bad:
        return
    for part, of_all in _alone(schema, chart.y):
        yield Problem("chart.y", f"{part} stands alone.", f"Draw {of_all} beside it.")
    if chart.kind == "parts":
        if any(known[name].unit != known[chart.y[0]].unit for name in chart.y):
            yield Problem("chart.y", "The parts have several units.", "Draw one unit.")
        return
    free = [name for name in schema.primary_key if name not in (chart.x, *schema.lead)]
    for name in free:
        yield Problem("lead", f"The chart has several rows for one {chart.x}.", f"Fix {name}.")


def _sentence(schema: Schema) -> Iterator[Problem]:
    for language, text in schema.sentence.by_language.items():
        names = [match["name"] for match in PLACEHOLDER.finditer(text)]
        unknown = [name for name in names if name not in schema.by_name]
        for name in unknown:
            yield Problem(f"sentence.{language}", f"{name} is not a column.", "Name a column.")
        if not unknown:
            for part, of_all in _alone(schema, names):
                remedy = f"Say {{{of_all}}} too."
                yield Problem(f"sentence.{language}", f"{{{part}}} stands alone.", remedy)
