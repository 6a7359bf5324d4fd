"""What several test areas share."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from transparency import immutable
from transparency.models import Draft, Release

ROOT = Path(__file__).resolve().parents[1]

# In CI the same examples each time: a landing does not hang on a draw. Elsewhere ever new ones.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real inputs. Absent on a laptop: a skip. Absent in CI: a failure."""
    folder = ROOT / os.environ.get("OPENDOOR_REAL_DATA", "../shared/data")
    if folder.is_dir():
        return folder.resolve()
    message = f"No real inputs at {folder}: set OPENDOOR_REAL_DATA to their folder."
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """The cache outlives a test's database."""
    cache.clear()


@pytest.fixture(autouse=True)
def first_language() -> None:
    """A request for a Spanish page leaves its language to whatever the thread does next."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def releases_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with real transactions ends by emptying every table, which a release refuses."""
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction"))
    if not transactional and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    immutable.remove(connection)
    Draft.objects.all().delete()
    Release.objects.all().delete()
    immutable.install(connection)
