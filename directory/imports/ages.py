"""Ages in one cell: "6-17", "18+", "12 and over", "all ages"."""

import re

YEARS = r"(?: ?(?:years?|yrs?|años?)(?: old)?)?"
RANGE = re.compile(rf"^(\d{{1,3}}){YEARS}\s*(?:-|–|to|through|a|hasta)\s*(\d{{1,3}}){YEARS}$")
FROM = re.compile(
    rf"^(\d{{1,3}}){YEARS}\s*(?:\+|(?:and|or|y|o) (?:over|up|older|above|más|mayor(?:es)?))$"
)
UNTIL = re.compile(
    rf"^(?:up to|hasta|0 ?-|through) (\d{{1,3}}){YEARS}$"
    rf"|^(\d{{1,3}}){YEARS} (?:and|or|y|o) (?:under|younger|menor(?:es)?)$"
)
ALL = ("all ages", "all", "any", "any age", "todas las edades", "todas", "cualquier edad")
OLDEST = 130


def read_ages(text: str) -> tuple[int | None, int | None] | None:
    """The lowest and the highest age, None where there is no limit; None when it is not clear."""
    plain = " ".join(text.casefold().split())
    for word in ("ages ", "age ", "edades ", "edad ", "de "):
        plain = plain.removeprefix(word)
    if plain in ALL:
        return None, None
    if found := RANGE.match(plain):
        return _in_order(int(found[1]), int(found[2]))
    if found := FROM.match(plain):
        return _in_order(int(found[1]), None)
    if found := UNTIL.match(plain):
        return _in_order(None, int(found[1] or found[2]))
    return None


def _in_order(least: int | None, most: int | None) -> tuple[int | None, int | None] | None:
    if (least or 0) > (OLDEST if most is None else most) or (most or 0) > OLDEST:
        return None
    return least, most
