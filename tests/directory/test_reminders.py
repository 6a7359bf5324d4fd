"""Providers are reminded before a listing grows stale: rarely, and never against their will."""

import smtplib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from directory.models import ProviderAnswer, ProviderLink, Service
from directory.stewardship.provider_links import make_link, path_of
from directory.stewardship.reminders import remind, to_remind
from tests.directory.listings import make_confidential, make_place, make_service

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def listed(name: str = "Lantern", days: int | None = 160, **fields: Any) -> Service:
    """A listing of a mailbox of its own, checked so many days ago: 180 make it stale."""
    fields = {"email": f"{name.lower()}@example.org"} | fields
    return make_service(name, assured_date=None if days is None else ago(days), **fields)


def run(most: int = 10) -> tuple[int, int, int]:
    done = remind(timezone.now(), most)
    return done.sent, done.failed, done.left


def test_a_mail_brings_both_languages_and_a_link_that_works(
    client: Client, settings: Settings
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://directory.example"
    listed("Lantern\nBcc: x@evil.example")
    Service.objects.update(email="office@lantern.example")
    assert run() == (1, 0, 0)
    sent, link = mail.outbox[0], ProviderLink.objects.get()
    assert sent.to == ["office@lantern.example"] and sent.bcc == [] and link.reminder
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    for language in ("en", "es"):
        assert f"https://directory.example{path_of(link, language)}" in sent.body
        assert client.get(path_of(link, language)).status_code == 200
    assert sent.body.count("Open Door (https://directory.example/)") == 2
    assert "The stewards of Open Door" in sent.body
    assert "\nBcc:" not in sent.message().as_string().split("\n\n")[0]


def test_those_stale_within_thirty_days_are_reminded() -> None:
    listed("Fresh", 149)
    listed("Soon", 151)
    listed("Stale", 400)
    listed("Never", None)
    listed("Closed", 400, status="defunct")
    listed("Unreachable", 400, email="")
    assert run() == (3, 0, 0)
    names = {link.service.name for link in ProviderLink.objects.all()}
    assert names == {"Soon", "Stale", "Never"}


def test_at_most_once_in_sixty_days() -> None:
    service = listed()
    assert run() == (1, 0, 0)
    assert run() == (0, 0, 0)
    ProviderLink.objects.update(created_at=timezone.now() - timedelta(days=61))
    assert run() == (1, 0, 0)
    ProviderLink.objects.all().delete()
    make_link(service, "other@example.org")
    assert run() == (0, 0, 0)


def test_one_mail_for_all_listings_of_a_mailbox() -> None:
    for number, email in enumerate(("a@b.example", "A@B.example", "a@b.example")):
        listed(f"Talk {number}", email=email)
    assert run() == (1, 0, 0)
    assert all(mail.outbox[0].body.count(f"Talk {number}\n") == 2 for number in range(3))
    listed("Talk 4", email="a@B.example")
    assert run() == (0, 0, 0)


def test_the_organization_s_mailbox_stands_in() -> None:
    service = listed(email="")
    service.organization.email = "board@harbor.example"
    service.organization.save()
    assert run() == (1, 0, 0)
    assert mail.outbox[0].to == ["board@harbor.example"]


def test_who_wants_none_gets_none() -> None:
    listed()
    link = make_link(make_service("Old"), "LANTERN@example.org")
    ProviderLink.objects.filter(pk=link.pk).update(
        no_reminders=True, created_at=timezone.now() - timedelta(days=900)
    )
    assert run() == (0, 0, 0)


def test_who_has_answered_is_not_asked_again_before_a_steward_has_looked() -> None:
    ProviderAnswer.objects.create(service=listed(), confirmed=True)
    assert run() == (0, 0, 0)
    ProviderAnswer.objects.update(state="declined")
    assert run() == (1, 0, 0)


def test_a_run_sends_so_many_and_no_more() -> None:
    for number in range(3):
        listed(f"L{number}")
    assert run(most=2) == (2, 0, 1)
    assert run(most=2) == (1, 0, 0)


def test_a_mail_says_which_place_is_meant() -> None:
    listed("Far", email="a@b.example")
    for name, count in (("Near", 1), ("Many", 5)):
        service = listed(name, email="a@b.example")
        for number in range(count):
            make_place(service, address=f"{number} {name}\n Street")
    run()
    english = mail.outbox[0].body.split("-" * 40)[0]
    assert "\nFar\nhttp" in english
    assert "\nNear\n0 Near Street, Denver, CO 80203\nhttp" in english
    assert "2 Many Street, Denver, CO 80203\nand 2 more places\nhttp" in english


def test_a_private_address_is_in_no_mail() -> None:
    service = listed()
    at = make_place(service, address="77 Elm Street")
    make_confidential(service)
    run()
    assert "Elm" in mail.outbox[0].message().as_string()
    at.location.confidential = True
    at.location.save()
    ProviderLink.objects.all().delete()
    run()
    sent = mail.outbox[1].message().as_string()
    assert "Elm Street" not in sent and "Denver" not in sent


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Sequence[Any]) -> int:
        raise smtplib.SMTPServerDisconnected("not today")


def test_a_mail_that_was_not_taken_leaves_no_link(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    listed()
    assert run() == (0, 1, 0)
    assert not ProviderLink.objects.exists()


def test_the_command_prints_counts_alone(capsys: pytest.CaptureFixture[str]) -> None:
    listed()
    call_command("remind_providers", "--dry-run")
    assert capsys.readouterr().out == "Mails to send: 1; failed: 0; left for next time: 0.\n"
    assert not mail.outbox and not ProviderLink.objects.exists()
    call_command("remind_providers")
    assert capsys.readouterr().out == "Mails sent: 1; failed: 0; left for next time: 0.\n"
    assert len(mail.outbox) == 1


def test_it_can_be_switched_off(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.OPENDOOR_REMINDERS = False
    listed()
    call_command("remind_providers")
    assert "switched off" in capsys.readouterr().out and not mail.outbox


def test_whom_to_remind_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(4):
        listed(f"L{number}")
    with django_assert_num_queries(1):
        assert len(to_remind(timezone.now())) == 4
