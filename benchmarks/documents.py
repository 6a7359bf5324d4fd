"""Invented documents for the benchmarks: towns with suburbs, and words."""

from collections.abc import Iterator
from random import Random
from uuid import UUID

from directory.search.interface import Document, Term

TOWNS = [(39.74, -104.99), (39.68, -104.96), (40.01, -105.27), (38.83, -104.82), (40.59, -105.08)]
NEEDS = [f"need-{n}" for n in range(40)]
COSTS = ["free", "sliding-scale", "medicaid", "insurance"]
WORDS = """
anxiety depression counselling family crisis trauma peer support group youth veterans housing
recovery therapy clinic centre health community hope bridge river mountain access outreach shelter
food legal grief autism memory school court addiction medication
""".split()  # noqa: SIM905  # prose is easier to read
START = 1_795_000_000


def terms() -> list[Term]:
    """The codes that the documents use."""
    needs = [Term("need", code, None, {"en": code}, n) for n, code in enumerate(NEEDS)]
    return needs + [Term("cost", code, None, {"en": code}, n) for n, code in enumerate(COSTS)]


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """`count` documents, about four for three services."""
    random = Random(seed)  # noqa: S311  # no secret
    number = service = 0
    while number < count:
        service += 1
        shared = _service(random, service)
        for _ in range(min(random.choice((1, 1, 2)), count - number)):
            number += 1
            yield _document(random, number, shared)


def _service(random: Random, number: int) -> dict[str, object]:
    name = " ".join(random.choices(WORDS, k=3)).title()
    needs = tuple(sorted({random.choice(NEEDS) for _ in range(3)}))
    return {
        "service_id": str(UUID(int=number)),
        "name": name,
        "organization": " ".join(random.choices(WORDS, k=2)).title(),
        "texts": {
            "name": name,
            "needs": " ".join(random.choices(WORDS, k=4)),
            "description": " ".join(random.choices(WORDS, k=40)),
        },
        "codes": needs,
        "filters": {"need": needs, "cost": (random.choice(COSTS),)},
        "telehealth": random.random() < 0.3,
        "intervals": _weeks(random.choice((8, 9, 10)), random.choice((17, 18, 20))),
    }


def _weeks(opens: int, closes: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        (START + day * 86_400 + opens * 3600, START + day * 86_400 + closes * 3600)
        for day in range(90)
    )


def _document(random: Random, number: int, shared: dict[str, object]) -> Document:
    lat, lon = random.choice(TOWNS)
    phone_only = random.random() < 0.03
    return Document(
        id=str(UUID(int=(1 << 64) + number)),
        location_id=str(UUID(int=(2 << 64) + number)),
        summary={"en": "A place to talk."},
        names={"en": str(shared["name"])},
        accepts_drop_off=False,
        lat=None if phone_only else lat + random.gauss(0, 0.12),
        lon=None if phone_only else lon + random.gauss(0, 0.15),
        city="Denver",
        confidential=False,
        phone="303-555-0100",
        url=f"/directory/services/{shared['service_id']}/",
        availability="schedule",
        time_zone="",
        languages=(),
        costs=(),
        ages=(None, None),
        verified_on=None,
        fresh_until=None,
        **shared,  # type: ignore[arg-type]  # the rest of the fields
    )
