"""From what was asked to what is looked for: the place, the filters, a person in danger."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.area import site_area
from directory.geocoding.finder import place_finder
from directory.geocoding.interface import Place, PlaceAnswer
from directory.search.crisis import speaks_of_crisis
from directory.search.interface import Box, Point, SearchQuery, Sort


@dataclass(frozen=True)
class Asked:
    """A search as a form or the API took it: checked, not yet understood."""

    text: str = ""
    place: str = ""
    point: Point | None = None
    radius_km: float = 25.0
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    open_at: datetime | None = None
    telehealth: bool = False
    accepts_drop_off: bool = False
    bbox: Box | None = None
    sort: Sort = "best"
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True)
class Interpretation:
    """What a search means. `ambiguous` holds the choices when the place's name fits several;
    `place_unknown` says that it fits none. Then the query covers the site's own area, without
    distances; a box that the visitor chose on the map goes before it.
    """

    query: SearchQuery
    text: str
    place: Place | None
    ambiguous: tuple[Place, ...]
    place_unknown: bool
    crisis: bool


def interpret(asked: Asked, language: str) -> Interpretation:
    """Understands `asked`; labels that are not names are in `language`. Raises GeocodingError."""
    answer = _place(asked, language)
    text = " ".join(asked.text.split())
    unclear = bool(asked.place.strip()) and answer.place is None
    query = _query(asked, text, answer.place)
    return Interpretation(
        query=_in_own_area(query) if unclear and not asked.bbox else query,
        text=text,
        place=answer.place,
        ambiguous=answer.ambiguous,
        place_unknown=unclear and not answer.ambiguous,
        crisis=speaks_of_crisis(text, asked.filters.get("need", ())),
    )


def _place(asked: Asked, language: str) -> PlaceAnswer:
    if asked.point:
        with translation.override(language):
            label = asked.place.strip() or _("the point you chose")
        return PlaceAnswer(Place(label, asked.point.lat, asked.point.lon, "point"))
    return place_finder().find(asked.place) if asked.place.strip() else PlaceAnswer(None)


def _query(asked: Asked, text: str, place: Place | None) -> SearchQuery:
    return SearchQuery(
        text=text,
        centre=Point(place.lat, place.lon) if place else None,
        radius_km=asked.radius_km,
        bbox=asked.bbox,
        filters=asked.filters,
        telehealth=asked.telehealth,
        accepts_drop_off=asked.accepts_drop_off,
        open_at=asked.open_at,
        fresh_on=timezone.localdate(),
        sort=asked.sort,
        page=asked.page,
        per_page=asked.per_page,
    )


def _in_own_area(query: SearchQuery) -> SearchQuery:
    area = site_area()
    centre = Point(area.lat, area.lon)
    return replace(query, centre=centre, radius_km=area.radius_km, tell_distance=False)
