"""A package that names other people's records by their ids says so before it is published."""

from pathlib import Path

import pytest

from directory.models import Service, TaxonomyTerm
from tests.directory.hsds_packages import uid, write_package
from tests.directory.importing import Outcome, run
from tests.directory.listings import make_service, term

pytestmark = pytest.mark.django_db


def package(folder: Path, name: str, organization: str = "theirs") -> Path:
    owner = {"id": uid(organization), "name": organization, "description": "Help."}
    service = {
        "id": uid("shared"),
        "organization_id": uid(organization),
        "name": name,
        "status": "active",
    }
    return write_package(folder, {"organization": [owner], "service": [service]})


def told(outcome: Outcome) -> list[tuple[str, str]]:
    """Of which tables it is said that a row takes over a record, and whose."""
    return [
        (p["table"], p["message"].split("“")[1].split("”")[0] if "“" in p["message"] else "")
        for p in outcome.report["warnings"]
        if p["code"].endswith("other-source")
    ]


def test_another_source_that_takes_over_a_listing_is_told(tmp_path: Path) -> None:
    assert told(run(package(tmp_path / "county", "Talk"), "--source", "county")) == []
    theirs = package(tmp_path / "state", "Mine now", "mine")
    outcome = run(theirs, "--source", "state", publish=False)
    assert told(outcome) == [("service", "county")]
    assert Service.objects.get().name == "Talk"


def test_what_a_source_took_over_once_is_not_told_again(tmp_path: Path) -> None:
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    run(package(tmp_path / "state", "Mine now", "mine"), "--source", "state")
    again = run(package(tmp_path / "state", "Mine still", "mine"), "--source", "state")
    assert told(again) == []
    assert Service.objects.get(pk=uid("shared")).name == "Mine still"


def test_what_was_entered_here_is_told_too(tmp_path: Path) -> None:
    mine, need = make_service("Lantern"), term("need", "grief", "Grief")
    taxonomy = {"id": need.taxonomy_id, "name": "Other words", "description": "d"}
    words = {"id": need.pk, "name": "Other", "code": "x", "description": "d"}
    found = write_package(
        tmp_path / "state",
        {
            "taxonomy": [taxonomy],
            "taxonomy_term": [words | {"taxonomy_id": need.taxonomy_id}],
            "organization": [{"id": uid("new"), "name": "New", "description": "d"}],
            "service": [
                {
                    "id": mine.pk,
                    "organization_id": uid("new"),
                    "name": "Mine now",
                    "status": "active",
                }
            ],
        },
    )
    outcome = run(found, "--source", "state", publish=False)
    assert told(outcome) == [("taxonomy", ""), ("taxonomy_term", ""), ("service", "")]
    assert TaxonomyTerm.objects.get(pk=need.pk).name == need.name


def test_no_file_writes_over_the_words_of_a_term_that_was_entered_here(tmp_path: Path) -> None:
    need = term("need", "grief", "Grief")
    taxonomy = {"id": need.taxonomy_id, "name": "Other words", "description": "d"}
    words = {"id": need.pk, "name": "Evil", "code": "x", "description": "d"}
    run(
        write_package(
            tmp_path / "state",
            {
                "taxonomy": [taxonomy],
                "taxonomy_term": [words | {"taxonomy_id": need.taxonomy_id}],
            },
        ),
        "--source",
        "state",
    )
    kept = TaxonomyTerm.objects.select_related("taxonomy").get(pk=need.pk)
    assert (kept.name, kept.code) == (need.name, need.code)
    assert kept.taxonomy is not None and kept.taxonomy.name != "Other words"
