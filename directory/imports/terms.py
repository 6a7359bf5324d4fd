"""Codes of taxonomies and languages, looked up in what the database and Django know."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.folding import fold
from directory.imports.columns import Mapping, TermColumn
from directory.imports.faults import MappingFault
from directory.models import TaxonomyTerm

WORD_ENDS = re.compile(r"[^\w&-]+")
SEPARATORS = re.compile(r"[;,|/\n]|\s(?:and|y|&)\s")  # of languages in one cell


@cache
def _languages() -> dict[str, str]:
    """Code, own name and name in each of the site's languages, in small letters, to the code."""
    found: dict[str, str] = {"mandarin": "zh", "chinese": "zh", "zh": "zh", "asl": "ase"}
    for code, info in LANG_INFO.items():
        if "-" in code or "name" not in info:
            continue
        for text in (code, info["name"], info["name_local"]):
            found[text.casefold()] = code
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code in sorted(set(found.values()) & set(LANG_INFO)):
                found.setdefault(_(LANG_INFO[code]["name"]).casefold(), code)
    return found


def clean_language(text: str) -> str | None:
    """The ISO code of a language's code or name; None when it is not known."""
    found = _languages().get(text.casefold())
    return found or (text.lower() if re.fullmatch(r"[a-zA-Z]{2,3}", text) else None)


@dataclass(frozen=True)
class Terms:
    """The terms that the database has: (taxonomy, code) → id; and by name, (taxonomy, folded name
    in either language) → code."""

    ids: dict[tuple[str, str], UUID]
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Terms":
        terms = TaxonomyTerm.objects.exclude(taxonomy__slug=None)
        rows = list(terms.values_list("taxonomy__slug", "code", "id", "name", "name_es"))
        return cls(
            {(str(taxonomy), code): pk for taxonomy, code, pk, *_names in rows},
            {
                (str(taxonomy), fold(str(name))): code
                for taxonomy, code, _pk, *both in rows
                for name in both
            },
        )

    def check(self, mapping: Mapping) -> None:
        """Refuses a mapping that names a code which is not there. Raises MappingFault."""
        for rule in mapping.terms:
            for codes in (*rule.values.values(), *rule.words.values()):
                for code in codes.split(";"):
                    if (rule.taxonomy, code) not in self.ids:
                        message = _(
                            "The mapping %(name)s names “%(code)s”, which the taxonomy "
                            "“%(taxonomy)s” does not have."
                        ) % {"name": mapping.name, "code": code, "taxonomy": rule.taxonomy}
                        raise MappingFault("bad-mapping", message)

    def reader(self, rule: TermColumn) -> Callable[[str], str | None]:
        """Reads one part of a cell: codes with semicolons between them, None when not known."""

        def read(text: str) -> str | None:
            code = rule.values.get(text.casefold())
            if code is None and (rule.taxonomy, text.casefold()) in self.ids:
                code = text.casefold()
            return code or self.names.get((rule.taxonomy, fold(text)))

        return read

    def codes_in(self, rule: TermColumn, text: str) -> list[str]:
        """The codes of the rule's words that stand in `text`."""
        spaced = _spaced(text)
        return [code for word, code in rule.words.items() if f" {word} " in spaced]

    def barred(self, rule: TermColumn, text: str) -> bool:
        spaced = _spaced(text)
        return any(f" {word} " in spaced for word in rule.unless)


def _spaced(text: str) -> str:
    """The words of a text, each between spaces."""
    return f" {WORD_ENDS.sub(' ', text.casefold()).strip()} "
