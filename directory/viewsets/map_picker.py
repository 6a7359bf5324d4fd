"""A place picked on a map: typed, found from its address, clicked or dragged.

The map is Leaflet from django-leaflet's files over outlines that the site serves itself; an
address is looked up by the site's own finder. What it finds is shown beside the point that the
form holds and takes its place only when a person says so. Of a confidential place nothing is
asked and nothing shown.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel

from directory.area import site_area
from directory.basemap import outlines, overview
from directory.geocoding.finder import place_finder
from directory.geocoding.interface import GeocodingError, Place, PlaceAnswer
from directory.viewsets.map_words import EXACT, Point, apart, nearby

PARTS = ("address_1", "city", "state_province", "postal_code")
NOT_KEPT = ("csrfmiddlewaretoken", "latitude", "longitude", "place-of")


class MapPanel(Panel):
    """Stands below the fields `latitude` and `longitude`, which it fills in."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/map_picker.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(
                js=["leaflet/leaflet.js", "leaflet/leaflet.extras.js", "js/place-picker.js"],
                css={"all": ["leaflet/leaflet.css", "cms/listing-editor.css"]},
            )

        def is_shown(self) -> bool:
            return not self.instance.confidential

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            area = site_area()
            ground = {
                "outlines": outlines(),
                "overview": overview(),
                "area": [area.lat, area.lon, area.radius_km],
            }
            place = self.instance
            point = _point(place.latitude, place.longitude)
            of = "" if place._state.adding else place.pk
            return context | {"ground": ground, "of": of, "near": nearby(point) if point else ""}


@require_POST
def find_place(request: HttpRequest) -> HttpResponse:
    """Where the form's first address is: for the map's script, or as a page of its own whose
    buttons send the form on.
    """
    _for_stewards(request)
    found = _find(request.POST)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse(found)
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    context = found | {"form_address": _form_address(request.POST), "kept": kept}
    return render(request, "directory/admin/map_found.html", context)


@require_POST
def near_point(request: HttpRequest) -> JsonResponse:
    """What lies near the form's point, in words."""
    _for_stewards(request)
    point = None if request.POST.get("confidential") else _present(request.POST)
    return JsonResponse({"near": nearby(point) if point else ""})


def _for_stewards(request: HttpRequest) -> None:
    if not request.user.has_perm("directory.change_location"):
        raise PermissionDenied


def _form_address(data: QueryDict) -> str:
    """Where the form would have been sent by its own button."""
    try:
        return reverse("directory_locations:edit", args=[UUID(data.get("place-of", ""))])
    except ValueError:
        return reverse("directory_locations:add")


def _find(data: QueryDict) -> dict[str, Any]:
    if data.get("confidential"):
        return _told(_("A confidential place is looked up nowhere."))
    street, *town = (data.get(f"addresses-0-{part}", "").strip() for part in PARTS)
    city, state, code = town
    rest = ", ".join(part for part in (city, f"{state} {code}".strip()) if part)
    text = ", ".join(part for part in (street, rest) if part)
    if not text:
        return _told(_("Fill in the address first, at least the ZIP or the city."))
    try:
        answer = place_finder().find(text)
        if not (answer.place or answer.ambiguous) and street and rest:
            answer = place_finder().find(rest)
    except GeocodingError:
        return _told(_("The place cannot be looked up now. Click on the map instead."))
    return _answered(answer, _present(data))


def _answered(answer: PlaceAnswer, present: Point | None) -> dict[str, Any]:
    if answer.ambiguous:
        message = _("Which one is it? The form changes only when you choose.")
        return _told(message, answer.ambiguous, present)
    if answer.place is None:
        return _told(_("Nobody here knows this place."))
    message = _("Found: %(place)s. The form changes only when you choose it.")
    return _told(message % {"place": answer.place.label}, (answer.place,), present)


def _told(
    message: str, places: tuple[Place, ...] = (), present: Point | None = None
) -> dict[str, Any]:
    found = [
        {
            "label": place.label,
            "exact": str(EXACT[place.kind]),
            "apart": apart(place, present),
            "lat": round(place.lat, 6),
            "lon": round(place.lon, 6),
        }
        for place in places
    ]
    return {"message": message, "places": found}


def _present(data: QueryDict) -> Point | None:
    """The point that the form holds now."""
    return _point(data.get("latitude"), data.get("longitude"))


def _point(lat: Any, lon: Any) -> Point | None:
    """The two as a point on Earth; None when they are none."""
    try:
        point = float(lat), float(lon)
    except (TypeError, ValueError):
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None
