"""Likely duplicates: how like two services are, which are found, and what a merge does."""

import uuid
from datetime import date, time
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from directory.duplicates.blocks import MOST_IN_BLOCK, pairs
from directory.duplicates.finding import find_all
from directory.duplicates.likeness import LIKELY, compare, metres
from directory.duplicates.merging import MergeRefused, keep_apart, merge, separate
from directory.duplicates.traits import Spot, Traits, street_of, traits_of
from directory.models import (
    Attribute,
    Contact,
    DuplicatePair,
    Language,
    OfficerDetails,
    Phone,
    ProblemReport,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
    SourceRow,
)
from tests.directory.listings import (
    make_confidential,
    make_place,
    make_service,
    open_daily,
    speak,
    tag,
)

TODAY = date(2026, 11, 24)
WORDS = st.sampled_from(["harbor", "adult", "youth", "clinic", "hope", "1", "center", "unit"])
NAMES = st.lists(WORDS, max_size=4).map(" ".join)
SPOTS = st.builds(
    Spot,
    street=st.sampled_from(["", "100 main st", "102 main st", "100 n main st ste 4"]),
    zip=st.sampled_from(["", "80203", "80204"]),
    lat=st.sampled_from([None, 39.7392, 39.7393, 39.8]),
    lon=st.sampled_from([None, -104.9847, -104.99]),
)
TRAITS = st.builds(
    Traits,
    id=st.uuids(),
    name=NAMES,
    organization=NAMES,
    numbers=st.frozensets(st.sampled_from(["3035550100", "3035550101"])),
    spots=st.lists(SPOTS, max_size=3).map(tuple),
    host=st.sampled_from(["", "harbor.org", "hope.org"]),
)


@given(TRAITS, TRAITS)
def test_likeness_is_the_same_from_both_sides(one: Traits, other: Traits) -> None:
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).score <= 1


@given(TRAITS)
def test_a_service_is_like_itself(one: Traits) -> None:
    assert compare(one, one).score == 1


def traits(name: str = "Outpatient Clinic", **fields: object) -> Traits:
    defaults: dict[str, object] = {
        "organization": "harbor health",
        "numbers": frozenset({"3035550100"}),
        "spots": (Spot("100 main st", "80203", 39.7392, -104.9847),),
        "host": "harbor.org",
    }
    return Traits(id=uuid.uuid4(), name=name.casefold(), **(defaults | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "likely"),
    [
        (traits("Outpatient Clinic (Denver)"), True),
        (traits("Harbor Health Outpatient Clinic", organization="harbor health inc"), True),
        (traits(numbers=frozenset({"7205550199"})), True),
        (traits(numbers=frozenset(), spots=(), host=""), True),
        (traits("Needle Exchange"), False),
        (traits(spots=(Spot("9 elm st", "80011", 39.72, -104.8),)), False),
        (traits(organization="hope", numbers=frozenset(), spots=(), host=""), False),
    ],
)
def test_what_is_likely(other: Traits, likely: bool) -> None:
    assert (compare(traits(), other).score >= LIKELY) is likely


def test_words_and_numbers_tell_services_of_one_house_apart() -> None:
    adult, youth = traits("Adult Day Program"), traits("Youth Day Program")
    assert compare(adult, youth).score < LIKELY
    assert compare(traits("Unit 1"), traits("Unit 2")).score < LIKELY


def test_a_distance_is_along_the_great_circle() -> None:
    one, other = Spot(lat=39.7392, lon=-104.9847), Spot(lat=39.7410, lon=-104.9847)
    assert metres(one, other) == pytest.approx(200.15, abs=0.1)
    assert metres(one, Spot()) is None
    assert street_of("100 North Main Street") == street_of("100 N. Main St")


def test_work_stays_bounded_in_a_large_block() -> None:
    """One organization with 600 services: 180,000 pairs would be compared."""
    services = [traits(f"site {n}", numbers=frozenset(), spots=(), host="") for n in range(600)]
    assert 600 < len(list(pairs(services))) < 600 * MOST_IN_BLOCK


