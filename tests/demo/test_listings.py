"""The demonstration's directory: enough of everything, and nothing that could be real."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.models import Count, Q

from directory.models import (
    Address,
    Language,
    Location,
    Organization,
    Phone,
    Service,
    ServiceTranslation,
    TaxonomyTerm,
)
from directory.search.engines import public_engine
from directory.search.interface import SearchQuery
from opendoor.demo.entries import County, ServiceEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
FICTION = re.compile(r"(303|720)-555-01\d\d")
EXAMPLE = re.compile(r"https://([a-z0-9-]+\.)+example\.org/[a-z0-9-]*")


def test_there_is_enough() -> None:
    assert Service.objects.public().count() >= 300
    assert 110 <= Organization.objects.count() <= 130
    several = Service.objects.annotate(n=Count("service_at_locations")).filter(n__gte=2)
    assert several.count() >= 30
    assert Service.objects.filter(service_at_locations=None).count() >= 30


def test_each_need_is_met_three_times() -> None:
    leaves = TaxonomyTerm.objects.filter(taxonomy__slug="need", children=None)
    few = leaves.annotate(n=Count("attributes")).filter(n__lt=3)
    assert leaves.count() == 41  # the 49 terms without the 8 that only gather others
    assert not [term.code for term in few]


def test_each_filter_finds_something() -> None:
    unused = TaxonomyTerm.objects.filter(
        attributes=None, children__attributes=None, children__children__attributes=None
    )
    assert not [(term.taxonomy.slug, term.code) for term in unused]


@pytest.mark.parametrize("code", ["es", "vi", "am", "ru", "ko", "zh", "ar", "so", "ase"])
def test_languages(code: str) -> None:
    assert Language.objects.filter(code=code).exists()


def test_hours_are_of_every_kind() -> None:
    kinds = Counter(Service.objects.values_list("availability", flat=True))
    assert set(kinds) == {"always", "by-appointment", "schedule", "unknown"}
    assert min(kinds.values()) >= 5
    overnight = [s for s in Service.objects.prefetch_related("schedules") if _overnight(s)]
    assert len(overnight) >= 8


def _overnight(service: Service) -> bool:
    return any(rule.closes_at < rule.opens_at for rule in service.schedules.all())


def test_numbers_and_links_are_fiction() -> None:
    numbers = set(Phone.objects.values_list("number", flat=True))
    assert len(numbers) > 100
    assert not [number for number in numbers if not FICTION.fullmatch(number)]
    links = [*Service.objects.values_list("url", flat=True)]
    links += Organization.objects.values_list("website", flat=True)
    assert not [link for link in links if not EXAMPLE.fullmatch(link)]
    mails = [*Service.objects.values_list("email", flat=True)]
    mails += Organization.objects.values_list("email", flat=True)
    assert not [mail for mail in mails if mail and not mail.endswith(".example.org")]


def test_a_shelter_has_no_place_anywhere() -> None:
    shelters = Location.objects.filter(confidential=True)
    assert shelters.count() == 3
    assert not Address.objects.filter(location__confidential=True).exists()
    assert not shelters.exclude(latitude=None, longitude=None).exists()
    assert not shelters.exclude(description="", transportation="").exists()
    hosts = Organization.objects.filter(locations__confidential=True)
    assert not hosts.exclude(email="").exists()
    found = public_engine().search(SearchQuery(text="Larkhaven Shelter")).hits[0].document
    assert found.confidential
    assert (found.lat, found.lon, found.city) == (None, None, "")


def test_other_places_are_on_the_map() -> None:
    places = Location.objects.filter(confidential=False)
    assert not places.filter(Q(latitude=None) | Q(addresses=None)).exists()
    assert places.count() > 120


def test_some_listings_are_fresh_some_stale_some_never_checked() -> None:
    assert Service.objects.filter(assured_date=None).count() >= 5
    dates = [day for day in Service.objects.values_list("assured_date", flat=True) if day]
    assert (max(dates) - min(dates)).days > 500
    assert not Service.objects.exclude(assured_date=None).filter(assurer_role="").exists()


def test_all_is_there_in_spanish() -> None:
    told = ServiceTranslation.objects.filter(language="es").exclude(name="").exclude(description="")
    assert told.exclude(what_happens="").count() == Service.objects.count()


def test_texts_are_written_not_merged(county: County) -> None:
    for language in ("en", "es"):
        said = Counter(
            s for service in county.services for s in _sentences(service.texts[language])
        )
        assert not {sentence: n for sentence, n in said.items() if n > 3}
        words = Counter(_shape(service, language) for service in county.services)
        assert max(words.values()) == 1


def _sentences(texts: dict[str, str]) -> Iterator[str]:
    for field in ("description", "what_happens"):
        yield from re.split(r"(?<=[.!?]) ", texts[field])


def _shape(service: ServiceEntry, language: str) -> str:
    """A description without its names: the same for two listings that were merged."""
    return re.sub(r"\b[A-ZÁÉÍÓÚ]\w+|\d+", "", service.texts[language]["description"])
