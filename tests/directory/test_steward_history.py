"""What stewards change can be compared and taken back; a secret place never comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import serializers
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from directory.lasting import Subject
from directory.models import (
    Address,
    Contact,
    Language,
    Location,
    OfficerDetails,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTranslation,
    Verification,
)
from directory.stewardship.history import keep_as_it_stands, remembered, restore
from directory.stewardship.verifying import verify
from tests.directory.listings import make_place, make_service, tag
from tests.directory.test_admin import empty, inline, service_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
CANARY = "77 Canary Lane"


@pytest.fixture
def service() -> Service:
    service = make_service(fees_description="Free")
    make_place(service, address=CANARY)
    return service


@contextmanager
def edited(record: Any, user: Any) -> Iterator[None]:
    with remembered(record, user):
        yield


def fees(service: Service) -> list[str]:
    return [r.content["fees_description"] for r in service.revisions.order_by("pk")]


def again(**changed: object) -> dict[str, object]:
    """The form once more: rows that it added the first time are left as they are."""
    rows = empty("schedules", "attributes", "languages", "translations")
    return service_form(Service.objects.get(), **rows, **changed)


def test_an_edit_keeps_what_stood_before_and_after(
    steward: Client, service: Service, user: Any
) -> None:
    url = reverse("directory_services:edit", args=[service.pk])
    response = steward.post(url, service_form(service, fees_description="$5"))
    assert response.status_code == 302, response.context["form"].errors
    assert fees(service) == ["Free", "$5"]
    steward.post(url, again(fees_description="$6"))
    assert fees(service) == ["Free", "$5", "$6"]
    Service.objects.update(fees_description="by an import")
    steward.post(url, again(fees_description="$7"))
    assert fees(service) == ["Free", "$5", "$6", "by an import", "$7"]
    actions = list(ModelLogEntry.objects.order_by("pk").values_list("action", "user"))
    assert actions == [
        ("directory.keep", user.pk),
        ("wagtail.edit", user.pk),
        ("wagtail.edit", user.pk),
        ("directory.keep", user.pk),
        ("wagtail.edit", user.pk),
    ]


def test_the_history_page_compares_field_by_field(
    steward: Client, service: Service, user: Any
) -> None:
    with edited(service, user):
        Service.objects.update(fees_description="$5")
        Phone.objects.filter(service=service).update(number="303-534-2345")
    first, second = service.revisions.order_by("pk")
    page = steward.get(reverse("directory_services:history", args=[service.pk]))
    compare = reverse(
        "directory_services:revisions_compare", args=[service.pk, first.pk, second.pk]
    )
    back = reverse("directory_services:revisions_revert", args=[service.pk, first.pk])
    html = page.content.decode()
    assert compare in html and back in html
    diff = steward.get(compare).content.decode()
    assert "Free" in diff and "$5" in diff and "534-2345" in diff


def test_an_earlier_version_comes_back_whole(steward: Client, service: Service, user: Any) -> None:
    tag(service, "need", "grief")
    old = ServiceTranslation.objects.create(service=service, language="es", name="Charla")
    kept_phone = Phone.objects.get(service=service)
    phone_id = kept_phone.pk
    with edited(service, user):
        Service.objects.update(fees_description="$5", assigned_to=user, name="Renamed")
        kept_phone.delete()
        Phone.objects.create(service=service, number="303-534-2345")
        old.delete()
        ServiceTranslation.objects.create(service=service, language="es", name="Plática")
        service.attributes.all().delete()
    first = service.revisions.order_by("pk").first()
    assert first is not None
    back = reverse("directory_services:revisions_revert", args=[service.pk, first.pk])
    offered = steward.get(back)
    assert "$5" in offered.content.decode()
    assert Service.objects.get().fees_description == "$5"
    steward.post(back)
    assert Service.objects.get().fees_description == "$5"  # nothing was ticked
    steward.post(back, {"part": [change.name for change in offered.context["comparison"]]})
    fresh = Service.objects.get()
    assert (fresh.fees_description, fresh.name) == ("Free", "Lantern Counselling")
    assert fresh.assigned_to == user
    assert list(Phone.objects.values_list("pk", "number")) == [(phone_id, "303-555-0101")]
    assert fresh.text("name", "es") == "Charla"
    assert fresh.attributes.get().taxonomy_term.code == "grief"
    assert fresh.service_at_locations.count() == 1
    assert service.revisions.count() == 3
    assert ModelLogEntry.objects.first().action == "directory.restore"


def counselled(service: Service) -> Contact:
    """Somebody to ask at the service's place, with a number where Spanish is spoken."""
    at = service.service_at_locations.get()
    Schedule.objects.create(service_at_location=at, byday="MO", opens_at=time(9))
    Phone.objects.create(service_at_location=at, service=service, number="303-555-0102")
    contact = Contact.objects.create(service_at_location=at, name="Ana")
    phone = Phone.objects.create(contact=contact, number="303-555-0103")
    Language.objects.create(phone=phone, code="es")
    return contact


