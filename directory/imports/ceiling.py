"""Memory stays flat however long an import is."""

from django.conf import settings
from django.db import reset_queries


def forget_queries() -> None:
    """With DEBUG, Django keeps the text of every query: of a long import, gigabytes."""
    if settings.DEBUG:
        reset_queries()
