"""A page in the other languages. Its address there may differ, so it is asked, not guessed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page


def language_links(page: Page, request: HttpRequest) -> list[dict[str, Any]]:
    """One entry a language, as `opendoor.context.languages` gives them, with `translated` besides.

    Without a live translation the entry leads to that language's home, never to a missing page.
    """
    urls = {page.locale.language_code: page.get_url(request)}
    for other in page.get_translations().live().select_related("locale"):
        urls[other.locale.language_code] = other.get_url(request)
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": urls.get(code) or home_url(code),
            "current": code == page.locale.language_code,
            "translated": bool(urls.get(code)),
        }
        for code, _ in settings.LANGUAGES
    ]


def home_url(code: str) -> str:
    """The home in a language, by the rule of the addresses (`i18n_patterns`), without a query."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
