"""What tests of the directory share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from directory.models import (
    Address,
    Location,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
)
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


@pytest.fixture
def own_index(settings: Settings, tmp_path: Path) -> None:
    """What the CMS changes goes to an index of the test's own."""
    settings.OPENDOOR_INDEX_DIR = tmp_path


@pytest.fixture
def import_folders(settings: Settings, tmp_path: Path) -> None:
    """Files that stewards send, and the index that follows them, in folders of the test's own."""
    settings.OPENDOOR_INDEX_DIR = tmp_path / "index"
    settings.OPENDOOR_UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def user(db: None) -> Any:
    """A directory steward."""
    user = get_user_model().objects.create_user("steward", password="a-long-password")
    user.groups.add(Group.objects.get(name="Directory stewards"))
    return user


@pytest.fixture
def steward(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def service(db: None) -> Service:
    """One with a phone, at one place."""
    organization = Organization.objects.create(name="Harbor")
    service = Service.objects.create(organization=organization, name="Talk")
    location = Location.objects.create(
        organization=organization, name="Harbor House", latitude=39.7, longitude=-104.9
    )
    Address.objects.create(location=location, address_1="1 Elm St", city="Denver")
    ServiceAtLocation.objects.create(service=service, location=location)
    Phone.objects.create(service=service, number="(303) 555-0100")
    return service
