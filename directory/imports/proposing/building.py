"""A mapping from what each column was chosen to be for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from rapidfuzz import fuzz, process

from directory.folding import fold
from directory.imports.columns import Mapping, Names, PhoneColumn, TermColumn
from directory.imports.faults import MappingFault
from directory.imports.proposing.headings import words_of
from directory.imports.proposing.profile import Profile, profiles_of
from directory.imports.proposing.shapes import term_names
from directory.imports.proposing.targets import TARGETS, UNUSED, Target
from directory.imports.proposing.wording import (
    EMPTY,
    GOES_ON,
    ORGANIZATION_WORDS,
    PROGRAM_WORDS,
)
from directory.imports.values import DAY_FIRST, MONTH_FIRST, SLASHED

SPLITS = (" - ", " – ", " — ", " | ", ": ")
MOST_OFTEN = 0.6  # share of names that a mark must stand in to part them
SEPARATORS = (";", "|", ",", "/", "\n")
LIKE = 92  # of 100: a term's name with a typing error
PHONES = ("phone", "hotline", "intake", "text_line", "tty", "fax")


def mapping_from_choices(
    name: str, choices: Table[str, str], sample: Sequence[Table[str, str]] = ()
) -> Mapping:
    """The mapping of a steward's choices: column → key of TARGETS. With some rows, marks between
    codes and between two names in one cell are found too. Raises MappingFault."""
    return build(name, name, choices, profiles_of(tuple(choices), sample))


def build(
    name: str, title: str, choices: Table[str, str], profiles: Table[str, Profile]
) -> Mapping:
    """Raises MappingFault when no column is a name, or two are for what takes one."""
    chosen = _Chosen(choices)
    return Mapping(
        name=name,
        title=title,
        requires=tuple(column for column, key in choices.items() if key != UNUSED),
        names=_names(chosen, profiles),
        source_id=chosen.one("source_id"),
        empty=EMPTY,
        service=chosen.fields("service"),
        address=chosen.fields("address"),
        whole_address=chosen.one("whole_address"),
        latitude=chosen.one("latitude"),
        longitude=chosen.one("longitude"),
        time_zone=chosen.one("time_zone"),
        languages=chosen.one("languages"),
        hours=chosen.one("hours"),
        ages=chosen.one("ages"),
        dates=_dates(chosen.one("checked_on"), profiles),
        phones=tuple(_phones(chosen)),
        terms=tuple(_terms(chosen, profiles)),
    )


class _Chosen:
    """The choices by target, each target's columns in the order of their names."""

    def __init__(self, choices: Table[str, str]) -> None:
        self.columns: dict[str, list[str]] = {}
        for column, key in sorted(choices.items()):
            if key not in TARGETS:
                message = _("A column cannot be for “%(target)s”: there is no such thing.")
                raise MappingFault("no-target", message % {"target": key})
            self.columns.setdefault(key, []).append(column)
        for key, columns in self.columns.items():
            if len(columns) > 1 and not TARGETS[key].many:
                raise MappingFault("two-columns", _two(TARGETS[key], columns))

    def many(self, key: str) -> list[str]:
        return self.columns.get(key, [])

    def one(self, key: str) -> str | None:
        return next(iter(self.many(key)), None)

    def fields(self, kind: str) -> dict[str, str]:
        """Field of Service or Address → column."""
        return {
            getattr(target, kind): self.columns[target.key][0]
            for target in TARGETS.values()
            if getattr(target, kind) and target.key in self.columns
        }


def _two(target: Target, columns: list[str]) -> str:
    named = ", ".join(f"“{column}”" for column in columns)
    message = _("Only one column can be “%(target)s”, and these are: %(columns)s. Choose one.")
    return message % {"target": target.label, "columns": named}


def _names(chosen: _Chosen, profiles: Table[str, Profile]) -> Names:
    whose, second, what = (chosen.one(key) for key in ("organization", "program", "service"))
    columns = [column for column in (whose, what, second) if column is not None]
    if not columns:
        message = _("No column is the name of an organization or of a service. Choose one.")
        raise MappingFault("no-name-column", message)
    if len(columns) == 1:
        split = _split(profiles[columns[0]])
        return Names((columns[0],), (columns[0],), split=split)
    service = tuple(c for c in (what, second, whose) if c is not None)
    if what is not None or whose is None:
        return Names(tuple(columns), service)
    words = ORGANIZATION_WORDS | PROGRAM_WORDS
    return Names(tuple(columns), service, organization_goes_on=GOES_ON, says_what=words)


def _split(names: Profile) -> str:
    """What parts an organization's name from its service's in one cell; "" when nothing does."""
    for mark in SPLITS:
        parted = sum(all(part.strip() for part in v.partition(mark)) for v in names.values)
        if names.values and parted / len(names.values) >= MOST_OFTEN:
            return mark
    return ""


def _dates(column: str | None, profiles: Table[str, Profile]) -> str:
    """Which comes first in 02/01/2026, when any date of the file tells."""
    values = profiles[column].values if column is not None else ()
    slashed = [found for value in values if (found := SLASHED.fullmatch(value))]
    if any(int(found[2]) > 12 for found in slashed):
        return MONTH_FIRST
    return DAY_FIRST if any(int(found[1]) > 12 for found in slashed) else ""


def _phones(chosen: _Chosen) -> Iterator[PhoneColumn]:
    columns = [(key, column) for key in PHONES for column in chosen.many(key)]
    extensions = _extensions([column for _key, column in columns], chosen.many("extension"))
    with override(settings.LANGUAGE_CODE):
        said = {"hotline": _("Crisis line"), "intake": _("New patients")}
    for key, column in columns:
        kind = TARGETS[key].phone
        yield PhoneColumn(column, extensions.get(column), said.get(key, ""), kind)


def _extensions(phones: list[str], extensions: list[str]) -> dict[str, str]:
    """Phone → its extension: the one whose heading has most words in common, else the first."""
    found: dict[str, str] = {}
    for extension in extensions:
        told = set(words_of(extension))
        free = [phone for phone in phones if phone not in found]
        if free:
            found[max(free, key=lambda phone: len(told & set(words_of(phone))))] = extension
    return found


def _terms(chosen: _Chosen, profiles: Table[str, Profile]) -> Iterator[TermColumn]:
    for target in TARGETS.values():
        for column in chosen.many(target.key) if target.taxonomy else []:
            values = profiles[column].values
            separator = _separator(values)
            parts = {part.strip() for value in values for part in value.split(separator)}
            yield TermColumn(
                target.taxonomy,
                (column,),
                values=dict(codes_of(target.taxonomy, sorted(parts))),
                separator=separator,
            )


def _separator(values: Sequence[str]) -> str:
    counts = Counter(mark for value in values for mark in SEPARATORS if mark in value)
    return counts.most_common(1)[0][0] if counts else ";"


def codes_of(taxonomy: str, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that are the name of a term, but for a typing error."""
    names = term_names(taxonomy)
    for part in parts:
        near = process.extractOne(fold(part), names.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
        if near and part.casefold() != names[near[0]]:
            yield part.casefold(), names[near[0]]
