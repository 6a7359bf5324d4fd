"""Rules that the database itself holds, and what the models tell."""

import csv
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from directory.models import (
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    Taxonomy,
    TaxonomyTerm,
)
from directory.taxonomies import FOLDER, NAMES, load_taxonomies

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return Service.objects.create(
        organization=Organization.objects.create(name="Harbor"), name="Talk"
    )


def test_a_phone_has_an_owner_and_may_have_several(service: Service) -> None:
    Phone.objects.create(service=service, organization=service.organization, number="988")
    with pytest.raises(IntegrityError), transaction.atomic():
        Phone.objects.create(number="988")


def test_a_schedule_has_an_owner_and_days_that_exist(service: Service) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Schedule.objects.create(byday="MO", opens_at="09:00", closes_at="17:00")
    for days in ("MO,XX", "MO TU", "6MO", "MO,"):
        with pytest.raises(ValidationError):
            Schedule(service=service, byday=days, opens_at="09:00", closes_at="17:00").full_clean()
    for days in ("", "MO,SU", "1MO", "-1FR,+2TU"):
        Schedule(service=service, byday=days, opens_at="09:00", closes_at="17:00").full_clean()
    Schedule(service=service, description="Ask at the desk").full_clean()


def test_a_location_is_on_earth_or_nowhere() -> None:
    Location.objects.create(latitude=90, longitude=-180)
    for latitude, longitude in ((391, 0), (0, 181), (39.7, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Location.objects.create(latitude=latitude, longitude=longitude)


def test_ages_are_in_order(service: Service) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.update(minimum_age=20, maximum_age=10)
    Service.objects.update(minimum_age=20, maximum_age=None)


def test_a_source_has_each_id_once_and_hand_made_rows_have_none(service: Service) -> None:
    Service.objects.create(organization=service.organization, name="Walk")
    kept = {"organization": service.organization, "source": "county", "source_id": "1"}
    Service.objects.create(name="A", **kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(name="B", **kept)


def test_the_shipped_taxonomies_are_there() -> None:
    assert {taxonomy.slug for taxonomy in Taxonomy.objects.all()} == set(NAMES)
    need = TaxonomyTerm.objects.filter(taxonomy__slug="need")
    assert need.count() == 49
    assert need.get(code="crisis-line").parent == need.get(code="crisis")
    for slug in NAMES:
        with (FOLDER / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert all(row["name_en"] and row["name_es"] and row["definition"] for row in rows)
        terms = TaxonomyTerm.objects.filter(taxonomy__slug=slug)
        assert [term.code for term in terms] == [row["code"] for row in rows]


@pytest.mark.real_data
def test_the_shipped_needs_are_the_given_ones(real_data: Path) -> None:
    assert (FOLDER / "need.csv").read_bytes() == (real_data / "taxonomy.csv").read_bytes()


def test_loading_again_mends_ours_and_keeps_a_stewards_own() -> None:
    need = Taxonomy.objects.get(slug="need")
    TaxonomyTerm.objects.create(taxonomy=need, code="sauna", name="Sauna")
    TaxonomyTerm.objects.filter(code="grief").update(name="Greif")
    count = TaxonomyTerm.objects.count()
    assert load_taxonomies() == count - 1
    assert TaxonomyTerm.objects.count() == count
    assert TaxonomyTerm.objects.get(code="grief").name == "Grief and loss"


def test_a_listing_is_read_in_the_readers_language(service: Service) -> None:
    service.translations.create(language="es", name="Charla")
    service.save()
    service = Service.objects.with_listing().get()
    assert (service.text("name", "es-mx"), service.text("name", "fr")) == ("Charla", "Talk")
    assert service.text("description", "es") == ""
    term = TaxonomyTerm.objects.get(code="grief")
    with translation.override("es"):
        assert term.label == "Duelo y pérdida"
        assert service.text("name") == "Charla"
