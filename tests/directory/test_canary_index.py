"""A place that becomes confidential leaves the search index as soon as that is committed, whoever
wrote it: nobody has to rebuild it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from directory.models import Location, Phone, Service
from directory.models.location import TELLING
from tests.directory.canaries import CITY, LATITUDE, LONGITUDE, STREET, ZIP
from tests.directory.listings import Index, make_place, make_service

pytestmark = pytest.mark.django_db
EMPTY = {"latitude": None, "longitude": None, **dict.fromkeys(TELLING, "")}


@pytest.fixture
def shelter(index: Index) -> Location:
    """An open place, and the index that tells it."""
    at = make_place(make_service("Harbor Shelter"), (LATITUDE, LONGITUDE), address=STREET)
    at.location.addresses.update(city=CITY, postal_code=ZIP)
    Phone.objects.create(location=at.location, number="505-555-0111")
    index()
    assert {word for word in (STREET, CITY, ZIP) if kept(word)} == {STREET, CITY, ZIP}
    return at.location


def kept(word: str) -> bool:
    """Whether a file of the index holds the word, in one of its texts or among its tokens."""
    return any(word.casefold() in text for text in _files())


def _files() -> Iterator[str]:
    for path in Path(settings.OPENDOOR_INDEX_DIR).rglob("*"):
        if path.is_file():
            yield path.read_bytes().decode("latin-1").casefold()


def _saved(location: Location) -> None:
    location.confidential = True
    location.save()


def _updated(location: Location) -> None:
    Location.objects.filter(pk=location.pk).update(confidential=True, **EMPTY)


def _in_bulk(location: Location) -> None:
    for name, value in EMPTY.items():
        setattr(location, name, value)
    location.confidential = True
    Location.objects.bulk_update([location], ["confidential", *EMPTY])


@pytest.mark.parametrize("hide", [_saved, _updated, _in_bulk])
def test_the_index_forgets_a_place_that_a_script_makes_confidential(
    shelter: Location,
    hide: Callable[[Location], None],
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hide(shelter)
    assert [word for word in ("Nightjar", CITY, ZIP) if kept(word)] == []
    found = client.get("/api/search", {"q": "shelter"}).json()
    (hit,) = found["hits"]
    assert (hit["lat"], hit["lon"], hit["distance_km"]) == (None, None, None)
    assert hit["phone"] and found["clusters"] == []


def test_an_open_place_stays_where_it_is(
    shelter: Location, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as called:
        Location.objects.update(confidential=False, name="The house")
        shelter.save()
    assert called == [] and kept(CITY)
    assert Service.objects.public().count() == 1
