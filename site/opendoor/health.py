"""For load balancers and robots."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from directory.geocoding import gazetteer_ready
from directory.search.engines import public_engine
from directory.search.interface import SearchError
from opendoor.context import profile_for

NO_ROBOTS = ("/cms/", "/api/", "/directory/?", "/es/directory/?")


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def _database() -> bool:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _index() -> bool:
    try:
        public_engine().terms()  # opens the current file; a search would read all of it
    except SearchError:
        return False
    return True


def ready(request: HttpRequest) -> JsonResponse:
    """Whether the parts a search needs are there: 200, or 503 with what is missing."""
    parts = {"database": _database(), "index": _index(), "geocoder": gazetteer_ready()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines stay out of a demonstration, and out of searches everywhere."""
    closed = ["/"] if profile_for(request).demonstration else NO_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
