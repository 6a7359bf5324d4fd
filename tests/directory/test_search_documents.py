"""From the directory to the index: what goes in, what never does, how many questions it takes."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from directory.models import Attribute, Language, Phone, Schedule, Service, ServiceTranslation
from directory.search import indexing
from directory.search.documents import documents_of
from directory.search.engines import public_engine
from directory.search.interface import Document, IndexMissing, SearchQuery
from tests.directory.listings import Index, make_place, make_service, term

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch"


def listed(service: Service) -> list[Document]:
    return list(documents_of([service.pk]))


def test_a_phone_line_has_one_document_of_its_own() -> None:
    service = make_service("Night line")
    (document,) = listed(service)
    assert (document.id, document.service_id) == (str(service.pk), str(service.pk))
    assert (document.location_id, document.lat, document.confidential) == (None, None, False)


def test_each_place_has_a_document() -> None:
    service = make_service()
    places = [make_place(service), make_place(service, (39.8, -105.0))]
    documents = listed(service)
    assert len(documents) == 2
    assert {d.id for d in documents} == {str(place.pk) for place in places}
    assert {d.location_id for d in documents} == {str(place.location_id) for place in places}
    assert all(d.city == "Denver" for d in documents)


def test_a_place_brings_its_time_zone() -> None:
    service = make_service()
    make_place(service, time_zone="America/New_York")
    make_place(service, None, time_zone="America/New_York", confidential=True)
    zones = {document.confidential: document.time_zone for document in listed(service)}
    assert zones == {False: "America/New_York", True: ""}


def test_codes_bring_those_above_them() -> None:
    service = make_service()
    Attribute.objects.create(service=service, taxonomy_term=term("need", "crisis-line"))
    Attribute.objects.create(service=service, taxonomy_term=term("cost", "free"))
    Language.objects.create(service=service, code="es")
    (document,) = listed(service)
    assert document.codes == ("crisis-line",)
    assert document.filters["need"] == ("crisis", "crisis-line")
    assert document.filters["cost"] == document.costs == ("free",)
    assert document.filters["language"] == document.languages == ("es",)
    assert "Línea de crisis" in document.texts["needs"]
    assert "Help right now" in document.texts["needs"]


def test_the_number_of_the_place_stands_before_the_others() -> None:
    service = make_service()
    place = make_place(service)
    Phone.objects.create(organization=service.organization, number="303-555-0190")
    Phone.objects.create(service_at_location=place, number="303-555-0177", type="fax")
    Phone.objects.create(location=place.location, number="303-555-0155", extension="2")
    assert listed(service)[0].phone == "303-555-0155 x2"


def test_both_languages_are_found(index: Index) -> None:
    service = make_service("Lantern")
    ServiceTranslation.objects.create(service=service, language="es", name="Farol")
    index()
    for text in ("lantern", "farol"):
        (hit,) = public_engine().search(SearchQuery(text)).hits
        assert hit.document.names == {"en": "Lantern", "es": "Farol"}


def test_hours_reach_ninety_days(index: Index) -> None:
    service = make_service(availability="schedule")
    Schedule.objects.create(
        service=service, byday="MO,TU,WE,TH,FR,SA,SU", opens_at=time(9), closes_at=time(17)
    )
    index()
    (hit,) = public_engine().search(SearchQuery()).hits
    assert len(hit.document.intervals) == 90
    noon = timezone.make_aware(datetime.combine(timezone.localdate(), time(12)))
    assert public_engine().search(SearchQuery(open_at=noon + timedelta(days=80))).total == 1
    assert public_engine().search(SearchQuery(open_at=noon + timedelta(hours=8))).total == 0


def test_a_confidential_place_is_nowhere_in_the_file(index: Index, settings: Settings) -> None:
    """Not in the index, nor in what an edit leaves behind in the file."""
    service = make_service("Safe house")
    place = make_place(service, (39.123456, -104.654321), address=f"9 {CANARY} Lane")
    place.description = f"Behind the {CANARY}"
    place.save()
    index()
    folder = Path(settings.OPENDOOR_INDEX_DIR)
    assert CANARY.encode() in _bytes(folder)  # so that its absence says something
    place.location.confidential = True
    place.location.name = f"{CANARY} house"
    place.location.save()
    indexing.refresh([service.pk])
    (hit,) = public_engine().search(SearchQuery("safe house")).hits
    assert hit.document.confidential
    assert (hit.document.lat, hit.document.lon, hit.document.city) == (None, None, "")
    assert hit.document.texts["place"] == ""
    for told in (CANARY, "39.1234", "104.6543"):
        assert told.encode() not in _bytes(folder)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("public*"))


def test_only_active_services_are_found(index: Index) -> None:
    service = make_service()
    make_service("Closed", status="defunct")
    index()
    assert public_engine().search(SearchQuery()).total == 1
    Service.objects.update(status="inactive")
    indexing.refresh([service.pk])
    assert public_engine().search(SearchQuery()).total == 0


def test_an_edit_is_found_at_once(index: Index) -> None:
    service = make_service("Lantern", organization="Oak")
    index()
    service.name = "Beacon"
    service.save()
    indexing.refresh([service.pk])
    assert public_engine().search(SearchQuery("beacon")).total == 1
    assert public_engine().search(SearchQuery("lantern")).total == 0
    gone = service.pk
    service.delete()
    indexing.refresh([gone])
    assert public_engine().search(SearchQuery()).total == 0


def test_the_first_edit_makes_the_index(settings: Settings, tmp_path: Path) -> None:
    settings.OPENDOOR_INDEX_DIR = tmp_path / "new"
    service = make_service()
    with pytest.raises(IndexMissing):
        public_engine().terms()
    indexing.refresh([service.pk])
    assert public_engine().search(SearchQuery()).total == 1


def test_a_batch_asks_as_much_for_many_as_for_one(
    index: Index, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def listing(number: int) -> None:
        service = make_service(f"Service {number}")
        Attribute.objects.create(service=service, taxonomy_term=term("need", "grief"))
        make_place(service)

    listing(0)
    with CaptureQueriesContext(
        connection,
    ) as one:
        index()
    for number in range(1, 30):
        listing(number)
    with django_assert_num_queries(len(one)):
        index()


def test_labels_come_from_the_index(index: Index) -> None:
    service = make_service()
    for code in ("vi", "ase", "ga", "xx"):
        Language.objects.create(service=service, code=code)
    index()
    labels = {(t.filter, t.code): t for t in public_engine().terms()}
    assert labels["need", "grief"].label("es") == "Duelo y pérdida"
    assert labels["language", "vi"].label("en") == "Vietnamese"
    assert labels["language", "vi"].label("es") == "Vietnamita"
    assert labels["language", "ase"].label("en") == "American Sign Language"
    assert labels["language", "ga"].label("es") == "Irlandés"  # Django's own, not in our list
    assert labels["language", "xx"].label("es") == "xx"


def test_a_language_is_a_word_to_look_for(index: Index) -> None:
    Language.objects.create(service=make_service(), code="vi")
    index()
    for text in ("vietnamese", "speaks Vietnamese", "vietnamita"):
        assert public_engine().search(SearchQuery(text)).total == 1, text


def test_the_command(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OPENDOOR_INDEX_DIR = tmp_path / "index"
    make_service(assured_date=date(2026, 1, 2))
    call_command("rebuild_index")
    assert "Indexed 1 documents" in capsys.readouterr().out
    with pytest.raises(CommandError, match="sqlite engine alone"):
        call_command("rebuild_index", engine="elasticsearch")
