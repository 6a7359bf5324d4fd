"""The directory in the CMS, as a steward sees it."""

import re
from datetime import time
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django import DjangoCaptureOnCommitCallbacks as Callbacks

from directory.models import (
    Address,
    ImportBatch,
    Location,
    ProblemReport,
    Service,
    StagedRow,
    TaxonomyTerm,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
CSV = b"""name,organization,street,city,state,zip,phone,latitude
Talk,Harbor,1 Elm St,Denver,CO,80203,303-555-0100,391
,,2 Elm St,,,,,
"""
AREAS = ("services", "organizations", "locations", "holidays", "reports", "imports", "terms")


def stage(steward: Client, content: bytes = CSV) -> ImportBatch:
    file = BytesIO(content)
    file.name = "plain.csv"
    steward.post(reverse("directory_imports:add"), {"file": file, "source": "county"})
    return ImportBatch.objects.get()


@pytest.mark.parametrize("area", AREAS)
def test_lists_open(steward: Client, service: Service, area: str) -> None:
    ProblemReport.objects.create(service=service, kind="phone")
    for query in ({}, {"q": "harbor"}):
        response = steward.get(reverse(f"directory_{area}:index"), query)
        assert response.status_code == 200


def test_lists_ask_a_bounded_number_of_queries(
    steward: Client, service: Service, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        Service.objects.create(organization=service.organization, name=f"Talk {number}")
    with django_assert_max_num_queries(25):
        response = steward.get(reverse("directory_services:index"))
    assert b"Talk 19" in response.content


@pytest.mark.parametrize("area", ["services", "organizations", "locations", "terms"])
def test_forms_open(steward: Client, service: Service, area: str) -> None:
    record = {
        "services": service,
        "organizations": service.organization,
        "locations": Location.objects.get(),
        "terms": TaxonomyTerm.objects.first(),
    }[area]
    assert record is not None
    assert steward.get(reverse(f"directory_{area}:add")).status_code == 200
    assert steward.get(reverse(f"directory_{area}:edit", args=[record.pk])).status_code == 200
    assert steward.get(reverse(f"directory_{area}:delete", args=[record.pk])).status_code == 200


def inline(name: str, *rows: dict[str, object], initial: int = 0) -> dict[str, object]:
    data: dict[str, object] = {
        f"{name}-TOTAL_FORMS": len(rows),
        f"{name}-INITIAL_FORMS": initial,
        f"{name}-MIN_NUM_FORMS": 0,
        f"{name}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return data


SERVICE_ROWS = (
    *("contacts", "additional_urls", "required_documents", "service_areas", "cost_options"),
    *("funding", "schedule_exceptions", "capacities"),
)


def empty(*names: str) -> dict[str, object]:
    return {key: value for name in names for key, value in inline(name).items()}


def service_form(service: Service, **changed: object) -> dict[str, object]:
    phone = {"id": service.phones.get().pk, "number": "(303) 555-0199", "type": "voice"}
    return {
        "name": service.name,
        "organization": service.organization_id,
        "status": "active",
        "availability": "schedule",
        **empty(*SERVICE_ROWS),
        **inline("phones", phone | {"priority": 1}, initial=1),
        **inline("schedules", {"byday": ["MO", "TU"], "opens_at": "09:00", "closes_at": "17:00"}),
        **inline("attributes", {"taxonomy_term": TaxonomyTerm.objects.get(code="grief").pk}),
        **inline("languages", {"code": "es"}),
        **inline(
            "service_at_locations",
            {
                "id": service.service_at_locations.get().pk,
                "location": Location.objects.get().pk,
            },
            initial=1,
        ),
        **inline("translations", {"language": "es", "name": "Charla"}),
    } | changed


def test_a_service_is_edited_whole_and_the_index_follows(
    steward: Client,
    service: Service,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    url = reverse("directory_services:edit", args=[service.pk])
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        response = steward.post(url, service_form(service, name="Talk it over"))
    assert response.status_code == 302, response.context["form"].errors
    assert len(callbacks) >= 1
    service = Service.objects.with_listing().get()
    assert service.name == "Talk it over"
    assert [str(phone) for phone in service.phones.all()] == ["(303) 555-0199"]
    assert [str(hours) for hours in service.schedules.all()] == ["MO,TU 09:00–17:00"]
    assert [str(term.taxonomy_term) for term in service.attributes.all()] == ["Grief and loss"]
    assert service.text("name", "es") == "Charla"
    found = steward.get("/api/search", {"q": "talk it over"}).json()
    assert [hit["name"] for hit in found["hits"]] == ["Talk it over"]


def test_days_are_boxes_to_tick(steward: Client, service: Service) -> None:
    schedule = service.schedules.create(byday="TU,SA", opens_at=time(9), closes_at=time(17))
    service.save()
    url = reverse("directory_services:edit", args=[service.pk])
    html = steward.get(url).content.decode()
    boxes = re.findall(r'<input [^>]*name="schedules-0-byday"[^>]*>', html)
    ticked = [re.findall(r'value="(..)"', box)[0] for box in boxes if "checked" in box]
    assert (len(boxes), ticked) == (7, ["TU", "SA"])
    assert "Saturday" in html
    assert "maxlength" not in "".join(boxes)
    hours = {"id": schedule.pk, "opens_at": "09:00", "closes_at": "17:00"}
    for days, stored in ((["XX"], "TU,SA"), ([], "TU,SA"), (["WE", "SU"], "WE,SU")):
        form = service_form(service, **inline("schedules", hours | {"byday": days}, initial=1))
        steward.post(url, form)
        schedule.refresh_from_db()
        assert schedule.byday == stored


def test_a_deleted_service_leaves_the_index(
    steward: Client,
    service: Service,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    url = reverse("directory_services:edit", args=[service.pk])
    with django_capture_on_commit_callbacks(execute=True):
        steward.post(url, service_form(service))
    with django_capture_on_commit_callbacks(execute=True):
        steward.post(reverse("directory_services:delete", args=[service.pk]))
    assert not Service.objects.exists()
    assert steward.get("/api/search", {"q": "talk"}).json()["total"] == 0


def test_choosing_confidential_wipes_the_place(steward: Client, service: Service) -> None:
    location = Location.objects.get()
    address = location.addresses.get()
    form = {
        "name": "Safe house",
        "location_type": "physical",
        "confidential": "on",
        **empty("accessibility", "languages", "contacts", "schedules"),
        "latitude": "39.7",
        "longitude": "-104.9",
        "transportation": "Bus 15",
        **inline(
            "addresses",
            {
                "id": address.pk,
                "address_1": "1 Elm St",
                "city": "Denver",
                "country": "US",
                "address_type": "physical",
            },
            {"address_1": "2 Elm St", "country": "US", "address_type": "physical"},
            initial=1,
        ),
        **inline("phones"),
    }
    response = steward.post(reverse("directory_locations:edit", args=[location.pk]), form)
    assert response.status_code == 302
    location = Location.objects.get()
    assert (location.confidential, location.latitude, location.transportation) == (True, None, "")
    assert not Address.objects.exists()
    for area in ("locations", "services"):
        assert b"Elm St" not in steward.get(reverse(f"directory_{area}:index")).content


@pytest.mark.parametrize("told", ["address", "point", "way"])
def test_a_form_opened_before_does_not_make_a_place_public_again(
    steward: Client, service: Service, told: str
) -> None:
    location = Location.objects.get()
    location.confidential = True
    location.save()
    street: dict[str, object] = {
        "address_1": "1 Elm St",
        "country": "US",
        "address_type": "physical",
    }
    form = {
        "name": "Safe house",
        "location_type": "physical",
        **empty("accessibility", "languages", "contacts", "schedules", "phones"),
        **inline("addresses", *([street] if told == "address" else [])),
        **({"latitude": "39.7", "longitude": "-104.9"} if told == "point" else {}),
        **({"transportation": "Bus 15"} if told == "way" else {}),
    }
    url = reverse("directory_locations:edit", args=[location.pk])
    response = steward.post(url, form)
    assert response.status_code == 200
    assert b"made confidential" in response.content
    location = Location.objects.get()
    assert (location.confidential, location.latitude, location.transportation) == (True, None, "")
    assert not Address.objects.exists()


def test_a_place_may_become_public_again_step_by_step(steward: Client, service: Service) -> None:
    location = Location.objects.get()
    location.confidential = True
    location.save()
    form = {
        "name": "Open house",
        "location_type": "physical",
        **empty("accessibility", "languages", "contacts", "schedules", "phones", "addresses"),
    }
    response = steward.post(reverse("directory_locations:edit", args=[location.pk]), form)
    assert response.status_code == 302
    assert not Location.objects.get().confidential


def test_a_term_in_use_stays(steward: Client, service: Service) -> None:
    term = TaxonomyTerm.objects.get(code="grief")
    service.attributes.create(taxonomy_term=term)
    service.save()
    response = steward.post(reverse("directory_terms:delete", args=[term.pk]), follow=True)
    assert b"still in use" in response.content
    assert TaxonomyTerm.objects.filter(pk=term.pk).exists()


def test_a_problem_report_is_marked_fixed(steward: Client, service: Service) -> None:
    report = ProblemReport.objects.create(
        service=service, kind="phone", message="It is <b>dead</b>"
    )
    url = reverse("directory_reports:edit", args=[report.pk])
    assert b"It is &lt;b&gt;dead" in steward.get(url).content
    assert steward.post(url, {"state": "fixed"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.message) == ("fixed", "It is <b>dead</b>")


def test_nobody_writes_a_problem_report_in_the_cms(admin_client: Client) -> None:
    """Not even an administrator, who has every right: reports come from visitors."""
    assert "Add problem report" not in (
        admin_client.get(reverse("directory_reports:index")).content.decode()
    )
    assert admin_client.get("/cms/directory/reports/new/").status_code == 404


def test_an_import_is_looked_at_then_published(steward: Client) -> None:
    batch = stage(steward)
    assert not Service.objects.exists()
    url = reverse("directory_imports:inspect", args=[batch.pk])
    page = steward.get(url).content.decode()
    assert "1 Elm St" in page
    assert "This is no place on Earth." in page
    assert "The row has no name." in steward.get(url, {"show": "reject"}).content.decode()
    steward.post(reverse("directory_imports:publish", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == "published"
    assert batch.published_by is not None
    assert Service.objects.get().name == "Talk"
    location = Location.objects.get()
    edit = steward.get(reverse("directory_locations:edit", args=[location.pk]))
    assert location.latitude is None
    assert b"<dd>391</dd>" in edit.content


def test_an_import_that_was_broken_off_can_only_be_discarded(steward: Client) -> None:
    """Its process was killed between two chunks, and the file is not kept here."""
    batch = ImportBatch.objects.create(
        source="s", file_name="s.csv", sha256="", mapping="plain", state="reading"
    )
    StagedRow.objects.create(batch=batch, number=1, row=1, source_id="1", action="create")
    assert steward.get(reverse("directory_imports:index")).status_code == 200
    page = steward.get(reverse("directory_imports:inspect", args=[batch.pk])).content.decode()
    assert "discard/" in page and "/publish/" not in page
    steward.post(reverse("directory_imports:publish", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, Service.objects.count()) == ("reading", 0)
    steward.post(reverse("directory_imports:discard", args=[batch.pk]))
    assert not StagedRow.objects.exists()


def test_an_import_is_discarded(steward: Client) -> None:
    batch = stage(steward)
    steward.post(reverse("directory_imports:discard", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), Service.objects.count()) == ("discarded", 0, 0)
    again = steward.post(reverse("directory_imports:publish", args=[batch.pk]), follow=True)
    assert b"discarded already" in again.content


def test_a_file_that_cannot_be_read_is_told_in_the_form(steward: Client) -> None:
    file = BytesIO(b"\x89PNG\r\n\x1a\n")
    file.name = "picture.csv"
    response = steward.post(reverse("directory_imports:add"), {"file": file})
    assert "is a picture" in response.content.decode()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("name", ["é" * 250, "…" * 90, "../../plain"])
def test_a_file_may_have_any_name(steward: Client, name: str) -> None:
    file = SimpleUploadedFile(f"{name}.csv", b"name,organization\nTalk,Harbor\n")
    assert steward.post(reverse("directory_imports:add"), {"file": file}).status_code == 302
    assert ImportBatch.objects.get().file_name.endswith(".csv")


def test_an_import_cannot_be_deleted(admin_client: Client, steward: Client) -> None:
    """Not even by an administrator: it says what was brought in, and when."""
    batch = stage(steward)
    listed = admin_client.get(reverse("directory_imports:index")).content.decode()
    assert "/delete/" not in listed
    assert admin_client.post(f"/cms/directory/imports/delete/{batch.pk}/").status_code == 404
    assert ImportBatch.objects.exists()


def test_publishing_wants_the_right_and_a_post(steward: Client, client: Client) -> None:
    batch = stage(steward)
    url = reverse("directory_imports:publish", args=[batch.pk])
    assert steward.get(url).status_code == 405
    visitor = Client()
    assert visitor.post(url).status_code == 302
    editor = get_user_model().objects.create_user("editor", password="a-long-password")
    editor.groups.add(Group.objects.get(name="Data stewards"))
    visitor.force_login(editor)
    visitor.post(url)
    batch.refresh_from_db()
    assert batch.state == "staged"


@pytest.mark.parametrize("chooser", ["organization", "location", "term"])
def test_choosers_find_by_any_part(steward: Client, service: Service, chooser: str) -> None:
    url = reverse(f"directory_{chooser}_chooser:choose_results")
    wanted = {"organization": "Harbor", "location": "Elm", "term": "duelo"}[chooser]
    found = steward.get(url, {"q": wanted.lower()})
    assert found.status_code == 200
    shown = {"organization": "Harbor", "location": "1 Elm St", "term": "Grief and loss"}[chooser]
    assert shown in found.content.decode()
    assert shown not in steward.get(url, {"q": "zzz"}).content.decode()
