"""A service at one place in the CMS, what sources say, and what may be unknown."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import (
    Attribute,
    Language,
    Location,
    Metadata,
    MetaTableDescription,
    Phone,
    ProblemReport,
    ProviderAnswer,
    Schedule,
    ScheduleException,
    Service,
    ServiceAtLocation,
    SourceRow,
    Taxonomy,
    TaxonomyTerm,
    Unit,
)
from directory.search.documents import documents_of
from directory.stewardship.history import restore
from tests.directory.test_admin import empty, inline, service_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
NINE = {"opens_at": "09:00", "closes_at": "17:00"}
ROWS = ("phones", "contacts", "schedules", "schedule_exceptions", "service_areas")
LARKSPUR = "Behind the bakery on Larkspur Lane"


@pytest.fixture
def at(service: Service) -> ServiceAtLocation:
    return ServiceAtLocation.objects.get(service=service)


def edit(at: ServiceAtLocation) -> str:
    return reverse("directory_places:edit", args=[at.pk])


def public(service: Service, language: str = "") -> str:
    page = Client().get(f"{language}{reverse('directory:service', args=[service.pk])}")
    return page.content.decode().replace("<wbr>", "")


def test_what_holds_at_one_place_is_edited_and_read(
    steward: Client, service: Service, at: ServiceAtLocation
) -> None:
    its_phone = {"number": "303-555-0161", "type": "voice", "priority": 1}
    data = {"description": "On the second floor", **empty(*ROWS)}
    data |= inline("schedules", {"byday": DAYS, "opens_at": "13:00", "closes_at": "18:00"})
    data |= inline("phones", {"number": "303-555-0160", "priority": 1, "spoken": "Spanish, vi"})
    data |= inline("service_areas", {"name": "Weld County"})
    data |= {"phones-0-type": "voice"}
    data |= inline("contacts", {"department": "Side door", **inline("phones", its_phone)})
    response = steward.post(edit(at), data)
    assert response.status_code == 302, response.context["form"].errors
    assert response.url == reverse("directory_services:edit", args=[service.pk])  # type: ignore[attr-defined]
    own = Phone.objects.get(service_at_location=at)
    assert sorted(row.code for row in own.languages.all()) == ["es", "vi"]
    assert Phone.objects.get(contact__service_at_location=at).number == "303-555-0161"
    page = public(service)
    for words in ("303-555-0160", "Side door", "303-555-0161", "Weld County", "1 p.m. to 6 p.m."):
        assert words in page, words
    assert edit(at) in steward.get(response.url).content.decode()  # type: ignore[attr-defined]


def test_what_changed_at_a_place_is_in_the_services_history(
    steward: Client, service: Service, at: ServiceAtLocation
) -> None:
    rows = empty(*ROWS) | inline("schedules", {"byday": ["MO"], **NINE})
    steward.post(edit(at), rows)
    before = service.revisions.latest("created_at")
    kept = at.schedules.get()
    gone = inline("schedules", {"id": kept.pk, "DELETE": "on", "byday": ["MO"], **NINE}, initial=1)
    steward.post(edit(at), empty(*ROWS) | gone)
    assert not Schedule.objects.filter(service_at_location=at).exists()
    restore(Service.objects.get(pk=service.pk), before, None)
    assert Schedule.objects.get(service_at_location=at).byday == "MO"


def test_of_a_confidential_place_no_words_are_taken(
    steward: Client, service: Service, at: ServiceAtLocation
) -> None:
    place = Location.objects.get(pk=at.location_id)
    place.confidential = True
    place.save()
    page = steward.get(edit(at)).content.decode()
    assert "The place is confidential" in page
    for name in ("contacts", "service_areas", "phones-0-description"):
        assert f'name="{name}' not in page, name
    phone = {"number": "303-555-0160", "type": "voice", "priority": 1, "description": LARKSPUR}
    closed = {"kind": "closed", "first_day": "2026-12-24", "description": LARKSPUR}
    hours = {"byday": DAYS, **NINE, "description": LARKSPUR, "notes": LARKSPUR}
    data = {"description": LARKSPUR, **empty(*ROWS), **inline("phones", phone)}
    data |= inline("schedules", hours) | inline("schedule_exceptions", closed)
    data |= inline("contacts", {"name": LARKSPUR, **inline("phones")})
    assert steward.post(edit(at), data).status_code == 302
    assert at.phones.get().number == "303-555-0160"
    at.refresh_from_db()
    words = [at.description, at.phones.get().description, at.schedules.get().description]
    words += [at.schedules.get().notes, at.schedule_exceptions.get().description]
    assert words == [""] * 5 and not at.contacts.exists()
    assert LARKSPUR not in str([r.content for r in service.revisions.all()])
    assert LARKSPUR not in public(service)


def test_history_keeps_nothing_of_a_confidential_place(
    service: Service, at: ServiceAtLocation
) -> None:
    """Going back leaves alone what hangs on it, and brings nothing back that told it."""
    phone = Phone.objects.create(service_at_location=at, number="303-555-0160")
    Phone.objects.create(service_at_location=at, number="303-555-0161", description=LARKSPUR)
    place = Location.objects.get(pk=at.location_id)
    place.confidential = True
    place.save()
    fresh = Service.objects.get(pk=service.pk)
    revision = fresh.save_revision(clean=False)
    assert LARKSPUR not in str(revision.content) and "0160" not in str(revision.content)
    restore(fresh, revision, None)
    assert [row.number for row in at.phones.all()] == [phone.number, "303-555-0161"]
    assert not Phone.objects.exclude(description="").exists()


def test_the_preview_of_a_place_says_what_holds_there(
    steward: Client, service: Service, at: ServiceAtLocation
) -> None:
    Schedule.objects.create(service=service, byday="MO", opens_at="09:00", closes_at="10:00")
    url = reverse("directory_places:hours_preview", args=[at.pk])
    rows = inline("schedules", {"byday": DAYS, "opens_at": "13:00", "closes_at": "18:00"})
    shown = steward.post(url, rows).content.decode()
    assert shown.count("1 p.m. to 6 p.m.") == 7 and "9 a.m." not in shown
    assert not Schedule.objects.filter(service_at_location=at).exists()
    assert Client().post(url, rows).status_code == 302


def test_places_are_found_and_are_for_stewards(
    steward: Client, service: Service, at: ServiceAtLocation
) -> None:
    index = reverse("directory_places:index")
    for query, count in (({"q": service.name}, 1), ({"hours": "true"}, 0), ({"city": "Denver"}, 1)):
        found = steward.get(index, query).content.decode()
        assert found.count(edit(at)) >= count and bool(count) == (edit(at) in found), query
    user = get_user_model().objects.create_user("editor", password="a-long-password")
    user.groups.add(Group.objects.get(name="Data stewards"))
    other = Client()
    other.force_login(user)
    assert other.get(edit(at)).status_code == 302
    assert other.get(index).status_code == 302


# Phones and their languages


def test_languages_of_a_line_are_typed_and_what_was_said_of_them_stays(
    steward: Client, service: Service
) -> None:
    phone = service.phones.get()
    kept = Language.objects.create(phone=phone, code="es", note="Until six")
    url = reverse("directory_services:edit", args=[service.pk])
    assert 'value="es"' in steward.get(url).content.decode()
    steward.post(
        url, service_form(service) | {"phones-0-spoken": "Spanish; Vietnamese; Plautdietsch"}
    )
    assert {(row.code, row.name) for row in phone.languages.all()} == {
        *(("es", ""), ("vi", ""), ("", "Plautdietsch"))
    }
    kept.refresh_from_db()
    assert kept.note == "Until six"


# Ways from a service


def test_a_service_leads_to_its_page_its_checks_and_what_waits(
    steward: Client, service: Service
) -> None:
    url = reverse("directory_services:edit", args=[service.pk])
    check = reverse("directory_desk:verify", args=[service.pk])
    page = steward.get(url).content.decode()
    assert reverse("directory:service", args=[service.pk]) in page and check in page
    assert "Provider’s answer" not in page
    answer = ProviderAnswer.objects.create(service=service)
    report = ProblemReport.objects.create(service=service, kind="phone")
    page = steward.get(url).content.decode()
    assert reverse("directory_desk:answer", args=[answer.pk]) in page
    assert reverse("directory_reports:edit", args=[report.pk]) in page
    Service.objects.filter(pk=service.pk).update(status="inactive")
    page = steward.get(url).content.decode()
    assert f'href="{reverse("directory:service", args=[service.pk])}"' not in page


# What sources say


def test_a_steward_sees_what_a_source_says_besides(steward: Client, service: Service) -> None:
    place = Location.objects.get()
    term = TaxonomyTerm.objects.create(name="Riverside")
    Attribute.objects.create(of="location", of_id=place.pk, taxonomy_term=term, value="yes")
    Metadata.objects.create(of="location", of_id=place.pk, field_name="name", updated_by="Ada")
    Phone.objects.filter(service=service).update(as_given={"language_ids": "klingon"})
    page = steward.get(reverse("directory_locations:edit", args=[place.pk])).content.decode()
    assert "Riverside, yes" in page and "Ada" in page
    page = steward.get(reverse("directory_services:edit", args=[service.pk])).content.decode()
    assert "language_ids: klingon" in page


def test_words_and_sources_are_listed(steward: Client) -> None:
    change = Metadata.objects.create(of="service", of_id="00000000-0000-0000-0000-000000000001")
    MetaTableDescription.objects.create(name="services.csv", character_set="UTF-8")
    unit = Unit.objects.create(name="beds")
    for area in ("taxonomies", "units", "metadata", "tables"):
        assert steward.get(reverse(f"directory_{area}:index"), {"q": "x"}).status_code == 200
    assert steward.get(reverse("directory_metadata:inspect", args=[change.pk])).status_code == 200
    need = Taxonomy.objects.get(slug="need")
    url = reverse("directory_taxonomies:edit", args=[need.pk])
    assert steward.post(url, {"name": "Needs", "slug": "x", "version": "2"}).status_code == 302
    need.refresh_from_db()
    assert (need.name, need.slug, need.version) == ("Needs", "need", "2")
    url = reverse("directory_units:edit", args=[unit.pk])
    assert steward.post(url, {"name": "beds", "scheme": "UCUM"}).status_code == 302
    assert Unit.objects.get().scheme == "UCUM"


# Yes, no and not known


@pytest.mark.parametrize(("sent", "kept"), [("", None), ("true", True), ("false", False)])
def test_what_nobody_said_is_not_known(
    steward: Client, service: Service, sent: str, kept: bool | None
) -> None:
    url = reverse("directory_services:edit", args=[service.pk])
    assert (service.telehealth, service.accepts_drop_off) == (None, None)
    said = {"telehealth": sent, "accepts_drop_off": sent}
    assert steward.post(url, service_form(service) | said).status_code == 302
    service.refresh_from_db()
    assert (service.telehealth, service.accepts_drop_off) == (kept, kept)
    document = next(documents_of([service.pk]))
    assert (document.telehealth, document.accepts_drop_off) == (kept is True, kept is True)
    assert ("by phone or video" in public(service)) == (kept is True)


def test_no_is_kept_where_a_file_says_no(service: Service) -> None:
    migration = import_module("directory.migrations.0016_unknown_and_places")
    told = Service.objects.create(organization=service.organization, name="Told")
    Service.objects.update(telehealth=False, accepts_drop_off=False)
    SourceRow.objects.create(
        source="a", source_id="1", record_id=told.pk, values={"texts": {"telehealth": False}}
    )
    SourceRow.objects.create(
        source="a",
        source_id="2",
        table="service",
        record_id=service.pk,
        values={"x_accepts_drop_off": False},
    )
    migration.unknown_unless_said(apps, None)
    told.refresh_from_db()
    service.refresh_from_db()
    assert (told.telehealth, told.accepts_drop_off) == (False, None)
    assert (service.telehealth, service.accepts_drop_off) == (None, False)


# Closed days in Spanish


def test_the_reason_of_a_closed_day_is_read_in_the_readers_language(
    steward: Client, service: Service
) -> None:
    today = timezone.localdate()
    row = {"kind": "closed", "first_day": today.isoformat(), "description": "Staff training"}
    row |= {"description_es": "Capacitación del personal"}
    url = reverse("directory_services:edit", args=[service.pk])
    data = service_form(service) | inline("schedule_exceptions", row)
    assert steward.post(url, data).status_code == 302
    assert ScheduleException.objects.get().description_es == row["description_es"]
    assert "Staff training" in public(service) and "Capacitación" not in public(service)
    spanish = public(service, "/es")
    assert "Capacitación del personal" in spanish and "Staff training" not in spanish
