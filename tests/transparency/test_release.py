"""A release: versioned, chained, held until its time, approved by somebody else where asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from transparency.descriptor import define
from transparency.errors import InvalidTable, ReleaseRefused, TotalsRefused, Unchanged
from transparency.models import Dataset, Draft, Release
from transparency.release import decide, drop, figure_of, publish, sha256, stage
from transparency.verify import verify

User = get_user_model()


def changed(rows: bytes) -> bytes:
    return rows.replace(b"3000", b"3100")


def test_versions_follow_each_other(teams: Dataset, rows: bytes) -> None:
    first = publish(teams, rows, notes="First figures.")
    second = publish(teams, changed(rows), notes="A district was late.")
    assert [first.number, second.number] == [1, 2]
    assert second.previous == first.digest
    assert first.sha256 == sha256(bytes(first.content))
    assert teams.latest() == second
    assert b"teams/v1" in bytes(first.content)
    assert b"teams/v2" in bytes(second.content)
    assert list(verify()) == []


def test_no_true_number_that_was_hidden_is_kept(teams: Dataset, rows: bytes) -> None:
    content = rows.replace(b",7,-", b",9,-")
    draft, _ = stage(teams, content)
    release = decide(draft, None)
    figure = figure_of(release)
    assert figure.rows[2]["arrests"].state == "suppressed"
    for kept in (release, draft):
        stored = bytes(kept.content).decode()
        assert ",9," not in stored
        assert stored.count("suppressed") == 1
    assert sha256(content) not in {release.sha256, release.digest, release.previous}
    assert bytes(Draft.objects.get().content) == b""  # once published, the bytes are stored once


def test_the_same_again_changes_nothing(teams: Dataset, rows: bytes) -> None:
    publish(teams, rows)
    with pytest.raises(Unchanged, match="Version 1"):
        publish(teams, rows)
    # A number that is hidden both times is no change that anybody may see.
    with pytest.raises(Unchanged):
        publish(teams, rows.replace(b",7,-", b",8,-"))
    assert Draft.objects.count() == 1


def test_a_version_keeps_the_definitions_it_was_published_with(
    teams: Dataset, rows: bytes, descriptor: dict[str, Any]
) -> None:
    first = publish(teams, rows)
    descriptor["schema"]["fields"][1]["definition"] = {"en": "Counted anew."}
    second = publish(define(descriptor), rows, notes="Another definition.")
    first.refresh_from_db()
    assert str(Release.objects.get(number=1).schema.by_name["calls"].definition) == "What calls is."
    assert str(second.schema.by_name["calls"].definition) == "Counted anew."


def test_a_faulty_file_leaves_nothing(teams: Dataset, rows: bytes) -> None:
    with pytest.raises(InvalidTable):
        publish(teams, rows.replace(b"4000", b"lots"))
    assert not Draft.objects.exists()
    assert not Release.objects.exists()


def test_totals_need_a_reason_that_is_kept(db: None, b_heard: dict[str, Any]) -> None:
    dataset = define(b_heard)
    content = b"period,calls,ineligible,eligible,unserved\nFY22-24,96291,59178,37113,13042\n"
    with pytest.raises(TotalsRefused, match="calls is the sum of ineligible and eligible"):
        publish(dataset, content, allow_totals="  ")
    release = publish(dataset, content, allow_totals="All is public already.")
    assert release.override_reason == "All is public already."
    assert figure_of(release).rows[0]["unserved_of_all"].text == "13.5"


def test_a_reason_is_not_kept_where_none_was_needed(teams: Dataset, rows: bytes) -> None:
    assert publish(teams, rows, allow_totals="Just in case.").override_reason == ""


def test_an_embargo_is_a_condition_at_reading_time(teams: Dataset, rows: bytes) -> None:
    publish(teams, rows)
    later = timezone.now() + timedelta(days=2)
    held = publish(teams, changed(rows), embargo=later)
    assert held.published_at == later
    assert teams.latest() == Release.objects.get(number=1)
    assert teams.latest(later) == held
    with pytest.raises(ReleaseRefused, match="Version 2 is held"):
        publish(teams, rows)


@pytest.fixture
def two_people(teams: Dataset, descriptor: dict[str, Any]) -> tuple[Dataset, Any, Any]:
    dataset = define(descriptor | {"needs_approval": True})
    return dataset, User.objects.create_user("ana"), User.objects.create_user("ben")


def test_a_second_person_publishes(two_people: tuple[Dataset, Any, Any], rows: bytes) -> None:
    dataset, ana, ben = two_people
    draft, _ = stage(dataset, rows, by=ana)
    for nobody in (ana, None):
        with pytest.raises(ReleaseRefused, match="second person"):
            decide(draft, nobody)
    assert decide(draft, ben).number == 1
    with pytest.raises(ReleaseRefused, match="no longer waits"):
        decide(draft, ben)
    with pytest.raises(ReleaseRefused, match="second person"):
        publish(dataset, changed(rows), by=ana)
    assert Draft.objects.filter(state=Draft.State.WAITING).count() == 0


def test_a_dropped_draft_holds_nothing(two_people: tuple[Dataset, Any, Any], rows: bytes) -> None:
    dataset, ana, ben = two_people
    draft, _ = stage(dataset, rows, by=ana)
    drop(draft, ben)
    draft.refresh_from_db()
    assert (draft.state, bytes(draft.content)) == ("dropped", b"")
    with pytest.raises(ReleaseRefused):
        decide(draft, ben)


def test_a_draft_does_not_outlive_its_definitions(
    teams: Dataset, rows: bytes, descriptor: dict[str, Any]
) -> None:
    draft, _ = stage(teams, rows)
    define(descriptor | {"k": 20})
    with pytest.raises(ReleaseRefused, match="definition changed"):
        decide(draft, None)


def test_two_drafts_of_one_table_become_one_version(teams: Dataset, rows: bytes) -> None:
    first, _ = stage(teams, rows)
    second, _ = stage(teams, rows)
    decide(first, None)
    with pytest.raises(Unchanged):
        decide(second, None)
    assert Release.objects.count() == 1


def test_an_account_may_go_and_the_release_stays(teams: Dataset, rows: bytes) -> None:
    ana = User.objects.create_user("ana")
    release = publish(teams, rows, by=ana)
    ana.delete()
    release.refresh_from_db()
    assert release.role == "administrator"
    assert "ana" not in str(release.record())
