"""What communications staff can do in the CMS, and what they cannot."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from opendoor.accounts.groups import COMMUNICATIONS, DOCUMENTS, IMAGES, PAGES, grant_groups
from opendoor.accounts.models import User
from opendoor.events.models import EventIndexPage
from opendoor.pages.models import NewsIndexPage, NewsPage, ProgrammeIndexPage
from tests.pages import trees

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    """Signed in as a member of Communications and nothing else."""
    trees.home()
    grant_groups()
    user = User.objects.create_user("comms", password="a-long-password-1")
    user.groups.add(Group.objects.get(name=COMMUNICATIONS))
    client.force_login(user)
    return client


def news_form(title: str) -> dict[str, str]:
    return nested_form_data(
        {
            "title": title,
            "slug": "news-by-form",
            "date": "2026-11-24",
            "author_role": "Communications office",
            "lead": "It starts on Monday.",
            "body": streamfield([("text", rich_text("<p>Come.</p>"))]),
            "action-publish": "1",
        }
    )


def test_staff_write_and_publish(staff: Client) -> None:
    parent = trees.index(NewsIndexPage)
    url = reverse("wagtailadmin_pages:add", args=["pages", "newspage", parent.pk])
    assert staff.get(url).status_code == 200
    response = staff.post(url, news_form("Written by form"))
    assert response.status_code == 302
    page = NewsPage.objects.get(title="Written by form")
    assert page.live
    assert "Come." in staff.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("app", "model", "index"),
    [
        ("pages", "newspage", NewsIndexPage),
        ("pages", "programmepage", ProgrammeIndexPage),
        ("events", "eventpage", EventIndexPage),
    ],
)
def test_a_new_page_takes_its_address_from_its_title(
    staff: Client, app: str, model: str, index: type[Page]
) -> None:
    url = reverse("wagtailadmin_pages:add", args=[app, model, trees.index(index).pk])
    assert 'data-w-sync-target-value="#id_slug"' in staff.get(url).content.decode()


@pytest.mark.parametrize("kind", ["programme", "event", "news", "home"])
def test_every_editor_opens(staff: Client, kind: str) -> None:
    page = {
        "programme": trees.add_programme,
        "event": trees.add_event,
        "news": trees.add_news,
        "home": trees.home,
    }[kind]()
    assert staff.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("kind", ["programme", "event", "news", "home"])
def test_a_draft_is_previewed_in_the_cms(staff: Client, kind: str) -> None:
    page = {
        "programme": trees.add_programme,
        "event": trees.add_event,
        "news": trees.add_news,
        "home": trees.home,
    }[kind]()
    page.title = page.heading = "Draft words"
    page.save_revision()
    response = staff.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert "Draft words" in response.content.decode()
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "Draft words" not in staff.get(page.url).content.decode()


def test_the_editor_shows_what_is_being_typed_in_a_frame_of_its_own(staff: Client) -> None:
    page = trees.add_news("As it was")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert staff.post(url, news_form("As it will be")).json()["is_valid"]
    response = staff.get(url)
    assert "As it will be" in response.content.decode()
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_programme_is_previewed_before_it_was_ever_saved(staff: Client) -> None:
    organization = trees.add_partner(trees.add_programme("Other team"), "Lighthouse")
    parent = trees.index(ProgrammeIndexPage)
    url = reverse("wagtailadmin_pages:preview_on_add", args=["pages", "programmepage", parent.pk])
    form = nested_form_data(
        {
            "title": "Brand new team",
            "slug": "brand-new-team",
            "kind": "integrated-unit",
            "who_responds": rich_text("<p>Clinicians.</p>"),
            "how_reached": rich_text(""),
            "what_happens": rich_text(""),
            "protocol": streamfield([]),
            "body": streamfield([]),
            "partners": inline_formset([{"organization": organization.pk, "part": "Leads."}]),
            "figures": inline_formset([{"dataset": trees.add_dataset().pk}]),
        }
    )
    assert staff.post(url, form).json()["is_valid"]
    html = staff.get(url).content.decode()
    assert "Brand new team" in html
    assert "Lighthouse" in html
    assert "In 2024 the team answered 1,204 calls." in html


def test_staff_do_not_manage_people_or_the_site(staff: Client) -> None:
    for name in ("wagtailusers_users:index", "wagtailsites:index", "wagtaillocales:index"):
        assert staff.get(reverse(name)).status_code == 302
    profile = reverse("wagtailsettings:edit", args=["pages", "siteprofile"])
    assert staff.get(profile).status_code == 302


def test_staff_choose_from_the_products_without_a_right_to_change_them(staff: Client) -> None:
    trees.add_partner(trees.add_programme(), "Lighthouse")
    trees.add_dataset()
    organizations = staff.get(reverse("directory_organization_chooser:choose"))
    assert "Lighthouse" in organizations.json()["html"]
    datasets = staff.get(reverse("dataset_chooser:choose"))
    assert "Calls of the team" in datasets.json()["html"]
    user = User.objects.get(username="comms")
    assert not user.has_perm("directory.change_organization")
    assert not user.has_perm("transparency.change_dataset")


def test_communications_holds_every_right_it_is_meant_to() -> None:
    group = Group.objects.get(name=COMMUNICATIONS)
    pages = group.page_permissions.values_list("permission__codename", flat=True)
    files = group.collection_permissions.values_list("permission__codename", flat=True)
    other = group.permissions.values_list("codename", flat=True)
    assert set(pages) == set(PAGES)
    assert set(files) == {*IMAGES, *DOCUMENTS}
    assert set(other) == {"access_admin", "submit_translation"}


def test_a_group_that_was_changed_is_left_alone() -> None:
    group = Group.objects.get(name=COMMUNICATIONS)
    group.page_permissions.all().delete()
    grant_groups()
    assert not group.page_permissions.exists()


def test_staff_approve_what_somebody_without_the_right_to_publish_hands_in(staff: Client) -> None:
    """Wagtail's Editors hand in; nobody but an approver may then touch the page."""
    page = trees.add_news("A new team")
    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get(name="Editors"))
    page.title = "A better team"
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    task = page.current_workflow_task_state
    decide = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    staff.post(decide)
    page.refresh_from_db()
    assert (page.title, page.live) == ("A better team", True)
