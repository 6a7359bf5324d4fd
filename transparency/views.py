"""The record as the public reads it: no cookie, and an ETag on every answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, conditional_page, require_safe

from transparency import charts
from transparency.exports import to_json
from transparency.models import Release
from transparency.presentation import Finding, Reading, by_place
from transparency.release import figure_of


def _release(slug: str, number: int | None) -> Release:
    """The version asked for, or the newest; with its bytes, in one query."""
    releases = Release.objects.public().filter(dataset__slug=slug).select_related("dataset")
    release = (releases if number is None else releases.filter(number=number)).first()
    if release is None:
        raise Http404
    return release


@require_safe
@cache_control(no_cache=True)
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    """Every dataset with its newest finding."""
    releases = Release.objects.latest_of_each().order_by("dataset__title")
    context = {"findings": by_place(Finding.of(release) for release in releases)}
    return render(request, "transparency/index.html", context)


@require_safe
@cache_control(no_cache=True)
@conditional_page
def dataset(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """A version of a dataset: what it found, chart, table, and how it was measured."""
    release = _release(slug, number)
    versions = list(Release.objects.public().filter(dataset=release.dataset_id).light())
    context = page_context(request, release, versions) | {"crumbs": _crumbs(release, number)}
    return render(request, "transparency/dataset.html", context)


def page_context(request: HttpRequest, release: Release, versions: list[Release]) -> dict[str, Any]:
    """What the page of a version shows; the CMS previews a draft with the same."""
    return {
        "reading": Reading.of(release),
        "release": release,
        "versions": versions,
        "newest": versions[0],
        "is_newest": release.number == versions[0].number,
        "latest_url": request.build_absolute_uri(release.dataset.get_absolute_url()),
        "permanent_url": request.build_absolute_uri(release.get_absolute_url()),
    }


def _crumbs(release: Release, number: int | None) -> list[dict[str, str]]:
    home = [{"title": _("The record"), "url": reverse("transparency:index")}]
    title = str(release.schema.title)
    if number is None:
        return [*home, {"title": title, "url": ""}]
    latest = {"title": title, "url": release.dataset.get_absolute_url()}
    version = _("Version %(number)s") % {"number": number}
    return [*home, latest, {"title": version, "url": ""}]


def _tag(request: HttpRequest, slug: str, number: int | None = None) -> str | None:
    releases = Release.objects.public().filter(dataset__slug=slug)
    chosen = releases if number is None else releases.filter(number=number)
    found = chosen.values_list("sha256", flat=True).first()
    return f'"{found}"' if found else None


@require_safe
@cache_control(no_cache=True)
@condition(etag_func=_tag)
def data_csv(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The bytes of the release, as they were stored and hashed; the ETag is their hash."""
    release = _release(slug, number)
    response = HttpResponse(bytes(release.content), content_type="text/csv; charset=utf-8")
    return _attached(response, release, "csv")


@require_safe
@cache_control(no_cache=True)
@conditional_page
def data_json(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """The same figure with its definitions."""
    release = _release(slug, number)
    return HttpResponse(to_json(figure_of(release)), content_type="application/json")


@require_safe
@cache_control(no_cache=True)
@conditional_page
def chart_svg(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The chart alone, with its title, source and version inside."""
    release = _release(slug, number)
    drawing = charts.standalone(figure_of(release))
    return _attached(HttpResponse(drawing, content_type="image/svg+xml"), release, "svg")


def _attached(response: HttpResponse, release: Release, ending: str) -> HttpResponse:
    """A file that still says which version it is once it has been saved."""
    name = f"{release.dataset.slug}-v{release.number}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