@pytest.fixture
def two(db: None) -> tuple[Service, Service]:
    """The same clinic as two sources have it."""
    one = make_service("Lantern Counselling", organization="Lantern", source="county")
    other = make_service("Lantern Counseling", organization="Lantern Inc", source="state")
    make_place(one)
    make_place(other, point=None, address="100 Main St.")
    Phone.objects.create(service=other, number="720-555-0199", description="At night")
    speak(other, "es")
    speak(one, "vi")
    tag(one, "need", "outpatient-therapy")
    tag(other, "need", "outpatient-therapy")
    return one, other


@pytest.fixture
def pair(two: tuple[Service, Service]) -> DuplicatePair:
    assert find_all() == 1
    return DuplicatePair.objects.get()


def test_a_pair_is_found_once_and_asked_once(pair: DuplicatePair) -> None:
    assert find_all() == 1
    assert {"name", "phone"} <= set(pair.reasons)
    keep_apart(pair, by=None)
    assert find_all() == 0
    assert DuplicatePair.objects.get().decision == "apart"


def test_an_operator_looks_for_duplicates_by_a_command(
    two: tuple[Service, Service], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("find_duplicates")
    assert "1 likely duplicates wait" in capsys.readouterr().out
    assert DuplicatePair.objects.count() == 1


def test_a_pair_that_is_no_longer_alike_is_dropped(pair: DuplicatePair) -> None:
    Service.objects.filter(pk=pair.first_id).update(name="Food bank")
    assert find_all() == 0
    assert not DuplicatePair.objects.exists()


def test_reading_traits_takes_the_same_queries_for_any_number(
    two: tuple[Service, Service], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        traits_of([service.pk for service in two])
    more = [make_service(f"Service {n}") for n in range(5)]
    with django_assert_num_queries(6):
        traits_of([service.pk for service in (*two, *more)])


def test_a_confidential_place_is_no_reason(db: None) -> None:
    """Two listings of a shelter: the place is not read, and nothing kept tells of it."""
    one, other = make_service("Safe House"), make_service("Safe House")
    shelter = make_confidential(one)
    shelter.service = other
    shelter.pk = uuid.uuid4()
    shelter.save(force_insert=True)
    make_place(one, address="55 Public Square")
    for found in traits_of([one.pk, other.pk]):
        assert len(found.spots) == (1 if found.id == one.pk else 0)
    find_all()
    kept = DuplicatePair.objects.get()
    assert "place" not in kept.reasons and "Public" not in str(kept.reasons)


def test_what_is_kept_of_a_pair_does_not_tell_a_place(pair: DuplicatePair) -> None:
    """A place may become secret later; a reason "at the same place" would still tell it."""
    assert set(pair.reasons) <= {"name", "organization", "phone", "website"}


def source_row(service: Service) -> SourceRow:
    return SourceRow.objects.create(
        source=service.source, source_id="7", record_id=service.pk, service=service, values={}
    )


def test_merging_takes_what_was_chosen_and_what_was_lacking(
    pair: DuplicatePair, two: tuple[Service, Service]
) -> None:
    one, other = two
    row = source_row(other)
    report = ProblemReport.objects.create(service=other, kind="phone")
    OfficerDetails.objects.create(service=other, back_line="303-555-0177")
    changed = merge(pair, one, ["name", "organization"], by=None)
    assert set(changed) == {one.pk, other.pk}
    kept, gone = Service.objects.get(pk=one.pk), Service.objects.get(pk=other.pk)
    assert (kept.name, kept.organization.name) == ("Lantern Counseling", "Lantern Inc")
    assert kept.description == one.description
    assert sorted(kept.phones.values_list("number", flat=True)) == ["303-555-0101", "720-555-0199"]
    assert sorted(kept.languages.values_list("code", flat=True)) == ["es", "vi"]
    assert kept.attributes.count() == 1
    assert kept.service_at_locations.count() == 2
    assert gone.merged_into == kept
    assert not Service.objects.public().filter(pk=gone.pk).exists()
    row.refresh_from_db()
    assert (row.record_id, row.service_id) == (kept.pk, kept.pk)
    report.refresh_from_db()
    assert report.service == kept
    assert OfficerDetails.objects.get().service == kept
    assert DuplicatePair.objects.get().decision == "merged"
    assert find_all() == 0


def state(service: Service) -> tuple[object, ...]:
    """All that a merge may change of a service."""
    found = Service.objects.get(pk=service.pk)
    fields = {
        field.attname: getattr(found, field.attname)
        for field in Service._meta.concrete_fields
        if field.attname != "last_modified"
    }
    children = (Phone, Language, Attribute, OfficerDetails, ProblemReport)
    own = [
        set(m._default_manager.filter(service=found).values_list("pk", flat=True)) for m in children
    ]
    return (
        fields,
        own,
        set(found.schedules.values_list("pk", flat=True)),
        set(found.service_at_locations.values_list("pk", flat=True)),
        set(found.source_rows.values_list("pk", "record_id")),
    )


@pytest.mark.parametrize("keep", [0, 1])
def test_a_merge_is_taken_back_whole(
    pair: DuplicatePair, two: tuple[Service, Service], keep: int
) -> None:
    source_row(two[1])
    open_daily(two[1 - keep])
    OfficerDetails.objects.create(service=two[1 - keep], back_line="303-555-0177")
    ProblemReport.objects.create(service=two[1 - keep], kind="phone")
    before = [state(service) for service in two]
    merge(pair, two[keep], ["name", "description", "hours", "organization"], by=None)
    assert [state(service) for service in two] != before
    assert Service.objects.get(pk=two[keep].pk).availability == "schedule"
    separate(pair, by=None)
    assert [state(service) for service in two] == before
    assert find_all() == 1


def test_a_language_that_both_have_is_one_however_it_is_named(
    pair: DuplicatePair, two: tuple[Service, Service]
) -> None:
    one, other = two
    Language.objects.create(service=one, code="so")
    Language.objects.create(service=other, code="so", name="Somali")
    merge(pair, one, [], by=None)
    assert Language.objects.filter(service=one, code="so").count() == 1


def of_place(at: ServiceAtLocation) -> dict[str, set[Any]]:
    """All that hangs on a listing's place."""
    names = ("phones", "contacts", "service_areas", "schedules", "schedule_exceptions")
    found = {n: set(getattr(at, n).values_list("pk", flat=True)) for n in names}
    return found | {"attributes": set(terms_of(at).values_list("pk", flat=True))}


def terms_of(at: ServiceAtLocation) -> Any:
    return Attribute.objects.filter(of="service_at_location", of_id=at.pk)


@pytest.fixture
def shared(two: tuple[Service, Service]) -> tuple[ServiceAtLocation, ServiceAtLocation]:
    """One place that both listings have, of which the other one says more."""
    one, other = (service.service_at_locations.get() for service in two)
    ServiceAtLocation.objects.filter(pk=other.pk).update(
        location=one.location, description="Second floor"
    )
    Phone.objects.create(service_at_location=one, number="303-555-0111")
    for number in ("303-555-0111", "303-555-0112"):
        Phone.objects.create(service_at_location=other, number=number)
    contact = Contact.objects.create(service_at_location=other, name="Ana")
    Phone.objects.create(contact=contact, number="303-555-0113")
    ServiceArea.objects.create(service_at_location=other, name="Denver")
    Schedule.objects.create(service_at_location=other, byday="MO", opens_at=time(9))
    ScheduleException.objects.create(
        service_at_location=other, kind="closed", first_day=TODAY, last_day=TODAY
    )
    Attribute.objects.create(of="service_at_location", of_id=other.pk, value="Step-free")
    SourceRow.objects.create(
        source="state", table="service_at_location", source_id="7-1", record_id=other.pk, values={}
    )
    return one, ServiceAtLocation.objects.get(pk=other.pk)


@pytest.mark.parametrize("own_hours", [False, True])
def test_a_place_of_both_keeps_what_either_says_of_it(
    shared: tuple[ServiceAtLocation, ServiceAtLocation],
    pair: DuplicatePair,
    two: tuple[Service, Service],
    own_hours: bool,
    client: Client,
) -> None:
    kept, other = shared
    if own_hours:
        Schedule.objects.create(service_at_location=kept, byday="TU", opens_at=time(8))
    before = [of_place(at) for at in shared]
    merge(pair, two[0], (), by=None)
    assert two[0].service_at_locations.get() == kept
    numbers = kept.phones.values_list("number", flat=True)
    assert sorted(numbers) == ["303-555-0111", "303-555-0112"]
    assert kept.contacts.get().phones.get().number == "303-555-0113"
    assert kept.service_areas.get().name == "Denver"
    assert terms_of(kept).get().value == "Step-free"
    assert kept.schedules.get().byday == ("TU" if own_hours else "MO")
    assert kept.schedule_exceptions.exists() is not own_hours
    html = client.get(f"/directory/services/{two[0].pk}/").content.decode()
    assert "555-0112" in html
    kept.refresh_from_db()
    assert kept.description == "Second floor"
    assert SourceRow.objects.get().record_id == kept.pk
    pair.refresh_from_db()
    assert "Second" not in str(pair.undo)
    separate(pair, by=None)
    assert [of_place(at) for at in shared] == before
    kept.refresh_from_db()
    assert (kept.description, SourceRow.objects.get().record_id) == ("", other.pk)


def test_a_number_of_a_place_that_its_source_keeps_follows_it(
    shared: tuple[ServiceAtLocation, ServiceAtLocation],
    pair: DuplicatePair,
    two: tuple[Service, Service],
) -> None:
    kept, other = shared
    same = other.phones.get(number="303-555-0111")
    SourceRow.objects.create(
        source="state", table="phone", source_id="p1", record_id=same.pk, values={}
    )
    merge(pair, two[0], (), by=None)
    assert same in kept.phones.all()


def test_a_place_of_both_that_is_gone_since_stays_gone(
    shared: tuple[ServiceAtLocation, ServiceAtLocation],
    pair: DuplicatePair,
    two: tuple[Service, Service],
) -> None:
    merge(pair, two[0], (), by=None)
    shared[1].delete()
    separate(pair, by=None)
    assert shared[0].phones.count() == 2
    assert SourceRow.objects.get().record_id == shared[0].pk


def test_what_was_edited_since_the_merge_stays(
    pair: DuplicatePair, two: tuple[Service, Service]
) -> None:
    merge(pair, two[0], ["name"], by=None)
    Service.objects.filter(pk=two[0].pk).update(name="Lantern")
    separate(pair, by=None)
    assert Service.objects.get(pk=two[0].pk).name == "Lantern"


@pytest.mark.parametrize("side", ["first", "second"])
def test_an_address_never_joins_a_confidential_place(pair: DuplicatePair, side: str) -> None:
    hidden, open_one = pair.first, pair.second
    hidden.service_at_locations.get().location.delete()
    make_confidential(hidden)
    with pytest.raises(MergeRefused):
        merge(pair, getattr(pair, side), (), by=None)
    assert not Service.objects.filter(merged_into__isnull=False).exists()
    for place in open_one.service_at_locations.all():
        place.location.confidential = True
        place.location.save()
    merge(pair, getattr(pair, side), (), by=None)
    kept: Service = getattr(pair, side)
    assert not kept.service_at_locations.filter(location__confidential=False).exists()


def test_a_decided_pair_is_not_decided_again(
    pair: DuplicatePair, two: tuple[Service, Service]
) -> None:
    keep_apart(pair, by=None)
    with pytest.raises(MergeRefused):
        merge(pair, two[0], [], by=None)
    assert Service.objects.filter(merged_into=None).count() == 2


def test_the_old_address_leads_to_the_kept_listing(
    pair: DuplicatePair, two: tuple[Service, Service], client: Client
) -> None:
    merge(pair, two[0], [], by=None)
    answer = client.get(f"/directory/services/{two[1].pk}/")
    assert answer.status_code == 301
    assert answer["Location"] == f"/directory/services/{two[0].pk}/"
    assert client.get(answer["Location"]).status_code == 200
    third = make_service("Third", merged_into=two[1])
    assert client.get(f"/directory/services/{third.pk}/")["Location"] == answer["Location"]


def test_services_merged_in_a_ring_are_gone(client: Client, db: None) -> None:
    one, other = make_service("One"), make_service("Other")
    Service.objects.filter(pk=one.pk).update(merged_into=other)
    Service.objects.filter(pk=other.pk).update(merged_into=one)
    assert client.get(f"/directory/services/{one.pk}/").status_code == 410
