"""What a search is, what an engine answers, and what may go wrong.

A view turns a request into a `SearchQuery`; a `SearchBackend` turns that into a `SearchPage`.
Nothing else passes between them, so engines can be exchanged.

Errors: `SearchError` is the only family that an engine lets out; `IndexMissing` when no index
has been built yet, `EngineUnavailable` when the engine cannot answer now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

Sort = Literal["best", "distance", "name"]
STALE_KM = 5.0
FILTERS = ("need", "population", "language", "cost", "insurance", "accessibility")


class SearchError(Exception):
    """The family of all that an engine lets out."""


class IndexMissing(SearchError):
    """No index has been built: run `rebuild_index`."""


class EngineUnavailable(SearchError):
    """The engine cannot answer now."""


@dataclass(frozen=True)
class Point:
    """Degrees, WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Box:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for. Inside one filter codes mean OR, filters among themselves AND.

    `centre` with `radius_km` limits by distance and `bbox` by a rectangle; documents without a
    point (a phone line, a confidential place) are found beside either, since they serve by phone.
    With `bbox` alone they are not. Without `tell_distance` the centre limits, but neither orders
    nor tells: for a place that was not understood, where the site's own area stands in.
    With `sort` best, a listing that is stale on the day `fresh_on` ranks, within its tier of
    relevance, as if it were STALE_KM further away.
    """

    text: str = ""
    centre: Point | None = None
    radius_km: float = 25.0
    tell_distance: bool = True
    bbox: Box | None = None
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # key: one of FILTERS
    telehealth: bool = False
    accepts_drop_off: bool = False
    open_at: datetime | None = None
    fresh_on: date | None = None
    sort: Sort = "best"
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True)
class Term:
    """A code of one filter, what people read for it, and the code above it."""

    filter: str  # one of FILTERS
    code: str
    parent: str | None
    names: dict[str, str]  # language code → label
    position: int = 0

    def label(self, language: str) -> str:
        """The label in `language`, else in English, else the code."""
        return self.names.get(language) or self.names.get("en") or self.code


@dataclass(frozen=True)
class Document:
    """One service at one location, as it is indexed. Holds only what the public may see.

    `filters` hold the codes given and all their ancestors, and belong to the service: all its
    documents have the same. `intervals` are absolute opening times in UTC seconds, ordered and
    apart; `time_zone` is the IANA name of the place's own, "" for the site's. A confidential
    location gives no `lat`, `lon`, `city`, `time_zone`, nor text in `place`.
    """

    id: str
    service_id: str
    location_id: str | None
    name: str
    organization: str
    texts: dict[str, str]  # name, also, organization, needs, description, place: all languages
    summary: dict[str, str]  # language code → one line
    names: dict[str, str]  # language code → name
    codes: tuple[str, ...]  # needs as given, without ancestors
    filters: dict[str, tuple[str, ...]]
    telehealth: bool
    accepts_drop_off: bool
    lat: float | None
    lon: float | None
    city: str
    confidential: bool
    phone: str
    url: str
    availability: str  # Service.Availability, or daybook.PARTLY
    intervals: tuple[tuple[int, int], ...]
    time_zone: str
    languages: tuple[str, ...]
    costs: tuple[str, ...]
    ages: tuple[int | None, int | None]
    verified_on: str | None  # ISO date
    fresh_until: str | None  # ISO date: the last day on which all that was checked holds


@dataclass(frozen=True)
class Hit:
    """A found document and, with a centre, its distance by great circle on geopy's sphere.

    `others` counts further locations of the same service that match.
    """

    document: Document
    distance_km: float | None
    others: int = 0


@dataclass(frozen=True)
class Facet:
    """How many services a code would leave, its own filter's other codes not counting."""

    code: str
    count: int


@dataclass(frozen=True)
class Cluster:
    """Places near each other on the map: their mean point, how many, and their box."""

    lat: float
    lon: float
    count: int
    bbox: Box


@dataclass(frozen=True)
class SearchPage:
    """`total` and facets count services, clusters count places."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    facets: dict[str, tuple[Facet, ...]]
    clusters: tuple[Cluster, ...]
    engine: str
    as_of: datetime
    nearest_only: bool = False  # nothing within the radius: these are the nearest there are


class SearchBackend(Protocol):
    """A search engine that holds one index of public documents."""

    name: str

    def search(self, query: SearchQuery) -> SearchPage:
        """Answers `query`. Raises SearchError alone."""
        ...

    def terms(self) -> tuple[Term, ...]:
        """The codes that filters know, in the order people read them. Raises SearchError alone."""
        ...

    def rebuild(self, documents: Iterable[Document], terms: Iterable[Term]) -> int:
        """Replaces the whole index at once; returns how many documents it holds."""
        ...

    def replace(
        self, service_ids: Iterable[str], documents: Iterable[Document], terms: Iterable[Term]
    ) -> None:
        """Takes all documents of these services out and puts `documents` in, at once; `terms`
        are added to those known. Raises SearchError."""
        ...
