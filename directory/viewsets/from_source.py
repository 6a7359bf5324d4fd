"""What a record's source says that no field of the form holds: stewards read it and change it at
the source. Values that were not understood, terms of other vocabularies, reported changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from directory.models import Attribute, Metadata
from directory.models.record import Record

MOST = 50  # rows of each kind that a form shows


@dataclass(frozen=True)
class Said:
    """`about` is empty for the record itself."""

    about: str
    text: str


class SourcePanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/from_source.html"

        def is_shown(self) -> bool:
            return bool(self.instance.as_given) or any(self.said.values())

        @cached_property
        def said(self) -> dict[str, list[Any]]:
            record = self.instance
            if record._state.adding:
                return {}
            parts = {part.pk: part for part in _parts(self.form)}
            ids = [record.pk, *parts]
            attributes = Attribute.objects.filter(of_id__in=ids).select_related("taxonomy_term")
            own = [part for part in parts.values() if isinstance(part, Attribute)]
            changes = Metadata.objects.filter(of_id__in=ids).order_by("-last_action_date")
            return {
                "given": list(_given(parts.values())),
                "terms": list(_terms([*own, *attributes[:MOST]], parts)),
                "changes": [(_about(row.of_id, parts), row) for row in changes[:MOST]],
            }

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | self.said


SOURCE = SourcePanel(heading=_("What the source says besides"))


def _parts(form: Any) -> Iterator[Record]:
    """What is edited in rows of the form, which has read them."""
    for rows in getattr(form, "formsets", {}).values():
        for row in rows.initial_forms:
            if isinstance(row.instance, Record):
                yield row.instance


def _given(parts: Iterable[Record]) -> Iterator[Said]:
    for part in parts:
        for column, text in part.as_given.items():
            yield Said(_named(part), f"{column}: {text}")


def _terms(attributes: Iterable[Attribute], parts: dict[Any, Record]) -> Iterator[Said]:
    """Attributes that say more than a term of ours, or that are about something else than this."""
    for row in attributes:
        more = [row.label, row.value, row.link_type]
        if row.service_id is not None and not any(more):
            continue
        term = str(row.taxonomy_term or "")
        told = ", ".join(dict.fromkeys(text for text in (term, *more) if text))
        yield Said(_about(row.of_id, parts), told)


def _about(pk: Any, parts: dict[Any, Record]) -> str:
    return _named(parts[pk]) if pk in parts else ""


def _named(part: Record) -> str:
    return f"{capfirst(str(part._meta.verbose_name))} “{part}”"
