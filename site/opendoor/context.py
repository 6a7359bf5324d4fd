"""What every template knows: the publisher, the crisis line, this page in the other language."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from opendoor.crisis import local_line


def profile_for(request: HttpRequest) -> Any:
    """The publisher's profile, once a request; its defaults when the database is away."""
    from opendoor.pages.models import SiteProfile

    kept = getattr(request, "_site_profile", None)
    if kept is None:
        try:
            kept = SiteProfile.for_request(request)
        except DatabaseError:
            kept = SiteProfile()
        request._site_profile = kept  # type: ignore[attr-defined]
    return kept


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """One entry a language: code, its own name, this page's address in it, whether it is current.

    A page that was posted is offered at its bare address: a search is never put into a link.
    """
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(request.path, code),
            "current": code == get_language(),
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
