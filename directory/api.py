"""`/api/search`: the search for machines (docs/api.md). It sets no cookie and needs no database."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone, translation
from django.utils.translation import get_language, get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from directory.forms import SearchForm
from directory.geocoding.interface import GeocodingError, Place
from directory.hours import opening_at
from directory.search.engines import public_engine
from directory.search.interface import Hit, SearchError, SearchPage
from directory.search.interpret import Asked, Interpretation, interpret

MAX_BODY = 20_000
NATIONAL_LINES = ("988|988", "911|911")  # "Name|number", as OPENDOOR_CRISIS_LINE


class BadBody(ValueError):
    """A body that is not an object of plain values."""


@csrf_exempt
def search(request: HttpRequest) -> JsonResponse:
    """GET with a query string, or POST with JSON or a form; in the language the asker prefers."""
    with translation.override(get_language_from_request(request)):
        return _respond(request)


def _respond(request: HttpRequest) -> JsonResponse:
    if request.method == "OPTIONS":
        return _open(JsonResponse({}))
    if request.method not in ("GET", "HEAD", "POST"):
        response = _problem({"method": _("This takes GET and POST.")}, 405)
        response["Allow"] = "GET, HEAD, POST, OPTIONS"
        return response
    try:
        form = SearchForm(_parameters(request), strict=True)
    except BadBody as error:
        return _problem({"body": str(error)}, 400)
    if not form.is_valid():
        errors = {name: " ".join(map(str, texts)) for name, texts in form.errors.items()}
        return _problem(errors, 400)
    return _answer(form.asked())


def _answer(asked: Asked) -> JsonResponse:
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    try:
        meaning = interpret(asked, language)
        page = public_engine().search(meaning.query)
        labels = {(t.filter, t.code): t.label(language) for t in public_engine().terms()}
    except (SearchError, GeocodingError):
        message = _("The search is away. These lines are not: 988, 911.")
        response = _problem({"search": message}, 503)
        response["Retry-After"] = "30"
        return response
    return _open(JsonResponse(_page(meaning, page, labels)))


def _parameters(request: HttpRequest) -> QueryDict:
    if request.method != "POST":
        return request.GET
    if request.content_type != "application/json":
        return request.POST
    if len(request.body) > MAX_BODY:
        raise BadBody(_("This takes at most %(size)s bytes.") % {"size": MAX_BODY})
    try:
        values = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise BadBody(_("This takes JSON.")) from None
    return _as_query(values)


def _as_query(values: Any) -> QueryDict:
    """A JSON object as parameters: a list is a parameter given several times, null none at all."""
    if not isinstance(values, dict):
        raise BadBody(_("This takes a JSON object with the names of the parameters."))
    query = QueryDict(mutable=True)
    for name, value in values.items():
        for single in value if isinstance(value, list) else [value]:
            if isinstance(single, dict | list):
                raise BadBody(
                    _("A value is text, a number, true, false, null, or a list of these.")
                )
            if single is not None:
                query.appendlist(name, str(single))
    return query


def _page(
    meaning: Interpretation, page: SearchPage, labels: dict[tuple[str, str], str]
) -> dict[str, Any]:
    return {
        "interpreted": _interpreted(meaning),
        "crisis": meaning.crisis,
        "total": page.total,
        "page": page.page,
        "did_you_mean": None,
        "engine": page.engine,
        "as_of": page.as_of.isoformat().replace("+00:00", "Z"),
        "nearest_only": page.nearest_only,
        "hits": [_hit(hit, meaning, page) for hit in page.hits],
        "facets": {
            name: [
                {"code": f.code, "label": labels.get((name, f.code), f.code), "count": f.count}
                for f in counted
            ]
            for name, counted in page.facets.items()
        },
        "clusters": [
            {"lat": round(c.lat, 6), "lon": round(c.lon, 6), "count": c.count}
            | {"bbox": [c.bbox.west, c.bbox.south, c.bbox.east, c.bbox.north]}
            for c in page.clusters
        ],
    }


def _interpreted(meaning: Interpretation) -> dict[str, Any]:
    query, place = meaning.query, meaning.place
    return {
        "text": meaning.text,
        "place": {
            "label": place.label if place else None,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "ambiguous": [_choice(choice) for choice in meaning.ambiguous],
            "unknown": meaning.place_unknown,
        },
        "filters": {
            **{name: list(codes) for name, codes in query.filters.items()},
            **({"telehealth": True} if query.telehealth else {}),
            **({"accepts_drop_off": True} if query.accepts_drop_off else {}),
            **({"open": query.open_at.isoformat()} if query.open_at else {}),
        },
    }


def _choice(place: Place) -> dict[str, Any]:
    return {"label": place.label, "lat": place.lat, "lon": place.lon}


def _hit(hit: Hit, meaning: Interpretation, page: SearchPage) -> dict[str, Any]:
    document = hit.document
    moment = meaning.query.open_at or timezone.now()
    opening = opening_at(document.availability, document.intervals, moment)
    return {
        "id": document.id,
        "service_id": document.service_id,
        "location_id": document.location_id,
        "name": document.name,
        "organization": document.organization,
        "codes": list(document.codes),
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 3),
        "serves_place": _serves(hit, meaning, page),
        "open": opening.state,
        "opens_at": opening.opens_at.isoformat() if opening.opens_at else None,
        "closes_at": opening.closes_at.isoformat() if opening.closes_at else None,
        "lat": document.lat,
        "lon": document.lon,
        "phone": document.phone or None,
        "url": document.url,
        "verified_on": document.verified_on,
        "others": hit.others,
    }


def _serves(hit: Hit, meaning: Interpretation, page: SearchPage) -> bool | None:
    """Within the radius, or by phone; None when no place was asked for."""
    if meaning.place is None:
        return None
    return hit.distance_km is None or not page.nearest_only


def _problem(errors: dict[str, str], status: int) -> JsonResponse:
    body: dict[str, Any] = {"errors": errors}
    if status == 503:
        body["crisis_lines"] = _crisis_lines()
    return _open(JsonResponse(body, status=status))


def _crisis_lines() -> list[dict[str, str]]:
    """From settings alone: they stand when all else is down."""
    lines = [*NATIONAL_LINES, getattr(settings, "OPENDOOR_CRISIS_LINE", "")]
    pairs = [line.partition("|") for line in lines if line]
    return [{"name": name.strip(), "number": number.strip()} for name, _bar, number in pairs]


def _open(response: JsonResponse) -> JsonResponse:
    """Readable from any site's pages; kept by the asker alone, and not for long."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    fresh = "private, max-age=60" if response.status_code == 200 else "no-cache"
    response["Cache-Control"] = fresh
    response["Vary"] = "Accept-Language"
    return response
