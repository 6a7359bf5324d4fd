"""A place picked on a map: typed, found from its address, clicked or dragged.

The map is Leaflet from django-leaflet's files over outlines that the site serves itself; an
address is looked up by the site's own finder. Of a confidential place nothing is asked and
nothing shown.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel

from directory.area import site_area
from directory.basemap import outlines, overview
from directory.geocoding.finder import place_finder
from directory.geocoding.interface import GeocodingError, Place, PlaceAnswer

PARTS = ("address_1", "city", "state_province", "postal_code")


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
            return context | {"ground": ground}


@require_POST
def find_place(request: HttpRequest) -> HttpResponse:
    """Where the form's first address is: for the map's script, or as a page of its own."""
    if not request.user.has_perm("directory.change_location"):
        raise PermissionDenied
    found = _find(request.POST)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse(found)
    return render(request, "directory/admin/map_found.html", found)


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
    return _answered(answer)


def _answered(answer: PlaceAnswer) -> dict[str, Any]:
    if answer.place is None:
        text = _("Which one is it?") if answer.ambiguous else _("Nobody here knows this place.")
        return _told(text, answer.ambiguous)
    return _told(_message(answer.place), (answer.place,))


def _message(place: Place) -> str:
    if place.kind == "point":
        return _("Found: %(place)s. Check it on the map.") % {"place": place.label}
    text = _("Found the middle of %(place)s. Move the marker to the door.")
    return text % {"place": place.label}


def _told(message: str, places: tuple[Place, ...] = ()) -> dict[str, Any]:
    return {
        "message": message,
        "places": [
            {"label": place.label, "lat": round(place.lat, 6), "lon": round(place.lon, 6)}
            for place in places
        ],
    }
