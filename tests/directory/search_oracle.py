"""What a search must answer, worked out the slow and obvious way, and documents to ask about.

Shares no code with the engine: distances are geopy's, and every document is looked at. The words
are such that no stemmer changes them and none begins another.
"""

from dataclasses import dataclass, replace
from math import inf
from random import Random
from uuid import UUID

from geopy.distance import great_circle

from directory.search.interface import FILTERS, Document, SearchQuery, Term

WORDS = [
    "amber",
    "birch",
    "cobalt",
    "delta",
    "ember",
    "fjord",
    "garnet",
    "harbor",
    "indigo",
    "jasmin",
]
CODES = {
    "need": ["crisis", "crisis-line", "therapy", "grief-loss"],
    "cost": ["free", "medicaid"],
    "language": ["es", "vi"],
}
PARENTS = {"crisis-line": "crisis"}
CENTRES = [(39.74, -104.99), (64.84, -147.72), (0.0, 179.99), (-16.8, -179.97), (89.95, 10.0)]
NOON = 1_795_608_000


def terms() -> list[Term]:
    return [
        Term(name, code, PARENTS.get(code), {"en": code.title()}, position)
        for name, codes in CODES.items()
        for position, code in enumerate(codes)
    ]


def documents(random: Random, services: int) -> list[Document]:
    """Services with one to three places, some without a point, in towns at awkward longitudes."""
    found: list[Document] = []
    for number in range(services):
        texts = {
            "name": " ".join(random.choices(WORDS, k=random.choice((1, 2, 2)))),
            "needs": " ".join(random.choices(WORDS, k=2)),
            "description": " ".join(random.choices(WORDS, k=3)),
        }
        given = {
            name: tuple(random.sample(codes, k=random.randrange(2)))
            for name, codes in CODES.items()
        }
        filters = {
            name: tuple(sorted({*codes} | {PARENTS[c] for c in codes if c in PARENTS}))
            for name, codes in given.items()
        }
        flags = random.random() < 0.3, random.random() < 0.2
        for _ in range(random.choice((1, 1, 2, 3))):
            found.append(_document(random, number, len(found), texts, filters, flags))
    return found


def _document(
    random: Random,
    service: int,
    number: int,
    texts: dict[str, str],
    filters: dict[str, tuple[str, ...]],
    flags: tuple[bool, bool],
) -> Document:
    centre = random.choice(CENTRES)
    pointless = random.random() < 0.1
    lat = 90 - abs(90 - centre[0] - random.gauss(0, 0.15))
    lon = (centre[1] + random.gauss(0, 0.3) + 180) % 360 - 180
    if random.random() < 0.2:
        lat, lon = centre  # several in one building: the same distance
    opens = NOON + random.randrange(-5, 5) * 3600
    availability = random.choice(["schedule", "schedule", "always", "unknown"])
    return Document(
        id=str(UUID(int=random.getrandbits(128))),
        service_id=str(UUID(int=service)),
        location_id=str(UUID(int=10_000 + number)),
        name=texts["name"].title(),
        organization="Org",
        texts={**texts, "place": random.choice(WORDS)},
        summary={"en": ""},
        names={"en": texts["name"].title()},
        codes=filters["need"],
        filters=filters,
        telehealth=flags[0],
        accepts_drop_off=flags[1],
        lat=None if pointless else lat,
        lon=None if pointless else lon,
        city="",
        confidential=False,
        phone="",
        url="",
        availability=availability,
        intervals=((opens, opens + 2 * 3600),) if availability == "schedule" else (),
        time_zone="",
        languages=(),
        costs=(),
        ages=(None, None),
        verified_on=None,
        fresh_until=random.choice([None, "2024-05-01", "2026-05-01", "2026-11-01"]),
    )


@dataclass(frozen=True)
class Found:
    """What a page must hold: documents in order, distances and further places, and the counts."""

    hits: list[tuple[str, float | None, int]]
    total: int
    facets: dict[str, dict[str, int]]
    places: int
    nearest_only: bool


