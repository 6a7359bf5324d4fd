"""A confidential address and what officers alone may read are nowhere that strangers can look.

Each place where one could look is a source of texts here. That a public address is found by the
same looking shows that these tests can fail.
"""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.ceiling import Ceiling
from directory.export import write_hsds_csv, write_hsds_json, write_spreadsheet
from directory.hsds_api import views
from directory.hsds_api.resources import RESOURCES
from directory.models import (
    ImportBatch,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    SourceRow,
    StagedRow,
)
from tests.directory.canaries import (
    OFFICERS,
    PUBLIC,
    PUBLIC_WORD,
    SECRETS,
    WORDS,
    plant,
    plant_by_files,
    said,
)
from tests.directory.listings import Index

pytestmark = pytest.mark.django_db
Texts = dict[str, str]
STREAMS = ("json", "ndjson", "csv")


@pytest.fixture
def planted(
    index: Index, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "CEILING", Ceiling(each=10_000, all=10_000, seconds=600))
    monkeypatch.setattr(views, "STREAMS", Ceiling(each=10_000, all=10_000, seconds=600))
    caplog.set_level(logging.DEBUG)
    plant()
    files = tmp_path / "files"
    files.mkdir()
    plant_by_files(files)
    for name in ("flat.csv", "package"):
        (files / name).rename(tmp_path.parent / f"{tmp_path.name}-{name}")
    assert Service.objects.public().count() == 4
    assert Location.objects.filter(confidential=True).count() == 3
    cache.clear()
    index()


def seen(texts: Texts, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """Where which of the words stand."""
    return {
        (where, word)
        for where, text in texts.items()
        for word in words
        if word.casefold() in text.casefold()
    }


def answered(client: Client, path: str, *args: Any, method: str = "get", **kwargs: Any) -> str:
    response: Any = getattr(client, method)(path, *args, **kwargs)
    body = b"".join(response) if response.streaming else response.content
    headers = "\n".join(f"{key}: {value}" for key, value in response.items())
    return f"{response.status_code}\n{headers}\n{body.decode()}"


def pages(client: Client) -> Texts:
    found = {}
    paths = ["/", "/es/", reverse("directory:search"), "/robots.txt", "/sitemap.xml", "/readyz"]
    paths += ["/nowhere/", "/directory/services/none/", "/hsds/docs", "/es/directory/?q=shelter"]
    paths += [f"/directory/?q=shelter&place=Denver&per_page=100&sort={s}" for s in ("best", "name")]
    for service in Service.objects.all():
        page = reverse("directory:service", args=[service.pk])
        paths += [page, f"/es{page}", f"{page}report/"]
    for path in paths:
        found[path] = answered(client, path)
    posted = {"q": "shelter", "place": "Denver, CO"}
    found["search by post"] = answered(client, "/directory/", posted, method="post")
    for query in ("q=shelter", "place=87031", "place=Denver&radius_km=500", "bbox=-109,31,-103,41"):
        found[f"/api/search?{query}"] = answered(client, f"/api/search?{query}&per_page=100")
    return found


def gone(client: Client) -> Texts:
    """The pages of services that are closed, and of a server that fails."""
    service = Service.objects.get(name="Harbor Shelter")
    found = {}
    for status in ("inactive", "defunct", "temporarily closed"):
        Service.objects.filter(pk=service.pk).update(status=status)
        for path in (
            reverse("directory:service", args=[service.pk]),
            f"/hsds/services/{service.pk}",
        ):
            found[f"{status} {path}"] = answered(client, path)
    Service.objects.filter(pk=service.pk).update(status="active")
    return found


def api(client: Client) -> Texts:
    found = {path: answered(client, f"/hsds/{path}") for path in ("", "openapi.json")}
    for resource in RESOURCES:
        for form in STREAMS:
            for more in ("", "&full=1", "&full_service=1", "&minimal=1"):
                if more and more[1:-2] not in resource.parameters:
                    continue
                path = f"/hsds/{resource.path}?format={form}&{more[1:]}".rstrip("&")
                found[path] = answered(client, path)
        found[f"{resource.path} by post"] = answered(
            client, f"/hsds/{resource.path}", method="post"
        )
    for name, model in (
        ("services", Service),
        ("organizations", Organization),
        ("service_at_locations", ServiceAtLocation),
    ):
        for pk in model.objects.values_list("pk", flat=True):
            found[f"/hsds/{name}/{pk}"] = answered(client, f"/hsds/{name}/{pk}?")
    near = "/hsds/service_at_locations?lat=36.1&lon=-107.7&proximity=500000&full=1"
    found[near] = answered(client, near)
    found["by ZIP"] = answered(client, "/hsds/service_at_locations?postcode=87031")
    return found


def exports(folder: Path) -> Texts:
    write_hsds_csv(folder / "package")
    write_hsds_json(folder / "tables.json")
    write_spreadsheet(folder / "sheet.csv")
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_text(encoding="utf-8") for path in paths}


