"""What differs between two versions of a record, in words: no code, no clock of machines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, partial
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import compare

from directory.models import Language, Phone, Schedule, ServiceAtLocation, ServiceTranslation
from directory.rhythm import weekdays
from directory.viewsets.listings_panels import languages
from directory.viewsets.listings_place import place_form
from directory.wording import language

# What a rule says beside the boxes of its form.
RHYTHM = ("freq", "interval", "wkst", "until", "count", "byweekno", "byyearday")
LANGUAGE_CODES = {(Language, "code"), (ServiceTranslation, "language")}
DAY_CODES = {(Schedule, "byday"), (Schedule, "wkst")}
WHOLE = 40
Relation = compare.ChildRelationComparison
# Rows with rows of their own, which stewards edit in words or on another page.
BELOW: dict[type[models.Model], Callable[[], Any]] = {
    Phone: languages,
    ServiceAtLocation: partial(place_form, secret=False),
}


@dataclass(frozen=True)
class Cell:
    """A field of a row, or the rows below it. `html`: a field's words, with what went and what
    came marked.
    """

    label: str
    html: SafeString
    rows: "tuple[Row, ...]" = ()


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
        made = _whole(comparison, panel.request)(before, after)
        if made.is_field:
            if made.has_changed():
                yield Change(made.field.name, made.field_label(), _difference(made))
        else:
            rows = tuple(_rows(made))
            if rows:
                yield Change(made.field.related_name, made.field_label(), SafeString(), rows)


def _whole(comparison: Any, request: Any) -> Any:
    """Of rows, with what their form says beside its fields, or a form of their own does."""
    if comparison.func is not Relation:
        return comparison
    field, fields = comparison.args
    fields = [*fields, *_besides(field.related_model, request)]
    whole = [_whole(one, request) for one in fields]
    return partial(Relation, field, whole, **comparison.keywords)


def _besides(model: type[models.Model], request: Any) -> list[Any]:
    if model is Schedule:
        return [partial(compare.FieldComparison, model._meta.get_field(n)) for n in RHYTHM]
    if model not in BELOW:
        return []
    panel = _below(model).get_bound_panel(instance=None, request=request, form=None)
    return [one for one in panel.get_comparison() if one.func is Relation]


@cache
def _below(model: type[models.Model]) -> Any:
    return BELOW[model]().bind_to_model(model)


def _rows(relation: Any, kind: str = "") -> Iterator[Row]:
    """`kind`: what happened to the row above, so that all below it came or went too."""
    for row in relation.get_child_comparisons():
        own = kind or _kind(row)
        if own:
            yield Row(own, _word(own), tuple(_cells(row, own)))


def _kind(row: compare.ChildObjectComparison) -> str:
    if row.is_addition():
        return "addition"
    if row.is_deletion():
        return "deletion"
    return "change" if row.has_changed() else ""


def _word(kind: str) -> str:
    return {"addition": _("Added"), "deletion": _("Removed"), "change": _("Changed")}[kind]


def _cells(row: compare.ChildObjectComparison, kind: str) -> Iterator[Cell]:
    for one in row.get_field_comparisons():
        label = one.field_label()
        if one.is_field:
            html = _difference(one)
            if html:
                yield Cell(label, html)
        else:
            rows = tuple(_rows(one, "" if kind == "change" else kind))
            if rows:
                yield Cell(label, SafeString(), rows)


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
