"""From a search form to what the results page shows: understood, found, and what to do next.

A view calls `results`; it raises SearchError alone, when the engine cannot answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from directory.cards import Card, card
from directory.choices import Choices
from directory.forms import SearchForm
from directory.geocoding.interface import GeocodingError
from directory.search.engines import public_engine
from directory.search.interface import FILTERS, SearchPage, SearchQuery
from directory.search.interpret import Asked, Interpretation, interpret
from directory.wording import radius

KEPT = ("q", "place", "lat", "lon", "radius_km", "open", "telehealth", "accepts_drop_off", "bbox")
CRISIS = "crisis"  # the need above all crisis services
WIDEST_KM = 500.0
FARTHER_KM = (16.093, 40.234, 80.467, 160.934)


@dataclass(frozen=True)
class Chip:
    """A filter that holds, and the value of the button that drops it."""

    text: str
    drop: str


@dataclass(frozen=True)
class Results:
    """All on the results page but the form. `place_failed`: places cannot be looked up now.
    `crisis_only`: nothing fitted words that speak of danger, so these are the crisis services.
    """

    asked: Asked
    understood: Interpretation
    found: SearchPage
    cards: tuple[Card, ...]
    choices: Choices
    given: QueryDict
    place_failed: bool
    crisis_only: bool

    @property
    def query(self) -> SearchQuery:
        return self.understood.query

    @cached_property
    def pages(self) -> "Page[int]":
        """For the pagination partial."""
        paginator = Paginator(range(self.found.total), self.query.per_page)
        return paginator.get_page(self.found.page)

    @property
    def radius(self) -> str:
        return radius(self.query.radius_km)

    @property
    def farther_km(self) -> float | None:
        """The next wider radius to offer."""
        if self.query.centre is None or self.query.bbox:
            return None
        return next((km for km in FARTHER_KM if km > self.query.radius_km + 0.01), None)

    @property
    def farther(self) -> str:
        return radius(self.farther_km) if self.farther_km else ""

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """Names and values that ask the same again, for hidden fields and the link to share."""
        single = [(name, self.given.get(name, "")) for name in (*KEPT, "sort")]
        several = [(name, code) for name in FILTERS for code in self.given.getlist(name)]
        return [(name, value) for name, value in [*single, *several] if value]

    @property
    def share(self) -> str:
        """A query string that gives these results by GET."""
        link = QueryDict(mutable=True)
        for name, value in self.kept:
            link.appendlist(name, value)
        return link.urlencode()

    @cached_property
    def chips(self) -> list[Chip]:
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        for name in FILTERS:
            for code in self.asked.filters.get(name, ()):
                yield Chip(self.choices.label(name, code), f"{name}:{code}")
        if self.asked.open_at:
            yield Chip(_("Open now"), "open:")
        if self.asked.telehealth:
            yield Chip(_("By phone or video"), "telehealth:")
        if self.asked.accepts_drop_off:
            yield Chip(_("Accepts police drop-off"), "accepts_drop_off:")
        if self.asked.bbox:
            yield Chip(_("In the area of the map"), "bbox:")


def given_by(data: QueryDict) -> QueryDict:
    """What was sent, without what the pressed button drops ("cost:free", "open:")."""
    given = data.copy()
    for dropped in given.getlist("drop"):
        name, _colon, code = dropped.partition(":")
        given.setlist(name, [value for value in given.getlist(name) if code and value != code])
    given.pop("drop", None)
    return given


def results(form: SearchForm, given: QueryDict, language: str, now: datetime) -> Results:
    """Answers a valid form. Raises SearchError."""
    asked, place_failed = form.asked(), False
    if asked.bbox:  # an area chosen on the map stands instead of a radius
        asked = replace(asked, radius_km=WIDEST_KM)
    try:
        understood = interpret(asked, language)
    except GeocodingError:
        understood, place_failed = interpret(replace(asked, place=""), language), True
    engine = public_engine()
    found = engine.search(understood.query)
    crisis_only = understood.crisis and not found.total
    if crisis_only:
        found = engine.search(crisis_services(understood.query))
    choices = Choices(engine.terms(), language, found.facets)
    cards = tuple(card(hit, language, now, choices.labels) for hit in found.hits)
    return Results(asked, understood, found, cards, choices, given, place_failed, crisis_only)


def crisis_services(query: SearchQuery) -> SearchQuery:
    """What to show when words that speak of danger find nothing: never an empty page."""
    return replace(query, text="", filters={"need": (CRISIS,)}, telehealth=False, open_at=None)
