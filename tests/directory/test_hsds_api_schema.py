"""The API's own description, tried by schemathesis: whatever is asked, an answer as described."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from directory.ceiling import Ceiling
from directory.hsds_api import views
from directory.hsds_api.openapi import document
from directory.hsds_api.resources import RESOURCES
from directory.models import Service
from opendoor.wsgi import application
from tests.directory.hsds_listings import make_full_service
from tests.directory.listings import make_confidential

pytestmark = pytest.mark.django_db
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis does not unpack what WSGI sends
NASTY = (
    "",
    "a\0b",
    "%",
    "'; DROP TABLE directory_service; --",
    "𝕏" * 300,
    "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"),
    "10" * 30,
    "-1",
    "0",
    "1e400",
    "NaN",
    "9" * 5000,
    "2026-13-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "00000000-0000-0000-0000-00000000000g",
    "[]",
    "json",
    "true",
)


@pytest.fixture(autouse=True)
def many_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CEILING", Ceiling(each=100_000, all=100_000, seconds=600))
    monkeypatch.setattr(views, "STREAMS", Ceiling(each=100_000, all=100_000, seconds=600))


@pytest.fixture(autouse=True)
def same_connection() -> Iterator[None]:
    """The application ends a request by closing the connection, in which this test is."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def listings(db: None) -> Service:
    service = make_full_service()
    make_confidential(make_full_service("Shelter"))
    return service


def api() -> Any:
    """The schema, asked of the live application."""
    schema = schemathesis.openapi.from_dict(document("http://localhost/hsds"))
    schema.app = application
    return schema


OPERATIONS = [(path, method) for path, found in api().items() for method in found]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_answers_are_as_described(
    listings: Service, path: str, method: str, mode: GenerationMode
) -> None:
    operation = api()[path][method.upper()]
    if mode == GenerationMode.NEGATIVE and path == "/":
        return  # it takes nothing that could be wrong

    @settings(
        max_examples=15,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=PLAIN)

    ask()


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.path)
def test_nasty_values_are_refused_or_find_nothing(listings: Service, resource: Any) -> None:
    operation = api()[f"/{resource.path}"]["GET"]
    statuses = set()
    for name in resource.parameters:
        for value in NASTY:
            case = operation.Case(query={name: value})
            response = case.call_and_validate(checks=CHECKS, headers=PLAIN)
            statuses.add(response.status_code)
    assert statuses == {200, 400}


def test_a_schema_break_would_be_found(listings: Service) -> None:
    described = document("http://localhost/hsds")
    described["components"]["schemas"]["Page"]["properties"]["size"] = {"type": "string"}
    schema = schemathesis.openapi.from_dict(described)
    schema.app = application
    case = schema["/services"]["GET"].Case()
    with pytest.raises(FailureGroup, match="string"):
        case.call_and_validate(checks=CHECKS, headers=PLAIN)


def test_the_description_is_whole() -> None:
    schema = api()
    schema.validate()
    described = schema.raw_schema
    assert set(described["paths"]) == {
        "/",
        *(f"/{resource.path}" for resource in RESOURCES),
        *(f"/{resource.path}/{{id}}" for resource in RESOURCES),
    }
    assert len(described["components"]["schemas"]) == 24 + 4
