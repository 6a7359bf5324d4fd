"""Lists a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20


def page_of(rows: Any, request: HttpRequest, per_page: int = PER_PAGE) -> Page[Any]:
    """The part of a list that ?page= asks for; the nearest when it asks for what is not there."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
