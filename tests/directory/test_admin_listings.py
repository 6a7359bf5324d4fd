"""The forms of listings: every field, officers' details, a place on the map."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from directory.models import Location, OfficerDetails, Organization, Service, Unit
from tests.directory.test_admin import empty, inline, service_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
CANARY = "sally port on Larkspur Lane"


def edit(service: Service) -> str:
    return reverse("directory_services:edit", args=[service.pk])


def test_all_of_a_service_is_edited(steward: Client, service: Service) -> None:
    beds = Unit.objects.create(name="beds")
    rows = {
        "contacts": {
            "department": "Intake desk",
            "email": "intake@harbor.example",
            **inline("phones", {"number": "303-555-0171", "type": "voice", "priority": 1}),
        },
        "additional_urls": {"url": "https://harbor.example/es", "label": "En español"},
        "required_documents": {"document": "A photo card"},
        "cost_options": {"option": "Adults", "amount": "25", "amount_description": "a visit"},
        "service_areas": {"name": "Weld County"},
        "capacities": {"unit": beds.pk, "available": "3", "maximum": "10"},
        "funding": {"funding_source": "The county"},
    }
    texts = {
        "alert": "The entrance has moved.",
        "wait_time": "About a week",
        "residence": "Adams County",
        "gender": "women",
        "referral_needed": "false",
        "accreditations": "Joint Commission",
    }
    data = service_form(service)
    for name, values in rows.items():
        data |= inline(name, values)
    response = steward.post(edit(service), data | texts)
    assert response.status_code == 302, response.context["form"].errors
    page = steward.get(reverse("directory:service", args=[service.pk])).content.decode()
    for words in (
        *("The entrance has moved.", "About a week", "Joint Commission", "A photo card"),
        *("For women", "For people who live here: Adams County", "without a referral"),
        *("Adults: $25 a visit", "For people in: Weld County", "Free: 3 of 10 (beds)"),
        *("Intake desk", "intake@", "303-555-0171", "En español", "goes to harbor.example"),
    ):
        assert words in page.replace("<wbr>", ""), words


def test_an_organization_is_no_part_of_itself(steward: Client, service: Service) -> None:
    parent = service.organization
    child = Organization.objects.create(name="Pier", parent_organization=parent)
    names = ("phones", "contacts", "additional_websites", "programs", "organization_identifiers")
    data = {"name": "Harbor", **empty(*names, "funding"), "parent_organization": child.pk}
    data |= inline("programs", {"name": "Night shelter"})
    url = reverse("directory_organizations:edit", args=[parent.pk])
    assert "itself a part of this one" in steward.post(url, data).content.decode()
    assert steward.post(url, data | {"parent_organization": ""}).status_code == 302
    assert parent.programs.get().name == "Night shelter"


def test_a_language_that_stands_there_twice_is_told(steward: Client, service: Service) -> None:
    twice = inline("languages", {"code": "es"}, {"code": "es"})
    response = steward.post(edit(service), service_form(service) | twice)
    assert "This stands here already." in response.content.decode()
    assert not service.languages.exists()


def again(service: Service) -> dict[str, object]:
    """The form as it is sent a second time: without the rows that are there by now."""
    return service_form(service) | empty("attributes", "languages", "translations", "schedules")


# Officers' details


@pytest.fixture
def liaison(client: Client) -> Client:
    """A steward who may change officers' details too."""
    user = get_user_model().objects.create_user("liaison", password="a-long-password")
    user.groups.add(Group.objects.get(name="Directory stewards"))
    user.user_permissions.add(Permission.objects.get(codename="change_officerdetails"))
    other = Client()
    other.force_login(user)
    return other


def test_officers_details_are_seen_and_changed_by_those_who_may_alone(
    steward: Client, liaison: Client, service: Service
) -> None:
    fields = {"officers_sally_port": CANARY, "officers_back_line": "303-555-0142"}
    steward.post(edit(service), service_form(service, **fields))
    assert not OfficerDetails.objects.exists()
    assert liaison.post(edit(service), again(service) | fields).status_code == 302
    assert OfficerDetails.objects.get(service=service).sally_port == CANARY
    assert CANARY in liaison.get(edit(service)).content.decode()
    hidden = steward.get(edit(service)).content.decode()
    assert CANARY not in hidden and "officers_" not in hidden and "For officers" not in hidden
    steward.post(edit(service), again(service))  # who does not see them does not wipe them
    assert OfficerDetails.objects.exists()
    public = Client().get(reverse("directory:service", args=[service.pk])).content.decode()
    assert CANARY not in public and "0142" not in public
    liaison.post(edit(service), again(service))
    assert not OfficerDetails.objects.exists()


# A place on the map


def find(steward: Client, **address: str) -> dict[str, object]:
    url = reverse("directory_locations:find_place")
    data = {f"addresses-0-{name}": value for name, value in address.items()}
    data["confidential"] = address.get("confidential", "")
    found = steward.post(url, data, headers={"X-Requested-With": "XMLHttpRequest"})
    answer: dict[str, object] = found.json()
    return answer


def test_an_address_is_found_by_our_own_finder(steward: Client) -> None:
    address = {"city": "Denver", "state_province": "CO", "postal_code": "80203"}
    found = find(steward, address_1="1 Elm St", **address)
    assert "Found: Denver, CO 80203" in str(found["message"])
    (place,) = found["places"]  # type: ignore[misc]
    assert "middle of a ZIP" in place["exact"]
    assert abs(place["lat"] - 39.73) < 0.1 and abs(place["lon"] + 104.98) < 0.1
    assert find(steward)["places"] == []
    assert find(steward, city="Zzyzx Nowhere")["places"] == []


def test_a_confidential_place_is_looked_up_nowhere(steward: Client) -> None:
    found = find(steward, city="Denver", postal_code="80203", confidential="on")
    assert found["places"] == []
    secret = Location.objects.create(name="Refuge", confidential=True)
    page = steward.get(reverse("directory_locations:edit", args=[secret.pk])).content.decode()
    assert "data-place-picker" not in page


def test_looking_up_is_for_stewards() -> None:
    url = reverse("directory_locations:find_place")
    assert Client().post(url).status_code == 302


def test_the_form_asks_no_more_for_more_rows(
    steward: Client, service: Service, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        service.schedules.create(byday="MO", opens_at="09:00", closes_at="17:00")
        service.phones.create(number=f"303-555-01{number:02}")
    service.save()
    with django_assert_max_num_queries(70):
        assert steward.get(edit(service)).status_code == 200
