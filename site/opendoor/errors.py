"""Error pages that keep the way to help in sight, whatever has failed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from opendoor.crisis import local_line


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not there: says so, and where to go."""
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception, *, status: int = 400) -> HttpResponse:
    """What was sent cannot be taken. Drawn without the request: it may be what is wrong."""
    html = render_to_string("400.html", {"local_crisis_line": local_line()})
    return HttpResponse(html, status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not for this visitor."""
    return refused(request, exception, status=403)


def foreign_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or from one that was open for too long."""
    return refused(request, PermissionDenied(reason), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without database, session or request, since any of them may be what failed."""
    html = render_to_string("500.html", {"local_crisis_line": local_line()})
    return HttpResponse(html, status=500)