def all_rows() -> list[list[dict[str, Any]]]:
    kinds = (ServiceAtLocation, Schedule, Contact, Phone, Language)
    return [
        [
            {name: value for name, value in row.items() if name != "last_modified"}
            for row in kind._default_manager.order_by("pk").values()
        ]
        for kind in kinds
    ]


@pytest.mark.parametrize("gone", [ServiceAtLocation, Contact, Phone])
@pytest.mark.parametrize("names", [None, {"service_at_locations", "phones"}])
def test_what_hung_on_a_row_comes_back_with_it(
    service: Service, user: Any, gone: Any, names: set[str] | None
) -> None:
    counselled(service)
    before = all_rows()
    with edited(service, user):
        gone.objects.all().delete()
    assert all_rows() != before
    first = service.revisions.order_by("pk").first()
    assert first is not None
    restore(Service.objects.get(), first, user, names)
    assert all_rows() == before
    assert service.revisions.count() == 3


def test_what_was_checked_since_has_to_be_checked_again(service: Service, user: Any) -> None:
    keep_as_it_stands(service)
    first = service.revisions.get()
    today = timezone.localdate()
    verify(service, list(Subject), "called", "steward", today)
    assert Service.objects.get().assured_date == today
    restore(Service.objects.get(), first, user)
    fresh = Service.objects.get()
    assert (fresh.assured_date, fresh.assurer_role) == (date(2026, 9, 1), "steward")
    assert not Verification.objects.exists()


def test_others_may_neither_compare_nor_go_back(service: Service, user: Any) -> None:
    with edited(service, user):
        Service.objects.update(fees_description="$5")
    first = service.revisions.order_by("pk").first()
    assert first is not None
    other = get_user_model().objects.create_user("editor", password="a-long-password")
    other.groups.add(Group.objects.get(name="Data stewards"))
    client = Client()
    client.force_login(other)
    back = reverse("directory_services:revisions_revert", args=[service.pk, first.pk])
    compare = reverse("directory_services:revisions_compare", args=[service.pk, first.pk, "live"])
    assert b"Free" not in client.get(compare, follow=True).content
    client.post(back, {"part": ["fees_description"]})
    assert Service.objects.get().fees_description == "$5"


