"""The first pages of an empty site, in every language, so that `migrate` alone gives a working one.

Done with the models as they are (after migrations, not in one), so that no migration has to know
how pages are built. A tree that has a home page is never touched.
"""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Collection, Locale, Page, Site

from opendoor.accounts.groups import grant_groups
from opendoor.events.models import EventIndexPage
from opendoor.pages.models import GlossaryPage, HomePage, NewsIndexPage, ProgrammeIndexPage


def after_migrate(using: str = DEFAULT_DB_ALIAS, plan: Any = None, **kwargs: Any) -> None:
    """Receives `post_migrate`. A partial migration (`migrate pages 0001`) plants nothing."""
    if using != DEFAULT_DB_ALIAS or (plan is not None and _is_behind(using)):
        return
    plant()
    grant_groups()


def _is_behind(using: str) -> bool:
    executor = MigrationExecutor(connections[using])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@transaction.atomic
def plant() -> HomePage:
    """The home page of the first language; made, with all it needs, when there is none."""
    codes = [code for code, name in settings.LANGUAGES]
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in codes]
    home = HomePage.objects.filter(locale=locales[0]).first()
    if home is None:
        Collection.get_first_root_node() or Collection.add_root(name="Root")
        root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
        home = _plant_tree(root, locales[0], None)
        _point_site_at(home)
        for locale in locales[1:]:
            _plant_tree(root, locale, home)
    return home


def _plant_tree(root: Page, locale: Locale, source: HomePage | None) -> HomePage:
    """Home and the pages below it in one language; translations of `source`'s, if given."""
    sources = (source, *source.get_children().specific()) if source else ()
    keys = {type(page): page.translation_key for page in sources}
    with override(locale.language_code):
        pages = _first_pages()
    for page in pages:
        page.locale = locale
        page.translation_key = keys.get(type(page), page.translation_key)
    home, *children = pages
    home.slug = f"home-{locale.language_code}"
    _add(root, home)
    for child in children:
        _add(home, child)
    return home


def _first_pages() -> list[Any]:
    """Home first. Addresses are the same in every language, so that the menu finds them."""
    return [
        HomePage(
            title="Open Door",
            heading=_("Find help near you"),
            lead=_("Mental-health help, close to home: who to call, where to go, what it costs."),
        ),
        ProgrammeIndexPage(
            title=_("Programmes"),
            slug="programmes",
            show_in_menus=True,
            lead=_("Who comes when someone is in a crisis, and how you reach them."),
        ),
        EventIndexPage(
            title=_("Events"),
            slug="events",
            show_in_menus=True,
            lead=_("Come and meet the people who do this work."),
        ),
        NewsIndexPage(title=_("News"), slug="news", show_in_menus=True),
        GlossaryPage(
            title=_("Glossary"), slug="glossary", lead=_("What the words on this site mean.")
        ),
    ]


def _add(parent: Page, page: Page) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()


def _point_site_at(home: HomePage) -> None:
    """The default site shows our home; Wagtail's welcome page, if it is there, makes way."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page = home
    site.site_name = "Open Door"
    site.save()
    if welcome is not None and welcome.specific_class is Page and welcome.is_leaf():
        Page.objects.get(pk=welcome.pk).delete()
