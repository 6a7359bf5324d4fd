"""Totals that stand beside their parts, declared or found.

A total minus its parts gives a suppressed number away. Looked for on the true numbers, before
anything is suppressed; what is found by chance is allowed by the steward, with a reason.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations

from django.utils.translation import gettext as _

from transparency.figure import Row
from transparency.schema import Column, Schema

TOTAL_WORDS = re.compile(
    r"((grand|sub|all)[ -]?)?(total|totals|totales)( .*)?|all|all (?!other).+|overall|sum|combined"
    r"|both( .*)?|todos?|todas?|suma|subtotal|en conjunto",
    re.IGNORECASE,
)
# Beyond so many columns only neighbours are tried: 2^12 sums are quick, 2^40 are not.
MOST_COLUMNS = 12


@dataclass(frozen=True)
class Sum:
    """A column that is the sum of others in every row."""

    total: str
    parts: tuple[str, ...]


def find(rows: Sequence[Row], schema: Schema) -> list[str]:
    """What in the table is a total, in words; empty when nothing is."""
    if not schema.counts:
        return []
    found = (_declared(schema), _summed(rows, schema), _named(rows, schema), _equal(rows, schema))
    return list(dict.fromkeys(chain(*found)))


def _declared(schema: Schema) -> Iterator[str]:
    for column in schema.counts:
        if column.total:
            yield _("%(column)s is declared a total") % {"column": column.name}


def _summed(rows: Sequence[Row], schema: Schema) -> Iterator[str]:
    for found in sums(rows, schema):
        link = _("and")  # in a name of its own: makemessages does not look into f-strings
        message = _("%(total)s is the sum of %(parts)s")
        yield message % {"total": found.total, "parts": f" {link} ".join(found.parts)}


def sums(rows: Sequence[Row], schema: Schema) -> list[Sum]:
    """Columns that are the sum of others; each with the fewest parts."""
    columns = [column.name for column in schema.counts]
    values = {name: [row[name].number for row in rows] for name in columns}
    known = {name: [n for n in numbers if n is not None] for name, numbers in values.items()}
    whole = [name for name in columns if len(known[name]) == len(rows) and any(known[name])]
    found = []
    for total in whole:
        others = [name for name in whole if name != total]
        for parts in _subsets(others):
            if _apart(parts, schema) and _adds_up(known[total], [known[part] for part in parts]):
                found.append(Sum(total, parts))
                break
    return found


def _subsets(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(2, len(names) + 1):
        if len(names) <= MOST_COLUMNS:
            yield from combinations(names, size)
        else:
            for start in range(len(names) - size + 1):
                yield tuple(names[start : start + size])


def _apart(parts: tuple[str, ...], schema: Schema) -> bool:
    """Whether no part is counted within another: what is counted twice adds up to nothing."""
    return not any(above in parts for part in parts for above in schema.above(part))


def _adds_up(total: list[Decimal], parts: list[list[Decimal]]) -> bool:
    return all(sum(values) == whole for whole, *values in zip(total, *parts, strict=True))


def _named(rows: Sequence[Row], schema: Schema) -> Iterator[str]:
    """Values of a dimension that are declared, or read like, a total."""
    for column in schema.dimensions:
        values = list(dict.fromkeys(row[column.name].text for row in rows))
        spanning = _spanning(values)
        for value in values:
            words = _words(column, value)
            if value in column.totals or any(TOTAL_WORDS.fullmatch(word) for word in words):
                message = _("%(column)s has the row %(value)s")
                yield message % {"column": column.name, "value": value}
            elif value in spanning:
                message = _("%(column)s has %(value)s and its parts")
                yield message % {"column": column.name, "value": value}


def _words(column: Column, value: str) -> tuple[str, ...]:
    label = column.labels.get(value)
    return (value, *(label.by_language.values() if label else ()))


def _spanning(values: Iterable[str]) -> set[str]:
    """The values that several others refine, as 2023-01 and 2023-02 refine 2023."""
    finer = Counter(
        value[: mark.start()] for value in values for mark in re.finditer(r"[-/]", value)
    )
    return {value for value in values if finer[value] > 1}


def _equal(rows: Sequence[Row], schema: Schema) -> Iterator[str]:
    """Rows whose counts are the sums of all others that differ in one dimension alone."""
    for column in schema.dimensions:
        others = [other.name for other in schema.dimensions if other is not column]
        groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            groups[tuple(row[name].text for name in others)].append(row)
        for group in groups.values():
            for row in _sum_rows(group, schema):
                message = _("%(column)s %(value)s is the sum of the other rows")
                yield message % {"column": column.name, "value": row[column.name].text}


def _sum_rows(group: list[Row], schema: Schema) -> Iterator[Row]:
    """Rows that are the sum of the others in every column, or in one that holds a small number:
    calls add up where people, some of whom were met twice, do not.
    """
    if len(group) < 3:
        return
    columns = [[row[column.name].number for row in group] for column in schema.counts]
    known = [[n for n in column if n is not None] for column in columns]
    whole = [column for column in known if len(column) == len(group) and any(column)]
    for position, row in enumerate(group):
        adding_up = [column for column in whole if column[position] * 2 == sum(column)]
        if adding_up and (
            len(adding_up) == len(whole)
            or any(_tells(column, column[position], schema.k) for column in adding_up)
        ):
            yield row


def _tells(column: list[Decimal], total: Decimal, k: int) -> bool:
    """Whether a total that would be published stands beside a small number that would not."""
    return total >= k and any(0 < number < k for number in column)
