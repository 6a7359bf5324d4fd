"""Phones, hours, terms and languages of imported services. What a steward added stays."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from directory.imports.change import Change
from directory.imports.inserting import insert
from directory.imports.terms import Terms
from directory.models import Attribute, Language, Phone, Schedule

Pairs = list[tuple[Any, Any]]


def write_phones(source: str, changes: list[Change]) -> None:
    """A service whose lines the source changed gets all of the source's lines anew."""
    changed = [change for change in changes if change.listing.phones != change.last_phones]
    Phone.objects.filter(
        source=source, service__in=[change.service.pk for change in changed if change.last]
    ).delete()
    insert(
        Phone(
            service=change.service,
            source=source,
            source_id=f"{change.listing.source_id}:{order}",
            number=line.number,
            extension=line.extension,
            description=line.description,
            type=line.type,
            priority=order,
        )
        for change in changed
        for order, line in enumerate(change.listing.phones, start=1)
    )


def write_hours(source: str, changes: list[Change]) -> None:
    """A service whose hours the source changed gets all of the source's hours anew."""
    changed = [change for change in changes if change.listing.hours != change.last_hours]
    Schedule.objects.filter(
        source=source, service__in=[change.service.pk for change in changed if change.last]
    ).delete()
    insert(
        Schedule(
            service=change.service,
            source=source,
            source_id=f"{change.listing.source_id}:{order}",
            freq=Schedule.Frequency.WEEKLY,
            byday=line.byday,
            opens_at=line.opens_at,
            closes_at=line.closes_at,
        )
        for change in changed
        for order, line in enumerate(change.listing.hours, start=1)
    )


def write_terms(changes: list[Change], terms: Terms) -> None:
    """Adds the terms that the source added and takes out those that it took out."""
    added, gone = _differences(
        changes, lambda listing: [terms.ids[term] for term in listing.terms if term in terms.ids]
    )
    if gone:
        Attribute.objects.filter(_any(gone, "taxonomy_term_id")).delete()
    insert(
        (Attribute(service_id=service, taxonomy_term_id=term) for service, term in added),
        ignore_conflicts=True,
    )


def write_languages(changes: list[Change]) -> None:
    """Adds the languages that the source added and takes out those that it took out."""
    added, gone = _differences(changes, lambda listing: listing.languages)
    if gone:
        Language.objects.filter(_any(gone, "code")).delete()
    insert(
        (Language(service_id=service, code=code) for service, code in added),
        ignore_conflicts=True,
    )


def _differences(
    changes: list[Change], values: Callable[[Any], Iterable[Any]]
) -> tuple[Pairs, Pairs]:
    added: Pairs = []
    gone: Pairs = []
    for change in changes:
        now = set(values(change.listing))
        before = set(values(change.last)) if change.last else set()
        added += [(change.service.pk, value) for value in sorted(now - before)]
        gone += [(change.service.pk, value) for value in sorted(before - now)]
    return added, gone


def _any(pairs: Pairs, name: str) -> Q:
    return reduce(or_, (Q(service_id=service, **{name: value}) for service, value in pairs))
