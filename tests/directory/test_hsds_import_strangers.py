"""A package that names other people's records by their ids changes none of them unless a person has
chosen that.
"""

from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from directory.imports.publish import publish
from directory.models import (
    Attribute,
    Contact,
    ImportBatch,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    StagedRow,
    TaxonomyTerm,
)
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
        if p["code"] == "other-source"
    ]


def test_another_source_that_takes_over_a_listing_is_told(tmp_path: Path) -> None:
    assert told(run(package(tmp_path / "county", "Talk"), "--source", "county")) == []
    theirs = package(tmp_path / "state", "Mine now", "mine")
    outcome = run(theirs, "--source", "state", publish=False)
    assert told(outcome) == [("service", "county")]
    assert Service.objects.get().name == "Talk"


def test_publishing_leaves_what_is_anothers_alone_and_keeps_it_open(tmp_path: Path) -> None:
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    theirs = package(tmp_path / "state", "Mine now", "mine")
    outcome = run(theirs, "--source", "state")
    assert outcome.status == 0
    assert outcome.counts == (2, 2, 0, 0, 0)
    assert outcome.report["warnings"][0]["code"] == "wait-for-person"
    assert Organization.objects.filter(name="mine").exists()
    service = Service.objects.get()
    assert (service.name, service.source) == ("Talk", "county")
    left = ImportBatch.objects.get(state="staged")
    waits = left.rows.get(action="create")
    assert (waits.table, waits.chosen, waits.values["name"]) == ("service", False, "Mine now")
    assert left.rows.get(action="unchanged").table == "organization"


def test_the_same_file_again_piles_up_no_batches(tmp_path: Path) -> None:
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    for name in ("Mine now", "Mine now", "Mine still"):
        run(package(tmp_path / "state", name, "mine"), "--source", "state")
    left = ImportBatch.objects.get(state="staged")
    assert left.rows.get(chosen=False).values["name"] == "Mine still"
    assert Service.objects.get().name == "Talk"


def test_what_a_person_let_a_source_take_over_it_may_go_on_with(tmp_path: Path) -> None:
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    run(package(tmp_path / "state", "Mine now", "mine"), "--source", "state")
    left = ImportBatch.objects.get(state="staged")
    left.rows.update(chosen=True)
    publish(left)
    assert Service.objects.get(pk=uid("shared")).name == "Mine now"
    again = run(package(tmp_path / "state", "Mine still", "mine"), "--source", "state")
    assert told(again) == []
    assert Service.objects.get(pk=uid("shared")).name == "Mine still"


def parts(folder: Path) -> Path:
    """What somebody else hangs on the service "shared", which is not in the package."""
    of = {"service_id": uid("shared")}
    return write_package(
        folder,
        {
            "organization": [{"id": uid("mine"), "name": "Mine", "description": "d"}],
            "service": [
                {
                    "id": uid("own"),
                    "organization_id": uid("mine"),
                    "name": "Own",
                    "status": "active",
                }
            ],
            "location": [{"id": uid("house"), "location_type": "physical", "name": "House"}],
            "service_at_location": [{"id": uid("at"), "location_id": uid("house"), **of}],
            "contact": [{"id": uid("desk"), "name": "Desk", **of}],
            "phone": [
                {"id": uid("theirs"), "number": "303-555-0177", **of},
                {"id": uid("on-desk"), "number": "303-555-0178", "contact_id": uid("desk")},
                {"id": uid("own-phone"), "number": "303-555-0179", "service_id": uid("own")},
            ],
            "schedule": [{"id": uid("at-place"), "service_at_location_id": uid("at")}],
            "attribute": [{"id": uid("tag"), "link_id": uid("shared"), "value": "x"}],
        },
    )


def test_nothing_is_hung_on_anothers_listing_unseen(tmp_path: Path) -> None:
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    outcome = run(parts(tmp_path / "state"), "--source", "state")
    assert outcome.status == 0
    assert Phone.objects.get().number == "303-555-0179"
    assert Location.objects.get().name == "House"
    for model in (ServiceAtLocation, Contact, Schedule, Attribute):
        assert not model._default_manager.exists()
    left = ImportBatch.objects.get(state="staged")
    waiting = left.rows.filter(chosen=False).values_list("table", flat=True)
    assert sorted(waiting) == [
        "attribute",
        "contact",
        "phone",
        "phone",
        "schedule",
        "service_at_location",
    ]
    for problem in (p for row in left.rows.filter(chosen=False) for p in row.problems):
        assert "“county”" in problem["message"] or problem["code"] != "beside-other-source"


