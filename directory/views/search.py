"""The search page: one form, its results on the same address.

It posts, so that neither a need nor a place stands in the address; GET with the same names works
too. No cookie, hence no CSRF token: a search changes nothing. Answers may be kept by the browser
that asked (never `no-store`), so that Back shows them again.
"""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.choices import DEFAULT_KM, Choices, radii
from directory.forms import SearchForm
from directory.mapdata import map_data
from directory.results import Results, given_by, results
from directory.search.engines import public_engine
from directory.search.interface import FILTERS, SearchError

RETRY_AFTER = "60"  # seconds


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form alone, or the form and what was found."""
    given = given_by(request.POST if request.method == "POST" else request.GET)
    bare = request.method != "POST" and not given
    if not given.get("radius_km"):
        given["radius_km"] = DEFAULT_KM  # a round number of miles, for the list and the map alike
    form = SearchForm(given)
    language = (get_language() or "en").split("-")[0]
    try:
        if bare:
            return _render(request, form, given, Choices(public_engine().terms(), language))
        if not form.is_valid():
            return _render(
                request, form, given, Choices(public_engine().terms(), language), status=400
            )
        return _found(request, form, results(form, given, language, timezone.now()))
    except SearchError:
        response = render(request, "directory/unavailable.html", status=503)
        response["Retry-After"] = RETRY_AFTER
        return response


def _found(request: HttpRequest, form: SearchForm, found: Results) -> HttpResponse:
    show_map = found.given.get("view") == "map"
    context = {"results": found, "show_map": show_map}
    if show_map:
        context["map_data"] = map_data(found)
    return _render(request, form, found.given, found.choices, context)


def _render(
    request: HttpRequest,
    form: SearchForm,
    given: QueryDict,
    choices: Choices,
    more: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    cleaned = getattr(form, "cleaned_data", {})
    radius = f"{cleaned['radius_km']:g}" if cleaned.get("radius_km") else ""
    chosen = {name: given.getlist(name) for name in FILTERS}
    folded = [given.get(name) for name in (*FILTERS, "open", "telehealth") if name != "need"]
    context = {
        "form": form,
        "chosen": chosen,
        "refined": any(folded),
        "choices": choices,
        "radii": radii(radius),
        "radius": radius or DEFAULT_KM,
        **(more or {}),
    }
    response = render(request, "directory/search.html", context, status=status)
    patch_cache_control(response, private=True, max_age=0)
    return response
