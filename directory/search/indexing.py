"""Keeps the public index the same as the directory. Call it after the database has committed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from uuid import UUID

from directory.models import Language, Service, TaxonomyTerm
from directory.search.documents import documents_of, names_of_language
from directory.search.engines import public_engine
from directory.search.interface import FILTERS, Document, IndexMissing, Term
from directory.taxonomies import slug_of

BATCH = 500

Progress = Callable[[int], None]


def rebuild(progress: Progress | None = None) -> int:
    """Makes the index anew from all public services; returns how many documents it holds."""
    ids = Service.objects.public().order_by("pk").values_list("pk", flat=True)
    return public_engine().rebuild(_documents(ids.iterator(BATCH), progress), _terms())


def refresh(service_ids: Iterable[object]) -> None:
    """Brings these services up to date; one that is no longer public or there leaves the index."""
    ids = [str(service_id) for service_id in service_ids]
    if not ids:
        return
    try:
        public_engine().replace(ids, _documents(ids), _terms())
    except IndexMissing:
        rebuild()


def _documents(ids: Iterable[UUID | str], progress: Progress | None = None) -> Iterator[Document]:
    """A fixed number of queries a batch."""
    remaining = iter(ids)
    count = 0
    while batch := list(islice(remaining, BATCH)):
        yield from documents_of(batch)
        count += len(batch)
        if progress:
            progress(count)


def _terms() -> Iterator[Term]:
    """The taxonomies that are filters, and the languages spoken."""
    found = TaxonomyTerm.objects.filter(taxonomy__slug__in=FILTERS)
    for term in found.select_related("taxonomy", "parent"):
        names = {"en": term.name, "es": term.name_es}
        parent = term.parent.code if term.parent else None
        yield Term(slug_of(term), term.code, parent, names, term.position)
    spoken = Language.objects.exclude(code="").order_by("code")
    codes = spoken.values_list("code", flat=True).distinct()
    for position, code in enumerate(codes):
        yield Term("language", code, None, names_of_language(code), position)
