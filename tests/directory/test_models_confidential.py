"""A confidential location holds no place, whoever writes and however."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    Language,
    Location,
    Metadata,
    Organization,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from directory.models.location import TELLING, became_confidential
from directory.models.record import Record
from tests.directory.canaries import WORDS, words_at
from tests.directory.listings import make_confidential, make_place, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_location() -> Location:
    location = Location.objects.create(
        name="Harbor House",
        latitude=39.7,
        longitude=-104.9,
        transportation="Bus 15",
        description="Blue door",
        as_given={"zip": "8020"},
    )
    Address.objects.create(location=location, address_1="1 Elm Street")
    return location


@pytest.fixture
def secret() -> Location:
    return Location.objects.create(name="Safe house", confidential=True)


def test_saving_wipes_the_place(open_location: Location) -> None:
    open_location.confidential = True
    open_location.save(update_fields=["confidential"])
    kept = Location.objects.values().get()
    assert (kept["latitude"], kept["longitude"]) == (None, None)
    assert (kept["description"], kept["transportation"], kept["as_given"]) == ("", "", {})
    assert not Address.objects.exists()


def _save(secret: Location) -> None:
    Address(location=secret, address_1="1 Elm Street").save()


def _bulk(secret: Location) -> None:
    Address.objects.bulk_create([Address(location=secret, address_1="1 Elm Street")])


def _moved(secret: Location) -> None:
    other = Location.objects.create(name="Open house")
    Address.objects.create(location=other, address_1="1 Elm Street")
    Address.objects.update(location=secret)


def _point(secret: Location) -> None:
    Location.objects.filter(pk=secret.pk).update(latitude=39.7, longitude=-104.9)


def _way(secret: Location) -> None:
    Location.objects.filter(pk=secret.pk).update(transportation="Bus 15")


def _bulk_location(secret: Location) -> None:
    Location.objects.bulk_create([Location(confidential=True, latitude=1, longitude=1)])


@pytest.mark.parametrize("write", [_save, _bulk, _moved, _point, _way, _bulk_location])
def test_every_way_to_write_a_place_is_refused(
    secret: Location, write: Callable[[Location], None]
) -> None:
    with pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
        write(secret)
    assert not Address.objects.filter(location=secret).exists()
    assert not Location.objects.filter(confidential=True, latitude__isnull=False).exists()


def test_an_update_past_save_is_refused_while_there_is_a_point(open_location: Location) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Location.objects.update(confidential=True)
    assert Address.objects.exists()


def test_an_update_past_save_takes_the_address_along(open_location: Location) -> None:
    Location.objects.update(
        confidential=True, latitude=None, longitude=None, description="", transportation=""
    )
    assert not Address.objects.exists()
    assert Location.objects.get().as_given == {}


def test_plain_sql_is_refused_too(secret: Location, open_location: Location) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE directory_address SET location_id = "
            "(SELECT id FROM directory_location WHERE confidential)"
        )
    assert Address.objects.get().location == open_location


def test_what_was_not_understood_of_a_secret_place_is_never_kept(secret: Location) -> None:
    Location.objects.filter(pk=secret.pk).update(as_given={"zip": "8020"})
    Location.objects.bulk_create([Location(confidential=True, as_given={"zip": "8020"})])
    assert [location.as_given for location in Location.objects.all()] == [{}, {}]


def test_what_a_service_says_about_a_secret_place_is_never_kept(
    open_location: Location, secret: Location
) -> None:
    organization = Organization.objects.create(name="Harbor")
    service = Service.objects.create(name="Beds", organization=organization)
    told = ServiceAtLocation.objects.create(
        service=service, location=open_location, description="Ring at the blue door"
    )
    ServiceAtLocation.objects.bulk_create(
        [ServiceAtLocation(service=service, location=secret, description="Side door")]
    )
    open_location.confidential = True
    open_location.save()
    ServiceAtLocation.objects.filter(pk=told.pk).update(description="Blue door")
    assert {kept.description for kept in ServiceAtLocation.objects.all()} == {""}


HANGING = (Contact, Phone, Language, Schedule, ScheduleException, ServiceArea)
EMPTY = {"latitude": None, "longitude": None, **dict.fromkeys(TELLING, "")}


def words() -> int:
    """How many of the words that hang on places the database keeps."""
    kept = _kept()
    return sum(f"Whinchat-{where}." in kept for where in WORDS)


@pytest.fixture
def told() -> ServiceAtLocation:
    """An open place with words in all that hangs on it."""
    at = make_place(make_service("Beds"))
    words_at(at, "Whinchat")
    assert words() == len(WORDS)
    return at


def test_words_that_hang_on_a_place_go_with_it(told: ServiceAtLocation) -> None:
    phones = list(Phone.objects.order_by("pk").values_list("number", "type", "location_id"))
    Metadata.objects.create(of="phone", of_id=Phone.objects.filter(location=told.location)[0].pk)
    Metadata.objects.create(of="service", of_id=told.service_id)
    told.location.confidential = True
    told.location.save()
    assert words() == 0
    assert list(Phone.objects.order_by("pk").values_list("number", "type", "location_id")) == phones
    assert {rule.byday for rule in Schedule.objects.all()} == {"MO,TU"}
    assert ScheduleException.objects.get().kind == "closed"
    assert {row.code for row in Language.objects.all()} == {"fr", "ar"}
    assert Metadata.objects.get().of == "service"


def test_an_update_past_save_takes_the_words_along(told: ServiceAtLocation) -> None:
    Location.objects.update(confidential=True, **EMPTY)
    assert words() == 0


def test_plain_sql_takes_the_words_along(told: ServiceAtLocation) -> None:
    Location.objects.update(**EMPTY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_location SET confidential = TRUE")
    assert words() == 0


def test_words_of_a_secret_place_are_never_kept() -> None:
    at = make_confidential(make_service("Beds"))
    words_at(at, "Whinchat")
    assert words() == 0
    hung = Phone.objects.exclude(number="303-555-0101").values("pk")
    Phone.objects.filter(pk__in=hung).update(description="Whinchat-phone.")
    Schedule.objects.bulk_create([Schedule(location=at.location, notes="Whinchat-rule-notes.")])
    ServiceArea.objects.update(extent="Whinchat-extent.")
    assert words() == 0
    Phone.objects.update(description="Whinchat-phone.")
    assert words() == 1
    assert Phone.objects.exclude(description="").get().number == "303-555-0101"


def notes(at: ServiceAtLocation) -> None:
    """What a source notes of a place and of all that hangs there, and of an open service."""
    about: list[Record] = [at, at.location, *at.location.addresses.all()]
    about += at.location.accessibility.all()
    for model in (Contact, Phone, Language, Schedule, ServiceArea):
        about += model._default_manager.filter(_there(model, at))
    for record in about:
        of = record._meta.model_name or ""
        tag = Attribute.objects.create(
            of=of, of_id=record.pk, value="Whinchat", label="Whinchat", as_given={"x": "Whinchat"}
        )
        for pk in (record.pk, tag.pk):
            Metadata.objects.create(of=of, of_id=pk, previous_value="Whinchat")
    Metadata.objects.create(of="service", of_id=at.service_id, previous_value="Open")
    Attribute.objects.create(service=at.service, value="Open")


def _there(model: type[Record], at: ServiceAtLocation) -> Q:
    """All but the phones of the service itself."""
    return ~Q(number="303-555-0101") if model is Phone else Q()


def noted() -> list[str]:
    """Of what the database keeps notes that tell a place."""
    found = Metadata.objects.filter(previous_value="Whinchat").values_list("of", flat=True)
    tags = Attribute.objects.filter(value="Whinchat") | Attribute.objects.filter(label="Whinchat")
    tags |= Attribute.objects.exclude(as_given={})
    return sorted({*found, *tags.values_list("of", flat=True)})


def kept_open() -> tuple[str, str]:
    return Metadata.objects.get().previous_value, Attribute.objects.get(service__isnull=False).value


NOTED = ["accessibility", "address", "contact", "language", "location", "phone", "schedule"]
NOTED += ["servicearea", "serviceatlocation"]


@pytest.fixture
def annotated(told: ServiceAtLocation) -> ServiceAtLocation:
    Accessibility.objects.create(location=told.location, description="Ramp")
    notes(told)
    assert noted() == NOTED
    return told


def _by_save(at: ServiceAtLocation) -> None:
    at.location.confidential = True
    at.location.save()


def _by_update(at: ServiceAtLocation) -> None:
    Location.objects.update(confidential=True, **EMPTY)


def _by_sql(at: ServiceAtLocation) -> None:
    Location.objects.update(**EMPTY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_location SET confidential = TRUE")


@pytest.mark.parametrize("hide", [_by_save, _by_update, _by_sql])
def test_notes_on_what_hangs_on_a_place_go_with_it(
    annotated: ServiceAtLocation, hide: Callable[[ServiceAtLocation], None]
) -> None:
    hide(annotated)
    assert noted() == []
    assert kept_open() == ("Open", "Open")


def test_notes_on_what_hangs_on_a_secret_place_are_never_kept() -> None:
    at = make_confidential(make_service("Beds"))
    words_at(at, "Whinchat")
    notes(at)
    assert noted() == []
    assert kept_open() == ("Open", "Open")
    Attribute.objects.filter(of="phone").update(value="Whinchat")
    Metadata.objects.update(of_id=at.pk, previous_value="Whinchat")
    assert noted() == []


def test_notes_are_dropped_when_their_subject_moves_to_a_secret_place(
    annotated: ServiceAtLocation,
) -> None:
    secret = make_confidential(make_service("Other beds"))
    ServiceAtLocation.objects.filter(pk=annotated.pk).update(location=secret.location)
    assert "serviceatlocation" not in noted() and "contact" not in noted()
    assert "phone" in noted()
    for model in (Phone, Language, Schedule):
        model._default_manager.filter(location=annotated.location).update(location=secret.location)
    assert noted() == ["accessibility", "address", "location"]


def test_a_secret_place_is_forgotten_once(
    annotated: ServiceAtLocation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """What waits since then, such as a file that a steward uploads, stays at the next save."""
    told: list[UUID] = []

    def hear(locations: list[UUID], **signal: object) -> None:
        told.extend(locations)

    became_confidential.connect(hear)
    try:
        place = annotated.location
        _by_save(annotated)
        assert told == [place.pk]
        place.time_zone, place.description = "America/Denver", "Blue door"
        with django_assert_max_num_queries(10):
            place.save()
        assert told == [place.pk]
        place.refresh_from_db()
        assert (place.time_zone, place.description) == ("America/Denver", "")
        new = Location.objects.create(name="Shelter", confidential=True)
        assert told == [place.pk, new.pk]
    finally:
        became_confidential.disconnect(hear)


def test_words_that_are_moved_to_a_secret_place_are_dropped(told: ServiceAtLocation) -> None:
    secret = make_confidential(make_service("Other beds"))
    Schedule.objects.filter(location=told.location).update(location=secret.location)
    assert words() == len(WORDS) - 1
    ServiceAtLocation.objects.filter(pk=told.pk).update(location=secret.location)
    left = {where for where in WORDS if f"Whinchat-{where}." in _kept()}
    assert left == {"phone", "shared-phone", "given-phone", "language", "note"}
    Phone.objects.filter(location=told.location).update(location=secret.location)
    Language.objects.filter(location=told.location).update(location=secret.location)
    assert words() == 0


def _kept() -> str:
    found = [record for model in HANGING for record in model._default_manager.all()]
    return str(serializers.serialize("json", found))
