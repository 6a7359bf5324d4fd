"""Codes of taxonomies, looked up in what the database knows."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from directory.folding import fold
from directory.imports.columns import Mapping, TermColumn
from directory.imports.faults import MappingFault
from directory.models import TaxonomyTerm

WORD_ENDS = re.compile(r"[^\w&-]+")


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
