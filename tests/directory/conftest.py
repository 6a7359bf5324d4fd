"""What tests of the directory share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from directory.search import indexing
from tests.directory.listings import Index


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request in Spanish leaves its language active in this thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def index(settings: Settings, tmp_path: Path, db: None) -> Index:
    """Builds an index of the test's own: call it when the listings are written."""
    settings.OPENDOOR_INDEX_DIR = tmp_path / "index"

    def build() -> None:
        indexing.rebuild()

    return build
