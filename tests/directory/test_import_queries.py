"""What publishing and indexing ask of the database does not grow with the number of listings."""

from datetime import time
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.imports.inserting import CELLS, insert
from directory.imports.publish import publish
from directory.models import (
    Attribute,
    ImportBatch,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceTranslation,
    TaxonomyTerm,
)
from directory.search import indexing
from directory.search.documents import documents_of
from tests.directory.importing import ROW, run, write
from tests.directory.listings import Index, make_place, make_service, speak, tag, term

pytestmark = pytest.mark.django_db


def asked(path: Path, source: str, rows: int) -> int:
    """How many queries publishing so many new listings takes, its index left out."""
    given = [
        ROW | {"": str(n), "name1": f"{source} {n // 3}", "street1": f"{n // 2} Elm Street"}
        for n in range(rows)
    ]
    run(write(path / f"{source}.csv", *given), publish=False)
    with CaptureQueriesContext(connection) as queries:
        publish(ImportBatch.objects.get(source=source))
    assert Service.objects.filter(source=source).count() == rows
    return len(queries)


def test_a_chunk_is_published_with_as_many_queries_as_a_row(tmp_path: Path) -> None:
    few, many = asked(tmp_path, "few", 6), asked(tmp_path, "many", 90)
    assert many <= few + 8  # SQLite takes what a row remembers in several statements


def test_records_are_written_as_bulk_create_writes_them() -> None:
    owner = Organization.objects.create(name="Oak")
    care = make_service()
    texts = {"name": "Día % a “día”", "as_given": {"a": ["1"]}, "availability": "always"}
    ours, theirs = (Service(organization=owner, minimum_age=3, **texts) for _ in range(2))
    insert([ours])
    Service.objects.bulk_create([theirs])
    assert not ours._state.adding and ours._state.db == theirs._state.db
    hours = [Schedule(service=care, byday="MO", opens_at=time(9)) for _ in range(2)]
    insert(hours[:1])
    Schedule.objects.bulk_create(hours[1:])
    for made, same in ((ours, theirs), hours):
        columns = [f.attname for f in made._meta.concrete_fields]
        model = type(made)
        one, other = (model.objects.values(*columns).get(pk=row.pk) for row in (made, same))
        assert one.pop("id") != other.pop("id")
        assert abs(one.pop("last_modified") - other.pop("last_modified")).total_seconds() < 60
        assert one == other


def test_more_records_than_one_statement_takes() -> None:
    count = CELLS // len(Organization._meta.concrete_fields) + 1
    with CaptureQueriesContext(connection) as queries:
        insert(Organization(name=str(number)) for number in range(count))
    assert len(queries) == 2
    assert Organization.objects.count() == count
    insert([])


def test_what_is_there_already_stays_when_told_so() -> None:
    care = make_service()
    tag(care, "need", "grief")
    again = Attribute(service=care, taxonomy_term=term("need", "grief"))
    other = Attribute(service=care, taxonomy_term=term("need", "crisis"))
    insert([again, other], ignore_conflicts=True)
    assert Attribute.objects.filter(service=care).count() == 2


def furnished(name: str, children: int) -> Service:
    """A service with so many children of each kind."""
    service = make_service(name)
    for number in range(children):
        place = make_place(service)
        Phone.objects.create(location=place.location, number=f"303-555-01{number:02}")
        Schedule.objects.create(
            service_at_location=place, byday="MO", opens_at=time(9), closes_at=time(17)
        )
        speak(service, f"x{number}")
        tag(service, "need", f"need-{number}")
        ServiceTranslation.objects.create(service=service, language=f"l{number}", name=name)
    return service


def test_a_small_edit_asks_as_much_whatever_the_service_has(index: Index) -> None:
    small, large = furnished("Small", 1), furnished("Large", 12)
    index()
    counts = []
    for service in (small, large):
        with CaptureQueriesContext(connection) as queries:
            indexing.refresh([service.pk])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_terms_far_up_are_asked_for_once_a_level() -> None:
    services = [make_service(f"Service {number}") for number in range(4)]
    above = None
    for level in ("top", "middle", "low"):
        made = term("need", level)
        TaxonomyTerm.objects.filter(pk=made.pk).update(parent=above)
        above = made
    counts = []
    for service in services:
        tag(service, "need", "low")
        with CaptureQueriesContext(connection) as queries:
            found = list(documents_of([service.pk for service in services]))
        counts.append(sum("directory_taxonomyterm" in q["sql"] for q in queries) - 1)
    tagged = [d for d in found if d.filters["need"]]
    assert len(tagged) == 4
    assert all(d.filters["need"] == ("low", "middle", "top") for d in tagged)
    assert all(d.codes == ("low",) for d in tagged)
    assert counts[0] == counts[-1] <= 4


def test_of_a_confidential_place_no_address_is_read() -> None:
    hidden, shown = make_service("Safe house"), make_service("Clinic")
    make_place(hidden, None, confidential=True)
    make_place(shown)
    reads = []
    for service in (hidden, shown):
        with CaptureQueriesContext(connection) as queries:
            list(documents_of([service.pk]))
        reads.append(any('FROM "directory_address"' in q["sql"] for q in queries))
    assert reads == [False, True]