def everything_kept() -> str:
    """All that the tables of history, log and answers hold, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in ("wagtailcore_revision", "wagtailcore_modellogentry"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # our own names
            found.append(str(cursor.fetchall()))
    return "".join(found)


def _save(location: Location) -> None:
    location.confidential = True
    location.save()


def _in_bulk(location: Location) -> None:
    location.confidential = True
    location._wipe()
    Location.objects.bulk_update(
        [location], ["confidential", "latitude", "longitude", "description", "transportation"]
    )


@pytest.mark.parametrize("hide", [_save, _in_bulk])
def test_a_place_that_becomes_secret_is_in_no_version_and_no_log(
    service: Service, user: Any, hide: Any
) -> None:
    location = Location.objects.get()
    location.name = f"House at {CANARY}"
    location.save()
    with edited(location, user):
        Location.objects.update(transportation=f"Bus to {CANARY}")
    with edited(service, user):
        service.service_at_locations.update(description=f"Behind {CANARY}")
    location.refresh_from_db()
    location.name = "Safe house"
    old = [r.pk for r in (*location.revisions, *service.revisions)]
    assert len(old) == 4 and CANARY in everything_kept()
    Location.objects.filter(pk=location.pk).update(name="Safe house")
    hide(location)
    assert CANARY not in everything_kept()
    assert not Revision.objects.filter(pk__in=old).exists()
    assert Location.objects.get().latest_revision is None
    assert not Address.objects.exists()


def test_a_form_that_hides_a_place_leaves_nothing_behind(
    steward: Client, service: Service, user: Any
) -> None:
    location = Location.objects.get()
    with edited(location, user):
        Location.objects.update(transportation=f"Bus to {CANARY}")
    address = Address.objects.get()
    row = {"id": address.pk, "address_1": CANARY, "country": "US", "address_type": "physical"}
    form = {
        "name": "Safe house",
        "location_type": "physical",
        "confidential": "on",
        "transportation": CANARY,
        **empty("accessibility", "languages", "contacts", "schedules", "phones"),
        **inline("addresses", row, initial=1),
    }
    url = reverse("directory_locations:edit", args=[location.pk])
    assert steward.post(url, form).status_code == 302
    assert Location.objects.get().confidential
    assert CANARY not in everything_kept()
    history = steward.get(reverse("directory_locations:history", args=[location.pk]))
    assert CANARY not in history.content.decode()


def test_a_version_of_a_service_says_nothing_of_a_secret_place(service: Service, user: Any) -> None:
    location = Location.objects.get()
    _save(location)
    fresh = Service.objects.get()
    for at in fresh.service_at_locations.all():
        at.description = f"Behind {CANARY}"
    assert CANARY not in str(fresh.serializable_data())
    with edited(service, user):
        Service.objects.update(fees_description="$5")
    restore(Service.objects.get(), service.revisions.order_by("pk")[0], user)
    assert CANARY not in everything_kept()
    assert CANARY not in serializers.serialize("json", Location.objects.all())


def test_going_back_never_makes_a_place_public_again(service: Service, user: Any) -> None:
    location = Location.objects.get()
    keep_as_it_stands(location)
    revision = location.revisions.get()
    _save(Location.objects.get())
    restore(Location.objects.get(), revision, user)  # as if the row had outlived the place
    kept = Location.objects.get()
    assert (kept.confidential, kept.latitude, kept.description) == (True, None, "")
    assert not Address.objects.exists() and CANARY not in everything_kept()


def test_officers_details_are_in_no_version(service: Service, user: Any) -> None:
    OfficerDetails.objects.create(service=service, back_line="303-555-0177", notes="Gate code 4711")
    with edited(service, user):
        Service.objects.update(fees_description="$5")
    assert "555-0177" not in everything_kept() and "Gate code" not in everything_kept()


def test_an_edit_may_leave_alone_what_an_import_brought(steward: Client, service: Service) -> None:
    Service.objects.update(url="no link at all", minimum_age=3)
    form = service_form(Service.objects.get(), fees_description="$5")
    form["url"] = ""
    url = reverse("directory_services:edit", args=[service.pk])
    assert steward.post(url, form).status_code == 302
    assert fees(service)[-1] == "$5"


def test_a_service_that_was_deleted_takes_its_history_along(service: Service, user: Any) -> None:
    with edited(service, user):
        Service.objects.update(fees_description="$5")
    Service.objects.get().delete()
    assert not Revision.objects.filter(object_id=str(service.pk)).exists()
    assert timezone.now() - timedelta(days=1) < ModelLogEntry.objects.latest("pk").timestamp
