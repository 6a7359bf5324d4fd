"""Asking `/hsds/` in tests."""

import json
from typing import Any

import pytest
from django.test import Client

from directory.ceiling import Ceiling
from directory.hsds_api import views

Json = dict[str, Any]
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@pytest.fixture(autouse=True)
def many_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CEILING", Ceiling(each=10_000, all=10_000, seconds=60))
    monkeypatch.setattr(views, "STREAMS", Ceiling(each=10_000, all=10_000, seconds=60))


def get(client: Client, path: str, **parameters: Any) -> Json:
    response = client.get(f"/hsds/{path}", parameters)
    assert response.status_code == 200, response.content
    found: Json = json.loads(response.content)
    return found


def ids(page: Json) -> list[str]:
    return [found["id"] for found in page["contents"]]


def streamed(response: Any, content_type: str) -> list[str]:
    assert response.status_code == 200
    assert response["Content-Type"] == f"{content_type}; charset=utf-8"
    return str(b"".join(response.streaming_content).decode()).splitlines()
