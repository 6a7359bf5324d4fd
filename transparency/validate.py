"""From lines to a table that keeps the schema's promises; else every fault by row and column."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _

from transparency.cells import BadCell, read_cell
from transparency.errors import CellError, InvalidTable
from transparency.figure import MISSING, NOT_APPLICABLE, SUPPRESSED, Cell, Row, State
from transparency.schema import Column, Schema
from transparency.upload import Line

MOST_ERRORS = 1_000


def validate(lines: list[Line], schema: Schema) -> tuple[Row, ...]:
    """The table; InvalidTable when a single cell is wrong."""
    header, *body = lines
    errors = list(_header(header, schema))
    if errors:
        raise InvalidTable(errors)
    rows: list[Row] = []
    first_seen: dict[tuple[str, ...], int] = {}
    for line in body:
        row, faults = _row(line, header.cells, schema)
        errors += faults
        if row is not None:
            errors += _repeated(line.row, row, schema, first_seen)
            rows.append(row)
        if len(errors) >= MOST_ERRORS:
            break
    if errors:
        raise InvalidTable(errors[:MOST_ERRORS])
    return tuple(rows)


def _header(header: Line, schema: Schema) -> Iterator[CellError]:
    names = header.cells
    known = ", ".join(schema.by_name)
    for name in sorted(set(names)):
        if names.count(name) > 1:
            message, remedy = _("It stands twice."), _("Keep one.")
            yield _error(header.row, name, "repeated-column", message, remedy)
        if name not in schema.by_name:
            message = _("The definition has no such column.")
            remedy = _("It has: %(columns)s.") % {"columns": known}
            yield _error(header.row, name, "unknown-column", message, remedy)
    for column in schema.columns:
        if column.name not in names and not column.is_share:
            message = _("The file has no such column.")
            yield _error(header.row, column.name, "missing-column", message, _("Add it."))


def _error(
    row: int, column: str, code: str, message: str, remedy: str, value: str = ""
) -> CellError:
    return CellError(row, column, code, message, value, remedy)


def _row(line: Line, names: tuple[str, ...], schema: Schema) -> tuple[Row | None, list[CellError]]:
    if len(line.cells) != len(names):
        return None, [_wrong_length(line, len(names))]
    texts = dict(zip(names, line.cells, strict=True))
    row: dict[str, Cell] = {}
    errors = []
    for column in schema.columns:
        text = texts.get(column.name, "")
        if column.is_share and column.name not in texts:
            row[column.name] = MISSING
            continue
        try:
            row[column.name] = read_cell(text, column, schema.codes)
        except BadCell as bad:
            errors.append(_error(line.row, column.name, bad.code, bad.message, bad.remedy, text))
    if errors:
        return None, errors
    errors = [*_parts(line.row, row, schema), *_shares(line.row, row, schema)]
    return (None, errors) if errors else (_computed(row, schema), [])


def _wrong_length(line: Line, columns: int) -> CellError:
    message = _("The row has %(cells)s cells and the header %(columns)s.")
    message %= {"cells": len(line.cells), "columns": columns}
    remedy = _("Give every column one cell; put a cell that holds a comma in quotes.")
    return _error(line.row, "", "row-length", message, remedy)


def _parts(number: int, row: Row, schema: Schema) -> Iterator[CellError]:
    """A part is never more than what it is a part of."""
    pairs = {(c.name, above) for c in schema.counts for above in schema.above(c.name)}
    pairs |= {(s.numerator, s.denominator) for s in schema.shares if s.type == "percent"}
    for part, whole in sorted(pairs):
        a, b = row[part].number, row[whole].number
        if a is not None and b is not None and a > b:
            message = _("It is more than %(whole)s (%(number)s), which it is a part of.")
            message %= {"whole": whole, "number": b}
            yield _error(number, part, "more-than-all", message, _("Check both."), str(a))


def _shares(number: int, row: Row, schema: Schema) -> Iterator[CellError]:
    """A share that is given agrees with its numerator and denominator, as far as it is rounded."""
    for share in schema.shares:
        given = row[share.name].number
        exact = _exact(row, share)
        if given is None or exact is None:
            continue
        half = Decimal(1).scaleb(int(given.as_tuple().exponent)) / 2
        if abs(given - exact) > half or (exact and not given):
            yield _disagreeing(number, share, given, exact)


def _disagreeing(number: int, share: Column, given: Decimal, exact: Decimal) -> CellError:
    message = _("%(numerator)s over %(denominator)s is %(share)s.") % {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "share": f"{exact:.2f}",
    }
    remedy = _("Correct it, or leave it empty to have it computed.")
    return _error(number, share.name, "share-disagrees", message, remedy, str(given))


def _exact(row: Row, share: Column) -> Decimal | None:
    top, bottom = row[share.numerator].number, row[share.denominator].number
    if top is None or not bottom:
        return None
    return share.scale * top / bottom


def _computed(row: dict[str, Cell], schema: Schema) -> Row:
    """The row with every share that was left out worked out."""
    for share in schema.shares:
        if row[share.name] is MISSING:
            row[share.name] = _share(row, share)
    return row


def _share(row: Row, share: Column) -> Cell:
    cells = (row[share.numerator], row[share.denominator])
    states = {cell.state for cell in cells}
    for state, result in (
        (State.SUPPRESSED, SUPPRESSED),
        (State.MISSING, MISSING),
        (State.NOT_APPLICABLE, NOT_APPLICABLE),
    ):
        if state in states:
            return result
    exact = _exact(row, share)
    if exact is None:
        return NOT_APPLICABLE  # a share of nothing
    return Cell.of_number(_rounded(exact, share.decimals or 0), State.PROVISIONAL in states)


def _rounded(exact: Decimal, places: int) -> Decimal:
    """To so many decimals, and more where rounding would make a zero of what is none."""
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    return _rounded(exact, places + 1) if exact and not rounded else rounded


def _repeated(
    number: int, row: Row, schema: Schema, first_seen: dict[tuple[str, ...], int]
) -> Iterator[CellError]:
    key = tuple(row[name].text for name in schema.primary_key)
    if key in first_seen:
        message = _("Row %(row)s is about the same.") % {"row": first_seen[key]}
        column = ", ".join(schema.primary_key)
        yield _error(number, column, "repeated-row", message, _("Keep one."), ", ".join(key))
    first_seen.setdefault(key, number)
