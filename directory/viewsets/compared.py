"""What differs between two versions of a record, in words: no code, no clock of machines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import compare

from directory.models import Language, Schedule, ServiceTranslation
from directory.rhythm import weekdays
from directory.wording import language

# What a rule says beside the boxes of its form.
RHYTHM = ("freq", "interval", "wkst", "until", "count", "byweekno", "byyearday")
LANGUAGE_CODES = {(Language, "code"), (ServiceTranslation, "language")}
DAY_CODES = {(Schedule, "byday"), (Schedule, "wkst")}
WHOLE = 40


@dataclass(frozen=True)
class Cell:
    """A field of a row. `html`: its words, with what went and what came marked."""

    label: str
    html: SafeString


@dataclass(frozen=True)
class Row:
    """A phone, a line of hours, …: `kind` is addition, deletion or change, `word` says so."""

    kind: str
    word: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Change:
    """A field, or all rows of one kind. `name` is what a form calls it."""

    name: str
    label: str
    html: SafeString
    rows: tuple[Row, ...] = ()


def changes(panel: Any, before: models.Model, after: models.Model) -> Iterator[Change]:
    """What the form of `panel` (a bound one) would show differently."""
    for comparison in panel.get_comparison():
        made = comparison(before, after)
        if made.is_field:
            if made.has_changed():
                yield Change(made.field.name, made.field_label(), _difference(made))
        else:
            rows = tuple(_rows(made))
            if rows:
                yield Change(made.field.related_name, made.field_label(), SafeString(), rows)


def _rows(relation: compare.ChildRelationComparison) -> Iterator[Row]:
    model = relation.field.related_model
    if model is Schedule:
        rhythm = (partial(compare.FieldComparison, model._meta.get_field(n)) for n in RHYTHM)
        relation.field_comparisons = [*relation.field_comparisons, *rhythm]
    for row in relation.get_child_comparisons():
        if row.is_addition():
            yield Row("addition", _("Added"), _cells(row))
        elif row.is_deletion():
            yield Row("deletion", _("Removed"), _cells(row))
        elif row.has_changed():
            yield Row("change", _("Changed"), _cells(row))


def _cells(row: compare.ChildObjectComparison) -> tuple[Cell, ...]:
    found = (Cell(one.field_label(), _difference(one)) for one in row.get_field_comparisons())
    return tuple(cell for cell in found if cell.html)


def _difference(comparison: compare.FieldComparison) -> SafeString:
    field = comparison.field
    return difference(*(words(field, v) for v in (comparison.val_a, comparison.val_b)))


def difference(before: str, after: str) -> SafeString:
    """Both texts as one, with what went struck out and what came underlined. Short ones (a number,
    a time) are not cut to pieces.
    """
    if before == after:
        return format_html("{}", before)
    if max(len(before), len(after)) < WHOLE:
        marked = (_marked(kind, t) for kind, t in (("deletion", before), ("addition", after)) if t)
        return format_html_join(" ", "{}", ((part,) for part in marked))
    parts = compare.diff_text(before, after).changes
    return format_html_join("", "{}", ((_marked(kind, text),) for kind, text in parts))


def _marked(kind: str, text: str) -> SafeString:
    if kind == "deletion":
        return format_html('<del><span class="deletion">{}</span></del>', text)
    if kind == "addition":
        return format_html('<ins><span class="addition">{}</span></ins>', text)
    return format_html("{}", text)


def words(field: Any, value: Any) -> str:
    """A field's value as a reader of the page knows it; empty when it says nothing."""
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        return _record(field, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if (field.model, field.name) in LANGUAGE_CODES:
        return capfirst(language(value))
    if (field.model, field.name) in DAY_CODES:
        return weekdays(value)
    return _moment(value)


def _record(field: Any, pk: Any) -> str:
    found = field.related_model._default_manager.filter(pk=pk).first()
    if found is None:
        return _("(deleted since)")
    return str(found)


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return time_format(value, "TIME_FORMAT") if isinstance(value, time) else str(value)
