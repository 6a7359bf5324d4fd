"""What every template knows: the publisher, the crisis line, this page in the other language."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, get_language_info

from opendoor.crisis import local_line

if TYPE_CHECKING:
    from opendoor.pages.models import SiteProfile


PROFILE_SECONDS = 30  # how long a change of the profile may take to show in every process


def profile_for(request: HttpRequest) -> "SiteProfile":
    """The publisher's profile, kept for half a minute; its defaults when the database is away."""
    kept: SiteProfile | None = getattr(request, "_site_profile", None)
    if kept is None:
        kept = _cached_profile(request)
        request._site_profile = kept  # type: ignore[attr-defined]
    return kept


def _cached_profile(request: HttpRequest) -> "SiteProfile":
    from opendoor.pages.models import SiteProfile

    try:
        key = f"site-profile:{request.get_host()}"
        kept: SiteProfile | None = cache.get(key)
        if kept is None:
            kept = SiteProfile.for_request(request)
            cache.set(key, kept, PROFILE_SECONDS)
    except (DatabaseError, DisallowedHost):
        return SiteProfile()
    return kept


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """One entry a language: code, its own name, this page's address in it, whether it is current.

    A page that was posted is offered at its bare address: a search is never put into a link.
    `translated` is false where a page of the CMS has no translation (opendoor.pages.translations).
    """
    # as typed it could lead to another site: //elsewhere or /\\elsewhere
    address = escape_leading_slashes(escape_uri_path(request.path))
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(address, code),
            "current": code == get_language(),
            "translated": True,
        }
        for code, _ in settings.LANGUAGES
    ]


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every template (see docs/architecture.md)."""
    return {
        "profile": profile_for(request),
        "local_crisis_line": local_line(),
        "languages": languages(request),
    }
