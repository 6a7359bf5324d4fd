"""How many services each code would leave: sets of services as the bits of one large number.

A code's services are written beside it, so that counting one facet of 100,000 services is one
`&` and one `bit_count`.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from directory.search.interface import Facet, Term


@dataclass(frozen=True)
class CodedServices:
    """A term and the set of its services."""

    term: Term
    services: int


def bits(services: Iterable[int]) -> int:
    """A set of service numbers."""
    numbers = list(services)
    field = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        field[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(field, "little")


def to_bytes(services: int) -> bytes:
    """A set as it is stored."""
    return services.to_bytes((services.bit_length() + 7) // 8, "little")


def read_terms(db: sqlite3.Connection) -> tuple[CodedServices, ...]:
    """All terms in the order people read them, filter by filter."""
    sql = """SELECT filter, code, parent, names, position, services FROM term
             ORDER BY filter, position, code"""
    return tuple(
        CodedServices(
            Term(name, code, parent, json.loads(names), position),
            int.from_bytes(services, "little"),
        )
        for name, code, parent, names, position, services in db.execute(sql)
    )


def facets(
    terms: Iterable[CodedServices], found: dict[str, int], chosen: dict[str, tuple[str, ...]]
) -> dict[str, tuple[Facet, ...]]:
    """Counts of all codes that leave something, and of those chosen.

    `found` holds, a filter, the services found when that filter is left aside.
    """
    result: dict[str, tuple[Facet, ...]] = dict.fromkeys(found, ())
    for name, group in groupby(terms, key=lambda coded: coded.term.filter):
        counted = [
            Facet(coded.term.code, (coded.services & found[name]).bit_count()) for coded in group
        ]
        result[name] = tuple(f for f in counted if f.count or f.code in chosen.get(name, ()))
    return result