def answer(everything: list[Document], query: SearchQuery) -> Found:
    """Looks at every document."""
    asked = query
    matched = _matched(everything, query)
    if query.centre and not any(d.lat is not None for d in matched):
        wider = replace(query, radius_km=99_999.0, sort="distance")
        beyond = _matched(everything, wider)
        if any(d.lat is not None for d in beyond):
            query, matched = wider, beyond
    services: dict[str, list[Document]] = {}
    for document in matched:
        services.setdefault(document.service_id, []).append(document)
    rows = sorted((_row(query, group) for group in services.values()), key=lambda row: row[0])
    start = (query.page - 1) * query.per_page
    return Found(
        hits=[(d.id, _km(query, d), len(services[d.service_id]) - 1) for _key, d in rows][
            start : start + query.per_page
        ],
        total=len(rows),
        facets={name: _facet(everything, query, name) for name in FILTERS},
        places=len({d.location_id for d in matched if d.lat is not None}),
        nearest_only=query is not asked,
    )


def _matched(everything: list[Document], query: SearchQuery) -> list[Document]:
    wanted = query.text.lower().split()
    rest = [d for d in everything if _fits(query, d)]
    held = {
        d.id: sum(word in " ".join(d.texts.values()).split() for word in wanted) for d in everything
    }
    if any(held[d.id] == len(wanted) for d in everything):
        return [d for d in rest if held[d.id] == len(wanted)]
    most = max((held[d.id] for d in rest), default=0)
    return [d for d in rest if held[d.id] == most > 0]


def _fits(query: SearchQuery, d: Document) -> bool:
    codes = all(
        set(wanted) & set(d.filters.get(name, ())) for name, wanted in query.filters.items()
    )
    flags = (d.telehealth or not query.telehealth) and (
        d.accepts_drop_off or not query.accepts_drop_off
    )
    return codes and flags and _is_there(query, d) and _is_open(query, d)


def _is_open(query: SearchQuery, d: Document) -> bool:
    if query.open_at is None or d.availability == "always":
        return True
    moment = query.open_at.timestamp()
    return any(opens <= moment < closes for opens, closes in d.intervals)


def _is_there(query: SearchQuery, d: Document) -> bool:
    if d.lat is None or d.lon is None:
        return query.bbox is None or query.centre is not None
    km, box = _km(query, d), query.bbox
    if km is not None and km > query.radius_km:
        return False
    if box is None:
        return True
    across = box.west > box.east
    inside = (d.lon >= box.west or d.lon <= box.east) if across else box.west <= d.lon <= box.east
    return inside and box.south <= d.lat <= box.north


def _km(query: SearchQuery, d: Document) -> float | None:
    if query.centre is None or d.lat is None:
        return None
    return float(great_circle((query.centre.lat, query.centre.lon), (d.lat, d.lon)).km)


def _row(query: SearchQuery, group: list[Document]) -> tuple[tuple[object, ...], Document]:
    def far(d: Document) -> float:
        km = _km(query, d)
        return inf if km is None else km

    nearest = min(group, key=lambda d: (far(d), d.id))
    tier = min(_tier(query.text.lower().split(), d) for d in group)
    by_name = (nearest.name.lower(), nearest.id)
    by_distance = (far(nearest), *by_name)
    stale = _stale(query, nearest)
    keys = {
        "name": by_name,
        "distance": by_distance,
        "best": (tier, far(nearest) + 5 * stale, stale, *by_name),
    }
    return keys[query.sort], nearest


def _stale(query: SearchQuery, d: Document) -> bool:
    day = query.fresh_on
    return day is not None and (d.fresh_until or "") < day.isoformat()


def _tier(wanted: list[str], d: Document) -> int:
    name = d.texts["name"].split()
    need = [*name, *d.texts["needs"].split()]
    if not wanted:
        return 3
    if d.name.lower() == " ".join(wanted):
        return 0
    return 1 if set(wanted) <= set(name) else 2 if set(wanted) <= set(need) else 3


def _facet(everything: list[Document], query: SearchQuery, name: str) -> dict[str, int]:
    others = {other: codes for other, codes in query.filters.items() if other != name}
    matched = _matched(everything, replace(query, filters=others))
    counts = {
        code: len({d.service_id for d in matched if code in d.filters.get(name, ())})
        for code in CODES.get(name, [])
    }
    chosen = query.filters.get(name, ())
    return {code: count for code, count in counts.items() if count or code in chosen}
