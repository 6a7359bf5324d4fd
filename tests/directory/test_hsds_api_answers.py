"""`/hsds/`: streams, headers, limits, and the page for people."""

import csv
import json
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from directory.ceiling import Ceiling
from directory.hsds_api import views
from directory.hsds_api.accepting import accepted
from directory.models import Phone, Service
from tests.directory.hsds_asking import (  # noqa: F401  # a fixture of every test
    LISTS,
    get,
    ids,
    many_requests,
    streamed,
)
from tests.directory.listings import make_place, make_service, tag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", LISTS)
def test_streams_hold_everything(client: Client, path: str) -> None:
    for number in range(3):
        tag(make_service(f"=Service {number}"), "need", "grief")
        make_place(Service.objects.get(name=f"=Service {number}"))
    page = get(client, path, per_page=100)
    lines = streamed(client.get(f"/hsds/{path}", {"format": "ndjson"}), "application/x-ndjson")
    assert [json.loads(line) for line in lines] == page["contents"]
    accepted = client.get(f"/hsds/{path}", headers={"Accept": "text/csv, */*"})
    rows = list(csv.DictReader(streamed(accepted, "text/csv")))
    assert [row["id"] for row in rows] == ids(page)
    assert not any(row["name"].startswith("=") for row in rows if "name" in row)


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    service = make_service()
    path = f"/hsds/services/{service.pk}"
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=60"
    etag, modified = first["ETag"], first["Last-Modified"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-Modified-Since": modified}).status_code == 304
    assert again["Access-Control-Allow-Origin"] == "*"
    listed = client.get("/hsds/services?full=1")
    assert "Last-Modified" not in listed
    same = client.get("/hsds/services?full=1", headers={"If-None-Match": listed["ETag"]})
    assert same.status_code == 304
    Phone.objects.filter(service=service).update(number="303-555-0199")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200
    changed = client.get("/hsds/services?full=1", headers={"If-None-Match": listed["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("path", ["", "services", "openapi.json", "services/none", "services?x=1"])
def test_any_site_may_read_and_none_gets_a_cookie(client: Client, path: str) -> None:
    response = client.get(f"/hsds/{path}", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    asked = client.options(f"/hsds/{path}")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_nothing_is_written(client: Client) -> None:
    for method in ("put", "patch", "delete"):
        response: HttpResponse = getattr(client, method)("/hsds/services")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.post(f"/hsds/services/{uuid4()}").status_code == 405


def test_too_many_requests_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CEILING", Ceiling(each=2, all=100, seconds=60))
    statuses = [client.get("/hsds/services").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.get("/hsds/services")
    assert refused["Retry-After"] == "60"
    assert client.get("/hsds/services", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_all_of_the_directory_at_once_has_a_ceiling_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "STREAMS", Ceiling(each=2, all=100, seconds=60))
    asked = ({"format": "csv"}, {"format": "ndjson"}, {"format": "csv"})
    answers = [client.get("/hsds/services", parameters) for parameters in asked]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert client.get("/hsds/services", headers={"accept": "text/csv"}).status_code == 429
    assert get(client, "services")["contents"] == []


def test_index_names_the_version_and_the_description(client: Client) -> None:
    found = get(client, "")
    assert found["version"] == "3.1"
    assert client.get(found["openapi_url"]).json()["openapi"] == "3.1.0"


def test_docs_tell_every_parameter_without_a_script(client: Client) -> None:
    html = client.get("/hsds/docs").content.decode()
    described = get(client, "openapi.json")
    for path in described["paths"].values():
        for parameter in path["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in html or parameter["in"] == "path"
    for name in described["components"]["schemas"]:
        assert f'id="{name}"' in html
    assert html.count("<h1") == 1
    assert "<style" not in html and "<script" not in html and " style=" not in html


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("", "json"),
        ("text/csv", "csv"),
        ("text/csv;q=0", "json"),
        ("application/json;q=0.1, text/csv", "csv"),
        ("text/csv;q=0.1, application/json", "json"),
        ("text/html,*/*;q=0.8", "json"),
        ("*/*;q=0.1, application/x-ndjson", "ndjson"),
        ("application/ndjson;q=1, text/csv;q=1", "ndjson"),
        ("text/csv;q=nan", "json"),
        ("text/csv;q=, garbage,,;q", "json"),
    ],
)
def test_the_accept_header_is_weighed(header: str, form: str) -> None:
    assert accepted(header) == form


def test_head_of_a_stream_does_not_say_that_it_is_empty(client: Client) -> None:
    make_service()
    response = client.head("/hsds/services?format=csv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert "Content-Length" not in response
    assert client.head("/hsds/services?format=csv&search=a%00").status_code == 400


def test_docs_are_in_each_language_and_their_commands_work(client: Client) -> None:
    make_service("Grief group")
    html = client.get("/hsds/docs").content.decode()
    assert 'hreflang="es" href="http://testserver/es/hsds/docs"' in html
    assert '<html lang="es"' in client.get("/es/hsds/docs").content.decode()
    context = client.get("/hsds/docs").context
    commands = [r["command"] for r in (*context["first"], *context["harvest"], context["again"])]
    assert len(commands) >= 9
    for command in commands:
        address = command.split("http://testserver")[1].split("'")[0].split('"')[0]
        address = address.replace("$since", "2026-11-01T00:00:00Z")
        assert client.get(address).status_code == 200, command
    assert "300 requests a minute" not in html  # here there are 10,000
    assert f"{views.CEILING.each} requests a minute, of them {views.STREAMS.each}" in html
