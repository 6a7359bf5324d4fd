"""What an organization and its service are called, out of the cells that a mapping names."""

import re

from directory.imports.columns import Names
from directory.imports.reading import Reading
from directory.imports.text import clean_text
from directory.imports.values import cut_off

NAME_LENGTH = 255


def read_names(reading: Reading) -> tuple[str, str]:
    """The organization's name and the service's, as people would write them."""
    rule = reading.mapping.names
    organization, name = _parted(reading, rule) or _of_columns(reading, rule)
    organization, name = (_spelled(text, rule.abbreviations) for text in (organization, name))
    if name and name != organization and not _says_what(name, rule.says_what):
        name = f"{organization}, {name}"
    return (
        _limited(reading, rule.organization[0], organization),
        _limited(reading, rule.service[0], name),
    )


def _parted(reading: Reading, rule: Names) -> tuple[str, str] | None:
    """Both names out of one cell; None when nothing parts them in this row."""
    if not rule.split:
        return None
    whose, _mark, what = reading.cell(rule.organization[0]).partition(rule.split)
    organization, name = clean_text(whose), clean_text(what)
    return (organization, name) if organization and name else None


def _of_columns(reading: Reading, rule: Names) -> tuple[str, str]:
    columns = [column for column in rule.organization if clean_text(reading.cell(column))]
    used = columns[:1]
    if len(columns) > 1 and _last_word(reading.cell(columns[0])) in rule.organization_goes_on:
        used = columns[:2]
    organization = " ".join(clean_text(reading.cell(column)) for column in used)
    left = [column for column in rule.service if column not in used or len(used) == 1]
    name = next((text for column in left if (text := clean_text(reading.cell(column)))), "")
    return organization, name or (organization if len(used) > 1 else "")


def _says_what(name: str, words: frozenset[str]) -> bool:
    return not words or not words.isdisjoint(re.split(r"[^\w]+", name.casefold()))


def _last_word(text: str) -> str:
    return clean_text(text).rsplit(" ", 1)[-1].casefold()


def _spelled(text: str, abbreviations: dict[str, str]) -> str:
    if not abbreviations:
        return text
    return re.sub(r"\w+", lambda word: abbreviations.get(word[0].casefold(), word[0]), text)


def _limited(reading: Reading, column: str, text: str) -> str:
    if len(text) <= NAME_LENGTH:
        return text
    reading.warn(column, "too-long", cut_off(NAME_LENGTH))
    return text[: NAME_LENGTH - 1].rstrip() + "…"