def index_files() -> Texts:
    folder = Path(settings.OPENDOOR_INDEX_DIR)
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes().decode("latin-1") for path in paths}


def imported() -> Texts:
    """What imports keep for the next time, and for their history."""
    found = {}
    for model in (SourceRow, StagedRow, ImportBatch):
        for row in model.objects.values():
            found[f"{model.__name__} {row['id']}"] = json.dumps(row, default=str)
    return found


@pytest.mark.usefixtures("planted")
def test_no_page_tells(client: Client) -> None:
    texts = pages(client) | gone(client)
    assert seen(texts, PUBLIC)
    assert not unasked(seen(texts, SECRETS))
    assert not seen(texts, OFFICERS)


def unasked(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Without what an answer only repeats of its own address: a place that was asked for."""
    return {(where, word) for where, word in found if word not in where}


@pytest.mark.usefixtures("planted")
def test_no_answer_of_the_api_tells(client: Client) -> None:
    texts = api(client)
    told = {where for where, _word in seen(texts, PUBLIC)}
    assert any("csv" in where for where in told) and any("ndjson" in where for where in told)
    assert len(texts) > 40
    assert not unasked(seen(texts, SECRETS))
    assert not seen(texts, OFFICERS)


@pytest.mark.usefixtures("planted")
def test_no_export_tells(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    texts = exports(folder)
    assert {Path(where).suffix for where, _word in seen(texts, PUBLIC)} == {".csv", ".json"}
    assert not seen(texts, (*SECRETS, *OFFICERS))


@pytest.mark.usefixtures("planted")
def test_every_word_of_an_open_place_is_seen(client: Client, tmp_path: Path) -> None:
    """So that none of the secret words is missing only because nobody shows its like."""
    folder = tmp_path / "exports"
    folder.mkdir()
    told = "".join((pages(client) | api(client) | exports(folder)).values())
    assert [where for where in WORDS if said(PUBLIC_WORD, where) not in told] == []


@pytest.mark.usefixtures("planted")
def test_numbers_and_hours_of_a_secret_place_are_told(client: Client) -> None:
    shelter = Service.objects.get(name="Harbor Shelter")
    page = answered(client, reverse("directory:service", args=[shelter.pk]))
    record = answered(client, f"/hsds/services/{shelter.pk}?")
    assert "555-0133" in page
    assert "505-555-0133" in record and "08:00" in record


@pytest.mark.usefixtures("planted")
def test_no_file_of_the_index_tells() -> None:
    texts = index_files()
    assert seen(texts, PUBLIC)
    assert not seen(texts, (*SECRETS, *OFFICERS))


@pytest.mark.usefixtures("planted")
def test_no_import_remembers() -> None:
    texts = imported()
    assert seen(texts, ("Imported Shelter",))
    assert not seen(texts, (*SECRETS, *OFFICERS))


@pytest.mark.usefixtures("planted")
def test_no_log_tells(client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pages(client)
    api(client)
    logging.getLogger("directory").warning("The canary can be heard: Goldfinch")
    logs = {"log": "\n".join(caplog.handler.format(record) for record in caplog.records)}
    assert seen(logs, PUBLIC)
    assert not seen(logs, (*(word for word in SECRETS if word != "87031"), *OFFICERS))
