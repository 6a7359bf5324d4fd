"""What the parts of a descriptor promise each other; above all, denominators that hold.

A share of a part ("of those eligible") is refused without the share of the whole ("of all").
"""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

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
        message = _("%(column)s stands twice.") % {"column": name}
        yield Problem("schema.fields", message, _("Give every column its own name."))
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
        yield Problem("schema.fields", _("No column says what a row is."), _("Add a dimension."))
    if len(schema.dimensions) == len(schema.columns):
        yield Problem("schema.fields", _("There is no figure."), _("Add a count or a measure."))
    dimensions = {column.name for column in schema.dimensions}
    for path, names in (("schema.primaryKey", schema.primary_key), ("lead", tuple(schema.lead))):
        for name in names:
            if name not in dimensions:
                message = _("%(column)s is not a dimension.") % {"column": name}
                yield Problem(path, message, _("Name dimensions alone."))


def _references(schema: Schema) -> Iterator[Problem]:
    counts = {column.name for column in schema.counts}
    denominators = {column.name for column in schema.columns if column.role == "denominator"}
    for column in schema.columns:
        for key in ("numerator", "denominator", "within", "base"):
            allowed = denominators if key == "denominator" else counts
            name = getattr(column, key)
            if name and (name not in allowed or name == column.name):
                role = "denominator" if key == "denominator" else _("count or denominator")
                message = _("%(column)s cannot serve.") % {"column": name}
                remedy = _("Name a column whose role is %(role)s.") % {"role": role}
                yield Problem(f"{column.name}.{key}", message, remedy)


def _columns(schema: Schema) -> Iterator[Problem]:
    for column in schema.columns:
        yield from _column(column)
        yield from _part_of(schema, column)
        yield from _plain_share(schema, column)


def _shown(schema: Schema) -> Iterator[Problem]:
    yield from _of_all(schema)
    yield from _chart(schema)
    yield from _sentence(schema)


def _type(column: Column) -> Iterator[Problem]:
    allowed = ("integer",) if column.is_count else MEASURE_TYPES
    allowed = DIMENSION_TYPES if column.is_dimension else allowed
    if column.type not in allowed:
        message = _("%(type)s does not fit.") % {"type": column.type}
        remedy = _("A %(role)s takes: %(types)s.")
        remedy %= {"role": column.role, "types": ", ".join(allowed)}
        yield Problem(f"{column.name}.type", message, remedy)
    shares = column.type in ("percent", "rate")
    if shares and not (column.numerator and column.denominator):
        remedy = _("Bind it to a numerator and a denominator of the same row.")
        yield Problem(column.name, _("A share of nothing named."), remedy)
    if not shares and (column.numerator or column.denominator):
        yield Problem(column.name, _("Only a percent or a rate has a numerator."), _("Use base."))


def _column(column: Column) -> Iterator[Problem]:
    yield from _type(column)
    if not (column.is_dimension or column.type == "percent" or column.unit):
        yield Problem(f"{column.name}.unit", _("It is missing."), _('Add it, as {"en": "calls"}.'))
    if column.totals and not column.is_dimension:
        yield Problem(f"{column.name}.totals", _("Only a dimension has them."), _("Use total."))
    if column.total and not column.is_count:
        yield Problem(f"{column.name}.total", _("Only a count can be one."), _("Leave it out."))
    if (column.decimals or 0) > MOST_DECIMALS:
        remedy = _("Give at most %(most)s.") % {"most": MOST_DECIMALS}
        yield Problem(f"{column.name}.decimals", _("Too many."), remedy)


def _part_of(schema: Schema, column: Column) -> Iterator[Problem]:
    if column.within and not column.is_count:
        yield Problem(f"{column.name}.within", _("Only a count has it."), _("Leave it out."))
    if column.role == "denominator" and column.covers_all == bool(column.within):
        remedy = _('Give "covers": "all", or "within" and the column it is a part of; not both.')
        yield Problem(column.name, _("A denominator that does not say what it covers."), remedy)
    seen = {column.name}
    for name in schema.above(column.name):
        if name in seen:
            yield Problem(f"{column.name}.within", _("It goes round in a circle."), _("Break it."))
            break
        seen.add(name)


def _plain_share(schema: Schema, column: Column) -> Iterator[Problem]:
    """A share given as a plain number has no twin to be drawn beside, so it is a share of all."""
    if column.is_share or not any(map(SHARE_OF.search, column.unit.by_language.values())):
        return
    if not (column.base and schema.by_name[column.base].covers_all):
        remedy = _('Name a denominator that covers "all" as its base, or make it a percent.')
        yield Problem(f"{column.name}.base", _("Its unit says that it is a share."), remedy)


def _of_all(schema: Schema) -> Iterator[Problem]:
    for share in schema.shares:
        root = whole(schema, share)
        if root and not share_of(schema, share.numerator, root, share.type):
            message = _("It is a share of %(part)s, a part of %(whole)s, and stands alone.")
            remedy = _(
                "Add a %(type)s of %(numerator)s whose denominator is %(whole)s; "
                "where the source does not give it, the cells are missing."
            )
            yield Problem(
                share.name,
                message % {"part": share.denominator, "whole": root},
                remedy % {"type": share.type, "numerator": share.numerator, "whole": root},
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
    chart, known = schema.chart, schema.by_name
    if chart.x not in known or not known[chart.x].is_dimension:
        message = _("%(column)s is not a dimension.") % {"column": chart.x}
        yield Problem("chart.x", message, _("Name one."))
    bad = [name for name in chart.y if name not in known or known[name].is_dimension]
    for name in bad:
        message = _("%(column)s is not a figure.") % {"column": name}
        yield Problem("chart.y", message, _("Name counts or measures."))
    if not bad:
        yield from _drawn(schema)


def _drawn(schema: Schema) -> Iterator[Problem]:
    chart, known = schema.chart, schema.by_name
    for part, of_all in _alone(schema, chart.y):
        message = _("%(column)s stands alone.") % {"column": part}
        yield Problem("chart.y", message, _("Draw %(column)s beside it.") % {"column": of_all})
    if chart.kind == "parts":
        if any(known[name].unit != known[chart.y[0]].unit for name in chart.y):
            yield Problem("chart.y", _("The parts have several units."), _("Draw one unit."))
        return
    free = [name for name in schema.primary_key if name not in (chart.x, *schema.lead)]
    for name in free:
        message = _("The chart has several rows for one %(column)s.") % {"column": chart.x}
        yield Problem("lead", message, _("Fix %(column)s.") % {"column": name})


def _sentence(schema: Schema) -> Iterator[Problem]:
    for language, text in schema.sentence.by_language.items():
        names = [match["name"] for match in PLACEHOLDER.finditer(text)]
        unknown = [name for name in names if name not in schema.by_name]
        for name in unknown:
            message = _("%(column)s is not a column.") % {"column": name}
            yield Problem(f"sentence.{language}", message, _("Name a column."))
        if not unknown:
            for part, of_all in _alone(schema, names):
                message = _("%(column)s stands alone.") % {"column": f"{{{part}}}"}
                remedy = _("Say %(column)s too.") % {"column": f"{{{of_all}}}"}
                yield Problem(f"sentence.{language}", message, remedy)
