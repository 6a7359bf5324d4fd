"""The stewards' desk: what lies on it, who may see it, and what is done with ticked rows."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from directory.models import (
    ContactCheck,
    ProblemReport,
    ProviderAnswer,
    ProviderLink,
    Service,
    Verification,
)
from directory.stewardship.provider_links import make_link, path_of
from directory.viewsets.desk_forms import stewards
from tests.directory.listings import make_place, make_service, tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
TABS = ("due", "reports", "contacts", "answers")


def lay(name: str = "Lantern", **fields: Any) -> Service:
    """A listing that lies in all four lists."""
    service = make_service(name, assured_date=date(2025, 1, 1), **fields)
    ProblemReport.objects.create(service=service, kind="phone", message=f"It rings in {name}")
    ContactCheck.objects.create(
        service=service,
        kind="link",
        value=f"https://{name.lower()}.example/",
        state="broken",
        detail="dns",
        checked_at=timezone.now(),
    )
    ProviderAnswer.objects.create(service=service, values={"cost": "$5"}, before={"cost": ""})
    return service


def url(tab: str) -> str:
    return reverse(f"directory_desk:{tab}")


def names(client: Client, tab: str, **query: str) -> set[str]:
    return {row["service"].name for row in client.get(url(tab), query).context["rows"]}


def row_id(service: Service, tab: str) -> Any:
    owner = {
        "due": service,
        "reports": service.problem_reports.first(),
        "contacts": service.contact_checks.first(),
        "answers": service.provider_answers.first(),
    }[tab]
    return owner and owner.pk


def do(client: Client, tab: str, service: Service, action: str, **fields: Any) -> Any:
    data = {"row": [row_id(service, tab)], "do": action} | fields
    return client.post(url(tab), data, follow=True)


@pytest.mark.parametrize("tab", TABS)
def test_each_list_shows_what_lies_in_it(steward: Client, tab: str) -> None:
    lay()
    make_service("Fresh", assured_date=timezone.localdate())
    page = steward.get(url(tab))
    assert names(steward, tab) == {"Lantern"}
    assert [count for _a, _l, count, _c in page.context["tabs"]] == [1, 1, 1, 1]
    assert "Lantern" in page.content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_lists_are_narrowed(steward: Client, user: Any, tab: str) -> None:
    mine, other = lay("Mine", organization="Harbor"), lay("Other", organization="Haven")
    tag(mine, "need", "grief")
    tag(mine, "need", "crisis")
    Service.objects.filter(pk=mine.pk).update(assigned_to=user)
    ProblemReport.objects.filter(service=mine).update(assigned_to=user)
    term = mine.attributes.get(taxonomy_term__code="grief").taxonomy_term
    assert names(steward, tab, whose="mine") == {"Mine"}
    assert names(steward, tab, whose="nobody") == {"Other"}
    assert names(steward, tab, organization="haven") == {"Other"}
    assert names(steward, tab, need=str(term.pk)) == {"Mine"}
    assert names(steward, tab, q="othe") == {"Other"}
    assert names(steward, tab, q="555-0101") == {"Mine", "Other"}
    assert names(steward, tab, q="nowhere", whose="nonsense", need="x") == set()
    assert other.name in names(steward, tab, whose="nonsense", need="x", p="x")


@pytest.mark.parametrize("tab", TABS)
def test_lists_ask_a_bounded_number_of_queries(
    steward: Client, tab: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        make_place(lay(f"L{number}"))
    steward.get(url(tab))
    with django_assert_max_num_queries(30):
        page = steward.get(url(tab))
    assert len(page.context["rows"]) == 50 and page.context["page_obj"].paginator.num_pages == 2


@pytest.mark.parametrize("tab", [*TABS, "index"])
def test_only_stewards_come_to_the_desk(tab: str) -> None:
    service = lay()
    client = Client()
    assert client.get(url(tab)).status_code == 302
    editor = get_user_model().objects.create_user("editor", password="a-long-password")
    editor.groups.add(Group.objects.get(name="Data stewards"))
    client.force_login(editor)
    assert b"Lantern" not in client.get(url(tab), follow=True).content
    client.post(url("due"), {"row": service.pk, "do": "status", "status": "defunct"})
    verify = reverse("directory_desk:verify", args=[service.pk])
    client.post(verify, {"checked": "phone", "method": "called", "on": "2026-11-01"})
    answer = service.provider_answers.get()
    client.post(reverse("directory_desk:answer", args=[answer.pk]), {"decline": "1"})
    link = make_link(service, "a@b.example")
    client.post(reverse("directory_desk:revoke", args=[link.pk]))
    assert Service.objects.get().status == "active" and not Verification.objects.exists()
    assert ProviderAnswer.objects.get().state == "waiting"
    assert ProviderLink.objects.get().revoked_at is None


def test_the_desk_is_first_in_the_menu(steward: Client) -> None:
    html = steward.get("/cms/").content.decode()
    assert html.index("/cms/directory/desk/") < html.index("/cms/directory/services/")


def test_who_may_be_given_listings(user: Any, admin_user: Any) -> None:
    get_user_model().objects.create_user("visitor")
    assert set(stewards()) == {user, admin_user}


@pytest.mark.parametrize("tab", TABS)
def test_rows_are_given_to_a_steward(steward: Client, user: Any, tab: str) -> None:
    service = lay()
    do(steward, tab, service, "assign", steward=user.pk)
    given = ProblemReport.objects.get() if tab == "reports" else Service.objects.get()
    assert given.assigned_to == user
    do(steward, tab, service, "assign", steward="")
    given.refresh_from_db()
    assert given.assigned_to is None


def test_all_that_is_due_is_marked_as_checked(steward: Client, user: Any) -> None:
    service, today = lay(), timezone.localdate()
    do(steward, "due", service, "verify", method="called", on=today.isoformat())
    found = Verification.objects.all()
    assert {v.field for v in found} == {"phone", "hours", "eligibility", "cost"}
    assert {(v.method, v.role, v.verified_by) for v in found} == {("called", "steward", user)}
    assert Service.objects.get().assured_date == today
    assert names(steward, "due") == set()


def test_only_what_was_checked_is_marked(steward: Client) -> None:
    service = lay()
    do(steward, "due", service, "verify", method="web", on="2026-11-01", checked=["cost"])
    assert [v.field for v in Verification.objects.all()] == ["cost"]
    assert names(steward, "due") == {"Lantern"}


@pytest.mark.parametrize(
    "fields",
    [
        {"method": "called", "on": ""},
        {"method": "called", "on": "2999-01-01"},
        {"method": "source"},
    ],
)
def test_a_check_needs_a_way_and_a_day(steward: Client, fields: dict[str, str]) -> None:
    do(steward, "due", lay(), "verify", **{"on": "2026-11-01"} | fields)
    assert not Verification.objects.exists()


def test_a_status_is_set_and_stands_in_the_history(steward: Client, user: Any) -> None:
    service = lay()
    do(steward, "due", service, "status", status="temporarily closed")
    assert Service.objects.get().status == "temporarily closed"
    assert [r.user for r in service.revisions.order_by("pk")] == [None, user]


def test_links_are_sent_to_mailboxes(steward: Client, user: Any) -> None:
    one, two, none = (
        lay(name, email=email)
        for name, email in (("One", "a@b.example"), ("Two", "A@b.example"), ("None", ""))
    )
    data = {"row": [one.pk, two.pk, none.pk], "do": "send"}
    page = steward.post(url("due"), data, follow=True)
    assert len(mail.outbox) == 1 and "Done for 2 rows." in page.content.decode()
    assert "1 listing has no e-mail address" in page.content.decode()
    assert {(link.service, link.sent_by) for link in ProviderLink.objects.all()} == {
        (one, user),
        (two, user),
    }
    page = do(steward, "due", none, "send")
    assert "has an e-mail address" in page.content.decode()
    do(steward, "contacts", one, "send")
    assert len(mail.outbox) == 2


def test_a_tab_counts_the_contacts_that_it_lists(steward: Client) -> None:
    for name, state in (("One", "broken"), ("Two", "unsure"), ("Three", "works")):
        lay(name).contact_checks.update(state=state)
    context = steward.get(url("contacts")).context
    (count,) = [count for _url, _label, count, here in context["tabs"] if here]
    assert len(context["rows"]) == count == 2


@pytest.mark.parametrize("state", ["fixed", "dismissed"])
def test_reports_are_closed(steward: Client, state: str) -> None:
    service = lay()
    do(steward, "reports", service, state)
    kept = ProblemReport.objects.get()
    assert kept.state == state and kept.closed_at is not None
    assert names(steward, "reports") == set()


def test_a_number_that_bounces_is_marked(steward: Client) -> None:
    do(steward, "reports", lay(), "bounces")
    check = ContactCheck.objects.get(kind="phone")
    assert (check.state, check.detail, check.value) == ("broken", "bounces", "303-555-0101")


def test_a_link_that_works_after_all_leaves_the_list(steward: Client) -> None:
    service = lay()
    do(steward, "contacts", service, "works")
    assert ContactCheck.objects.get().failures == 0 and names(steward, "contacts") == set()


def test_reports_wait_under_a_clock_dangerous_ones_first(steward: Client) -> None:
    old, danger = lay("Old"), lay("Danger")
    ProblemReport.objects.filter(service=danger).update(kind="unsafe")
    now = timezone.now()
    ProblemReport.objects.filter(service=old).update(created_at=now - timedelta(days=2))
    rows = steward.get(url("reports")).context["rows"]
    assert [row["service"].name for row in rows] == ["Danger", "Old"]
    assert not any(row["clock"].late for row in rows)
    ProblemReport.objects.update(created_at=now - timedelta(days=9))
    page = steward.get(url("reports"))
    assert page.content.decode().count("too long") == 2


@pytest.mark.parametrize(
    "data",
    [
        {"do": "nonsense"},
        {"do": "fixed"},
        {"do": "status", "status": "nonsense"},
        {"do": "verify", "method": "called", "on": "yesterday"},
        {"do": "assign", "steward": "0"},
        {},
    ],
)
def test_what_cannot_be_done_does_nothing(steward: Client, data: dict[str, str]) -> None:
    service = lay()
    response = steward.post(url("due"), {"row": service.pk} | data)
    assert response.status_code == 400
    assert Service.objects.get().status == "active" and not Verification.objects.exists()


@pytest.mark.parametrize("row", ["", "x", "0", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize("tab", TABS)
def test_a_row_that_is_not_there_does_nothing(steward: Client, tab: str, row: str) -> None:
    lay()
    page = steward.post(url(tab), {"row": row, "do": "assign"}, follow=True)
    assert page.status_code == 400 and "tick the rows first" in page.content.decode()


def test_one_listing_is_checked_on_its_page(steward: Client, user: Any) -> None:
    service = lay(email="a@b.example", eligibility_description="Adults of the county")
    said = "Adults of the county"
    page = reverse("directory_desk:verify", args=[service.pk])
    html = steward.get(page).content.decode()
    assert "a@b.example" in html
    assert re.findall(r"<input[^>]* checked", html) == [], "a steward says what was found right"
    assert f"<td>{said}</td>" in html, "beside what the listing says"
    assert "Check: Lantern" in title(html)
    assert "Desk: Problem reports" in title(steward.get(url("reports")).content.decode())
    bad = steward.post(page, {"checked": ["phone"], "method": "called", "on": "2999-01-01"})
    assert bad.status_code == 400 and "today or earlier" in bad.content.decode()
    steward.post(page, {"checked": ["phone"], "method": "visited", "on": "2026-11-01"})
    kept = Verification.objects.get()
    assert (kept.field, kept.method, kept.verified_by) == ("phone", "visited", user)
    steward.post(page, {"send": "1"})
    link = ProviderLink.objects.get()
    assert Client().get(path_of(link, "en")).status_code == 200
    steward.post(reverse("directory_desk:revoke", args=[link.pk]))
    assert Client().get(path_of(link, "en")).status_code == 410
    assert "taken back" in steward.get(page).content.decode()


@pytest.mark.parametrize(
    ("set_up", "words"), [(False, "No mail server is set up"), (True, "did not take every mail")]
)
def test_a_link_that_no_mail_carries_is_shown(
    steward: Client, settings: Settings, set_up: bool, words: str
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.OPENDOOR_MAIL_SET_UP = set_up
    service = lay(email="a@b.example")
    page = reverse("directory_desk:verify", args=[service.pk])
    told = steward.post(page, {"send": "1"}, follow=True).content.decode()
    assert words in told and path_of(ProviderLink.objects.get(), "en") in told
    assert ("OPENDOOR_EMAIL_URL" in told) is not set_up
    listed = steward.post(url("due"), {"row": str(service.pk), "do": "send"}, follow=True)
    assert words in listed.content.decode()


def title(page: str) -> str:
    return page.split("<title>")[1].split("</title>")[0]


def test_ticks_and_choices_stay_when_nothing_was_done(steward: Client, user: Any) -> None:
    service = lay()
    lay("Other")
    data = {"row": service.pk, "do": "status", "status": "", "steward": user.pk}
    response = steward.post(url("due"), data)
    page = response.content.decode()
    assert response.status_code == 400 and "Choose a status." in page
    assert re.findall(r'value="([^"]+)" checked', page) == [str(service.pk)]
    assert f'<option value="{user.pk}" selected>' in page


def test_the_enter_key_does_nothing(steward: Client) -> None:
    """A form's first button is what Enter presses."""
    for tab in TABS:
        lay(tab.title())
        form = steward.get(url(tab)).content.decode().split('<form method="post" action="?')[1]
        first = re.search(r"<button[^>]*>", form)
        assert first is not None and 'name="do" value="" hidden' in first[0]
        assert "press one of the buttons below" in steward.post(url(tab), {"do": ""}).text


def test_the_name_opens_what_the_list_is_about(steward: Client) -> None:
    service = lay()
    answer = reverse("directory_desk:answer", args=[service.provider_answers.get().pk])
    edit = reverse("directory_services:edit", args=[service.pk])
    for tab in TABS:
        opens = answer if tab == "answers" else edit
        assert f'<a href="{opens}"><b>Lantern</b></a>' in steward.get(url(tab)).content.decode()
    assert edit in steward.get(url("answers")).content.decode()


def test_a_report_says_by_when_it_wants_an_answer(steward: Client) -> None:
    lay()
    ProblemReport.objects.update(created_at=datetime(2026, 11, 20, 19, tzinfo=UTC))  # a Friday
    assert "to answer by 11/25/2026 noon" in steward.get(url("reports")).content.decode()
    report = ProblemReport.objects.get()
    page = reverse("directory_reports:edit", args=[report.pk])
    assert "to answer by 11/25/2026 noon" in steward.get(page).content.decode()
    report.state = "fixed"
    report.save()
    closed = steward.get(page).content.decode()
    assert "Closed after" in closed and "to answer by" not in closed
