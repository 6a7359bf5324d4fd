"""The addresses of the API. None writes, asks for a session or sets a cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from directory.ceiling import Ceiling
from directory.guard import client_address
from directory.hsds_api import answers, pages
from directory.hsds_api.accepting import accepted
from directory.hsds_api.answers import json_answer, opened, problem, stream
from directory.hsds_api.asking import Asked, BadRequest, asked
from directory.hsds_api.openapi import document
from directory.hsds_api.resources import Resource
from directory.models import Service
from directory.models.record import Record
from directory.records.binding import MODELS
from directory.records.shown import PUBLIC

VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/en/3.1/"
CEILING = Ceiling(each=300, all=3_000, seconds=60)
STREAMS = Ceiling(each=10, all=100, seconds=60)  # each reads the whole directory
View = Callable[..., HttpResponseBase]
GONE = (Service.Status.INACTIVE, Service.Status.DEFUNCT)


def _api(methods: tuple[str, ...]) -> Callable[[View], View]:
    """What all addresses share: methods, the ceiling, errors as JSON, who may read."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return opened(request, _answered(view, methods, request, *args, **kwargs))

        return answer

    return decorate


def _answered(
    view: View, methods: tuple[str, ...], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        response = HttpResponse(status=204, headers={"Allow": ", ".join(methods)})
        del response["Content-Type"]
        return response
    if request.method not in methods:
        response = problem(405, _("This takes %(methods)s.") % {"methods": ", ".join(methods)})
        response["Allow"] = ", ".join(methods)
        return response
    if not CEILING.admits(client_address(request)):
        return _too_many(CEILING)
    try:
        return view(request, *args, **kwargs)
    except BadRequest as bad:
        detail = _("Some parameters cannot be used.")
        return problem(bad.status, detail, bad.errors)


def _too_many(ceiling: Ceiling) -> HttpResponse:
    response = problem(429, _("Too many requests. Ask again in a minute."))
    response["Retry-After"] = str(ceiling.seconds)
    return response


READING = ("GET", "HEAD", "OPTIONS")
ASKING = ("GET", "HEAD", "POST", "OPTIONS")


@_api(READING)
def index(request: HttpRequest) -> HttpResponseBase:
    """What this is."""
    asked(request, ())
    content = {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
    }
    return json_answer(request, content)


@_api(READING)
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The API told to programs."""
    return json_answer(request, document(request.build_absolute_uri(reverse("hsds:index"))))


@_api(READING)
def absent(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Below /hsds/ even what is not there is answered as programs read it."""
    return problem(
        404, _("There is no such address. See %(docs)s.") % {"docs": reverse("hsds-docs")}
    )


@_api(ASKING)
def several(request: HttpRequest, resource: Resource) -> HttpResponseBase:
    """A page of records, or all of them as a stream."""
    wanted = asked(request, resource.parameters)
    wants = wanted["format"] or accepted(request.headers.get("Accept", ""))
    if wants != "json" and not STREAMS.admits(client_address(request)):
        return _too_many(STREAMS)
    if wants == "ndjson":
        lines = pages.ndjson(resource, wanted)
        return stream(request, lines, answers.NDJSON, f"{resource.path}.ndjson")
    if wants == "csv":
        lines = pages.flat(resource, wanted)
        return stream(request, lines, answers.CSV, f"{resource.path}.csv")
    return json_answer(request, pages.page(resource, wanted))


@_api(READING)
def single(request: HttpRequest, resource: Resource, pk: str) -> HttpResponseBase:
    """One record with all that belongs to it."""
    wanted = asked(request, resource.one)
    try:
        given = UUID(pk)
    except ValueError:
        return problem(404, _("There is nothing with this id."))
    record = PUBLIC.of(resource.object).filter(pk=given).first()
    return _shown(request, resource, record, wanted) if record else _absent(resource, given)


def _shown(
    request: HttpRequest, resource: Resource, record: Record, wanted: Asked
) -> HttpResponseBase:
    content, changed = pages.one(resource, record, wanted)
    return json_answer(request, content, changed)


def _absent(resource: Resource, pk: UUID) -> HttpResponse:
    """410 for a service that is gone, or for one of its places; 404 for what nobody knows, and
    for what may come back.
    """
    known = MODELS[resource.object]._default_manager.filter(pk=pk).first()
    service = known if isinstance(known, Service) else getattr(known, "service", None)
    gone = isinstance(service, Service) and (
        service.set_aside_at or service.merged_into_id or service.status in GONE
    )
    if gone:
        return problem(410, _("This is no longer in the directory."))
    return problem(404, _("There is nothing with this id."))
