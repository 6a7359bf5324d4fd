"""`migrate` alone gives a working site; what staff have changed since is left alone."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from wagtail.models import Locale, Page, Site

from opendoor.pages.models import GlossaryPage, HomePage
from opendoor.planting import plant


@pytest.mark.django_db
def test_migrating_replaces_the_welcome_page() -> None:
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert {page.specific_class for page in Page.objects.filter(depth=2)} == {HomePage}
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "es"}


@pytest.mark.django_db
def test_planting_again_changes_nothing() -> None:
    GlossaryPage.objects.get(locale__language_code="es").delete()
    before = list(Page.objects.values_list("path", "title", "latest_revision"))
    plant()
    assert list(Page.objects.values_list("path", "title", "latest_revision")) == before


@pytest.mark.django_db
def test_migrating_again_keeps_a_renamed_home() -> None:
    home = HomePage.objects.get(locale__language_code="en")
    home.title = "Our door"
    home.save_revision().publish()
    call_command("migrate", verbosity=0)
    assert HomePage.objects.get(locale__language_code="en").title == "Our door"


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_is_planted_anew(client: Client) -> None:
    call_command("flush", interactive=False, verbosity=0)
    for url in ("/", "/es/", "/events/", "/es/news/"):
        assert client.get(url).status_code == 200


MENU = Template(
    "{% load navigation %}{% main_menu as links %}"
    "{% for l in links %}{{ l.title }}{% if l.current %}*{% endif %}|{% endfor %}"
)


def menu(path: str) -> str:
    return MENU.render(Context({"request": RequestFactory().get(path)}))


@pytest.mark.django_db
def test_the_menu_and_where_we_are_in_it() -> None:
    assert menu("/") == "Find help|Programmes|The record|Events|News|"
    assert menu("/programmes/night-team/") == "Find help|Programmes*|The record|Events|News|"
    assert menu("/transparency/") == "Find help|Programmes|The record*|Events|News|"


@pytest.mark.django_db
def test_staff_choose_what_stands_in_the_menu() -> None:
    GlossaryPage.objects.update(show_in_menus=True)
    assert menu("/") == "Find help|Programmes|The record|Events|News|Glossary|"


@pytest.mark.django_db
def test_the_menu_keeps_the_products_when_the_database_is_away() -> None:
    def away(*args: object) -> None:
        raise DatabaseError("away")

    with connection.execute_wrapper(away):
        assert menu("/") == "Find help|The record|"
