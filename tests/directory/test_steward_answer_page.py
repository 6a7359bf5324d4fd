"""A provider's answer in the CMS: side by side with the listing, decided on field by field."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import ProviderAnswer, Service, Verification
from tests.directory.listings import make_confidential, make_place, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
CANARY = "77 Canary Lane"


def answer_of(service: Service, **values: str) -> ProviderAnswer:
    before = dict.fromkeys(values, "") | {"eligibility": ""}
    return ProviderAnswer.objects.create(service=service, values=values, before=before)


def decide(client: Client, answer: ProviderAnswer, **data: str) -> Any:
    return client.post(reverse("directory_desk:answer", args=[answer.pk]), data)


def test_an_answer_is_taken_over_field_by_field(steward: Client, user: Any) -> None:
    service = make_service(fees_description="Free")
    make_place(service, address=CANARY)
    answer = answer_of(service, cost="<b>$5</b>", hours="by and by", phone="303-534-2345")
    page = steward.get(reverse("directory_desk:answer", args=[answer.pk])).content.decode()
    assert "Free" in page and "&lt;b&gt;$5" in page and "303-555-0101" in page
    assert "Provider’s answer: Lantern" in page
    said = {"cost_do": "take", "cost_text": "$5 a visit", "phone_do": "decline"}
    early = decide(steward, answer, **said, hours_do="hand")
    assert early.status_code == 400 and "Put it in first" in early.content.decode()
    assert Service.objects.get().fees_description == "Free"
    response = decide(steward, answer, **said, hours_do="done")
    assert response.status_code == 302
    fresh = Service.objects.get()
    assert fresh.fees_description == "$5 a visit" and fresh.phones.get().number == "303-555-0101"
    assert {v.field for v in Verification.objects.all()} == {"cost", "eligibility", "hours"}
    answer.refresh_from_db()
    assert (answer.state, answer.decided_by) == ("accepted", user)
    decide(steward, answer, decline="1")
    answer.refresh_from_db()
    assert answer.state == "accepted"


def test_a_field_that_cannot_be_taken_over_is_told(steward: Client) -> None:
    answer = answer_of(make_service(), phone="303-534-2345")
    response = decide(steward, answer, phone_do="take", phone_text="ask for Ann")
    assert response.status_code == 400 and "by hand" in response.content.decode()
    assert ProviderAnswer.objects.get().state == "waiting"


def test_an_answer_is_put_aside(steward: Client) -> None:
    service = make_service(fees_description="Free")
    answer = answer_of(service, cost="$5")
    decide(steward, answer, decline="1")
    assert ProviderAnswer.objects.get().state == "declined"
    assert Service.objects.get().fees_description == "Free"


def test_a_listing_that_has_closed_is_taken_off(steward: Client) -> None:
    answer = ProviderAnswer.objects.create(service=make_service(), closed=True)
    decide(steward, answer)
    assert Service.objects.get().status == "active"
    again = ProviderAnswer.objects.create(service=Service.objects.get(), closed=True)
    decide(steward, again, closed="on")
    assert Service.objects.get().status == "defunct"


def test_a_secret_place_is_not_linked_from_an_answer(steward: Client) -> None:
    service = make_service()
    at = make_confidential(service)
    answer = answer_of(service, cost="$5")
    page = steward.get(reverse("directory_desk:answer", args=[answer.pk])).content.decode()
    assert reverse("directory_locations:edit", args=[at.location_id]) not in page


def test_who_comes_too_late_is_told(steward: Client) -> None:
    answer = answer_of(make_service(fees_description="Free"), cost="$5")
    where = reverse("directory_desk:answer", args=[answer.pk])
    ProviderAnswer.objects.update(state="declined")
    for data in ({"decline": "1"}, {"cost_do": "take", "cost_text": "$5"}):
        page = steward.post(where, data, follow=True)
        assert "the provider has sent it anew" in page.content.decode()
    ProviderAnswer.objects.all().delete()
    assert "sent it anew" in steward.post(where, {"decline": "1"}, follow=True).content.decode()
    assert Service.objects.get().fees_description == "Free"
