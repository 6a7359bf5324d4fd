"""`/hsds/`: what it asks of the database."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.hsds_api.asking import PARAMETERS
from directory.hsds_api.resources import RESOURCES
from tests.directory.hsds_asking import Json, many_requests  # noqa: F401  # a fixture
from tests.directory.hsds_listings import make_full_service

pytestmark = pytest.mark.django_db


def _queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return len(captured)


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    paths = (
        "services?full=1",
        "services",
        "organizations?full_service=1",
        "service_at_locations?full=1",
        "services?format=ndjson&full=1",
        "services?format=csv",
    )

    def ask(path: str) -> Callable[[], object]:
        return lambda: b"".join(client.get(f"/hsds/{path}"))  # a stream too

    make_full_service("Service 0")
    ask(paths[0])()
    with_one = {path: _queries(ask(path)) for path in paths}
    for number in range(1, 50):
        make_full_service(f"Service {number}")
    assert {path: _queries(ask(path)) for path in paths} == with_one
    assert max(with_one.values()) < 40


def test_what_is_asked_for_by_date_or_point_is_found_by_an_index() -> None:
    nothing: Json = {name: PARAMETERS[name].field.clean(None) for name in PARAMETERS}
    by_path = {resource.path: resource for resource in RESOURCES}
    since = nothing | {"modified_after": timezone.now()}
    near = nothing | {"lat": 39.0, "lon": -105.0, "proximity": 1000.0}
    term = nothing | {"taxonomy_term_id": uuid4()}
    for path, asked, index in (
        ("services", since, "directory_service_modified"),
        ("service_at_locations", since, "directory_at_modified"),
        ("service_at_locations", near, "directory_location_point"),
        ("services", term, "directory_attribute_taxonomy_term_id"),
    ):
        plan = by_path[path].records(asked)[:50].explain()
        if connection.vendor == "sqlite":  # PostgreSQL reads a table as small as this one whole
            assert index in plan, plan
            assert "SCAN directory_" not in plan