def test_a_chosen_part_does_not_take_the_listing_along(tmp_path: Path) -> None:
    """The listing is there: only the phone that a person chose is added to it."""
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    theirs = package(tmp_path / "state", "Mine now", "mine")
    phone = {"id": uid("new"), "number": "303-555-0177", "service_id": uid("shared")}
    write_package(theirs, {"phone": [phone]})
    run(theirs, "--source", "state")
    left = ImportBatch.objects.get(state="staged")
    left.rows.filter(table="phone").update(chosen=True)
    publish(left)
    assert Phone.objects.get().service_id == Service.objects.get(name="Talk").pk


def test_own_rows_are_not_moved_to_anothers_listing_unseen(tmp_path: Path) -> None:
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    mine = parts(tmp_path / "state")
    run(mine, "--source", "state")
    phone = {"id": uid("own-phone"), "number": "303-555-0179", "service_id": uid("shared")}
    write_package(mine, {"phone": [phone]})
    run(mine, "--source", "state", "--part")
    assert Phone.objects.get().service_id == Service.objects.get(name="Own").pk


def test_what_another_source_brought_after_staging_waits_too(tmp_path: Path) -> None:
    theirs = package(tmp_path / "state", "Mine now", "mine")
    run(theirs, "--source", "state", publish=False)
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    publish(ImportBatch.objects.get(source="state"))
    assert Service.objects.get().name == "Talk"
    row = StagedRow.objects.get(batch__source="state", table="service")
    assert not row.chosen and "“county”" in row.problems[-1]["message"]


def own_service(folder: Path, name: str) -> Path:
    """A service of the organization "shared", and a place of its own with a phone."""
    return write_package(
        folder,
        {
            "organization": [{"id": uid("shared"), "name": name, "description": "Help."}],
            "service": [{"id": uid(name), "organization_id": uid("shared"), "name": name}],
            "location": [
                {"id": uid(f"{name} house"), "location_type": "physical", "name": name},
                {
                    "id": uid(f"{name} annex"),
                    "location_type": "physical",
                    "name": f"{name} annex",
                    "organization_id": uid("shared"),
                },
            ],
            "phone": [
                {"id": uid(f"{name} 1"), "number": "303-555-0177", "service_id": uid(name)},
                {
                    "id": uid(f"{name} 2"),
                    "number": "303-555-0178",
                    "location_id": uid(f"{name} house"),
                },
            ],
        },
    )


@pytest.mark.parametrize("chosen", [True, False])
def test_what_belongs_to_what_another_source_brought_after_staging_waits_too(
    tmp_path: Path, chosen: bool
) -> None:
    run(own_service(tmp_path / "state", "Mine"), "--source", "state", publish=False)
    run(own_service(tmp_path / "county", "Theirs"), "--source", "county")
    batch = ImportBatch.objects.get(source="state")
    batch.rows.filter(table="organization").update(chosen=chosen)
    publish(batch)
    assert Organization.objects.get(pk=uid("shared")).name == "Theirs"
    assert not Service.objects.filter(name="Mine").exists()
    waits = {row.source_id: row for row in batch.rows.filter(chosen=False)}
    named = ("shared", "Mine", "Mine annex", "Mine 1")
    assert waits.keys() == {uid(name) for name in named}
    told = [waits[uid(name)].problems[-1]["code"] for name in named]
    assert told == ["other-source", *["beside-other-source"] * 3]
    assert "“county”" in waits[uid("Mine")].problems[-1]["message"]
    assert Phone.objects.filter(location=uid("Mine house")).exists()


def test_what_a_person_lets_belong_to_it_is_published(tmp_path: Path) -> None:
    mine = own_service(tmp_path / "state", "Mine")
    run(mine, "--source", "state", publish=False)
    run(own_service(tmp_path / "county", "Theirs"), "--source", "county")
    publish(ImportBatch.objects.get(source="state"))
    run(mine, "--source", "state", publish=False)
    again = ImportBatch.objects.get(source="state", state="staged")
    run(own_service(tmp_path / "county", "Theirs too"), "--source", "county", "--part")
    again.rows.filter(table="service").update(chosen=True)
    publish(again)
    assert Service.objects.get(name="Mine").organization_id == UUID(uid("shared"))


def test_a_steward_sees_whose_it_is_and_chooses(steward: Client, tmp_path: Path) -> None:
    run(package(tmp_path / "county", "Talk"), "--source", "county")
    run(package(tmp_path / "state", "Mine now", "mine"), "--source", "state", publish=False)
    batch = ImportBatch.objects.get(source="state")
    address = reverse("directory_imports:inspect", args=[batch.pk])
    page = steward.get(address).content.decode()
    assert "Rows that would change what came from elsewhere, or add to it: 1." in page
    assert "from the source “county”" in page
    own = batch.rows.get(table="service")
    steward.post(
        reverse("directory_imports:publish", args=[batch.pk]), {"row": [own.pk], "shown": [own.pk]}
    )
    assert Service.objects.get().name == "Mine now"


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
