"""The menus: the two products, and the pages that staff mark "Show in menus"."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from opendoor.pages.translations import home_url

register = template.Library()
UNDER_HOME = 3  # the depth of the pages below a home page


@dataclass(frozen=True)
class Link:
    """An entry of a menu."""

    title: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> list[Link]:
    """Find help first; the record third, beside the programmes that it measures."""
    request = context.get("request")
    links = [_page_link(page, request) for page in _pages(request) if page.show_in_menus]
    links.insert(0, _link(_("Find help"), "directory/", request))
    links.insert(2, _link(_("The record"), "transparency/", request))
    return links


@register.simple_tag(takes_context=True)
def other_pages(context: dict[str, Any]) -> list[Link]:
    """For the foot of a page: what stands below the home page and not in the main menu."""
    request = context.get("request")
    return [_page_link(page, request) for page in _pages(request) if not page.show_in_menus]


def _pages(request: HttpRequest | None) -> list[Page]:
    """One query a request. When the database is away the menu keeps the two products."""
    kept: list[Page] | None = getattr(request, "_menu_pages", None)
    if kept is None:
        language = get_language() or settings.LANGUAGE_CODE
        pages = Page.objects.live().filter(depth=UNDER_HOME, locale__language_code=language)
        try:
            kept = list(pages)
        except DatabaseError:
            kept = []
        if request is not None:
            request._menu_pages = kept  # type: ignore[attr-defined]
    return kept


def _page_link(page: Page, request: HttpRequest | None) -> Link:
    return _made(page.title, page.get_url(request) or "", request)


def _link(title: str, path: str, request: HttpRequest | None) -> Link:
    return _made(title, home_url(get_language() or settings.LANGUAGE_CODE) + path, request)


def _made(title: str, url: str, request: HttpRequest | None) -> Link:
    current = bool(url) and request is not None and request.path.startswith(url)
    return Link(title, url, current)
