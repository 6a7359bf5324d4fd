"""Versions that differ below a row: a contact's phones, their languages, what holds at a place."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from directory.models import (
    Contact,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from tests.directory.listings import make_place, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
Kept = Service | Organization | Location
KINDS = ("service", "organization", "location")


def owners() -> dict[str, Kept]:
    place = make_place(make_service())
    service = Service.objects.get()
    return {"service": service, "organization": service.organization, "location": place.location}


def kept(record: Kept) -> int:
    fresh = type(record).objects.get(pk=record.pk)
    return int(fresh.save_revision(clean=False).pk)


def url(record: Kept, way: str, *args: Any) -> str:
    return reverse(f"directory_{record._meta.model_name}s:revisions_{way}", args=[record.pk, *args])


def text(client: Client, where: str) -> str:
    response = client.get(where)
    assert response.status_code == 200
    html = response.content.decode()
    return re.sub(r"\s+", " ", strip_tags(html[html.index("<main") :]))


def add_contact(**owner: Kept) -> Contact:
    contact = Contact.objects.create(**owner, name="Ana Reyes")
    phone = Phone.objects.create(contact=contact, number="303-555-0142")
    Language.objects.create(phone=phone, code="es")
    return contact


def rename(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(name="Bo Lind")


def remove(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).delete()


def change_phone(contact: Contact) -> None:
    contact.phones.update(number="303-555-0199")


def change_language(contact: Contact) -> None:
    Language.objects.filter(phone__contact=contact).update(code="vi")


CHANGES: dict[str, tuple[Callable[[Contact], None], tuple[str, ...]]] = {
    "renamed": (rename, ("Ana Reyes", "Bo Lind")),
    "removed": (remove, ("Removed", "Ana Reyes", "303-555-0142", "Spanish")),
    "phone": (change_phone, ("Ana Reyes", "303-555-0142", "303-555-0199")),
    "language": (change_language, ("303-555-0142", "Spanish", "Vietnamese")),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_changes_below_a_contact_is_told_and_comes_back(
    steward: Client, kind: str, change: str
) -> None:
    record = owners()[kind]
    contact = add_contact(**{kind: record})
    first = kept(record)
    apply, said = CHANGES[change]
    apply(contact)
    second = kept(record)
    for where in (
        url(record, "compare", first, second),
        url(record, "compare", first, "live"),
        url(record, "revert", first),
    ):
        shown = text(steward, where)
        assert [word for word in said if word not in shown.replace("Added", "Removed")] == []
        assert "None" not in shown
    assert steward.post(url(record, "revert", first), {"part": ["contacts"]}).status_code == 302
    back = Contact.objects.get(**{kind: record})
    assert (back.pk, back.name) == (contact.pk, "Ana Reyes")
    assert str(back.phones.get()) == "303-555-0142"
    assert back.phones.get().languages.get().code == "es"


@pytest.mark.parametrize("kind", KINDS)
def test_a_contact_that_came_is_told_with_all_below_it(steward: Client, kind: str) -> None:
    record = owners()[kind]
    first = kept(record)
    add_contact(**{kind: record})
    second = kept(record)
    shown = text(steward, url(record, "compare", first, second))
    for word in ("Added", "Ana Reyes", "303-555-0142", "Spanish"):
        assert word in shown
    assert "Removed" in text(steward, url(record, "revert", first))
    steward.post(url(record, "revert", first), {"part": ["contacts"]})
    assert not Contact.objects.exists() and not Phone.objects.filter(contact=None, service=None)


def at_place(place: ServiceAtLocation) -> None:
    Schedule.objects.create(
        service_at_location=place, freq="WEEKLY", byday="MO", opens_at=time(9), closes_at=time(17)
    )
    Phone.objects.create(service_at_location=place, number="303-555-0170")
    contact = Contact.objects.create(service_at_location=place, name="Front desk")
    Phone.objects.create(contact=contact, number="303-555-0171")
    ServiceArea.objects.create(service_at_location=place, name="The north side")


def test_what_changes_at_a_place_is_told_with_the_service(steward: Client) -> None:
    service = owners()["service"]
    place = ServiceAtLocation.objects.get()
    at_place(place)
    first = kept(service)
    Schedule.objects.filter(service_at_location=place).update(byday="TU", closes_at=time(12))
    Phone.objects.filter(service_at_location=place).update(number="303-555-0180")
    Phone.objects.filter(contact__service_at_location=place).update(number="303-555-0181")
    ServiceArea.objects.all().delete()
    second = kept(service)
    for where in (url(service, "compare", first, second), url(service, "revert", first)):
        shown = text(steward, where)
        for word in ("Monday", "Tuesday", "noon", "0170", "0180", "0171", "0181", "north side"):
            assert word in shown
        assert "17:00" not in shown
    steward.post(url(service, "revert", first), {"part": ["service_at_locations"]})
    place = ServiceAtLocation.objects.get()
    assert place.schedules.get().byday == "MO"
    assert str(place.phones.get()) == "303-555-0170"
    assert str(place.contacts.get().phones.get()) == "303-555-0171"
    assert place.service_areas.get().name == "The north side"


def test_a_place_that_went_is_told_with_what_held_there(steward: Client) -> None:
    service = owners()["service"]
    at_place(ServiceAtLocation.objects.get())
    first = kept(service)
    ServiceAtLocation.objects.get().delete()
    second = kept(service)
    shown = text(steward, url(service, "compare", first, second))
    for word in ("Removed", "Monday", "303-555-0170", "Front desk", "303-555-0171"):
        assert word in shown
    steward.post(url(service, "revert", first), {"part": ["service_at_locations"]})
    assert str(ServiceAtLocation.objects.get().contacts.get().phones.get()) == "303-555-0171"


def test_only_what_changed_at_a_place_is_told(steward: Client) -> None:
    service = owners()["service"]
    place = ServiceAtLocation.objects.get()
    at_place(place)
    first = kept(service)
    Phone.objects.filter(service_at_location=place).update(number="303-555-0180")
    shown = text(steward, url(service, "compare", first, "live"))
    assert "303-555-0180" in shown and "Monday" not in shown and "Front desk" not in shown


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["steward", "editor"])
def test_what_is_no_id_is_not_found(client: Client, kind: str, who: str) -> None:
    user = get_user_model().objects.create_user(who, password="a-long-password")
    if who == "steward":
        user.groups.add(Group.objects.get(name="Directory stewards"))
    else:
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for known in ("x", "1", "zz0e8400-e29b-41d4-a716-446655440000"):
        where = f"/cms/directory/{kind}s/history/{known}/revisions/compare/1...2/"
        assert client.get(where).status_code == 404
