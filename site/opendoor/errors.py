"""Error pages that keep the way to help in sight, whatever has failed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from opendoor.crisis import local_line


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not there: says so, and where to go."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without database, session or request, since any of them may be what failed."""
    html = render_to_string("500.html", {"local_crisis_line": local_line()})
    return HttpResponse(html, status=500)
