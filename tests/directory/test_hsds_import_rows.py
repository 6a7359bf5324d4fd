"""What single rows of HSDS mean: values, ids, links, and what becomes of the odd ones."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from directory.imports.hsds_kind import HsdsKind
from directory.imports.kinds import RowChange
from directory.imports.rows import Row
from directory.models import (
    Attribute,
    Contact,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRow,
    Taxonomy,
    TaxonomyTerm,
)
from directory.models.taxonomy import shipped_id
from tests.directory.hsds_packages import SOURCE, candidates, codes, uid, write

pytestmark = pytest.mark.django_db

ORGANIZATION = {"id": uid("o"), "name": "Harbor"}
SERVICE = {"id": uid("s"), "name": "Counselling", "organization_id": uid("o")}
BASE: dict[str, list[dict[str, Any]]] = {"organization": [ORGANIZATION], "service": [SERVICE]}


def values(table: str, **cells: str) -> tuple[dict[str, Any], dict[str, str], list[str]]:
    """What is understood of a row, what is kept as it was given, and the codes of what is said."""
    (found,) = candidates({table: [cells]})
    assert found.values is not None
    understood = dict(found.values)
    given = understood.pop("as_given", {})
    return understood, given, [p.code for p in found.problems if p.code != "no-owner"]


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("2026-11-24", "2026-11-24", None),
        ("2026-11-24T00:00:00", "2026-11-24", "style"),
        ("11/24/2026", "2026-11-24", "style"),
        ("24/11/2026", "2026-11-24", "style"),
        ("24.11.2026", "2026-11-24", "style"),
        ("05/05/2026", "2026-05-05", "style"),
        ("05/06/2026", None, "date"),
        ("last week", None, "date"),
        ("2026-02-30", None, "date"),
    ],
)
def test_dates_in_the_styles_that_people_write(
    text: str, value: str | None, code: str | None
) -> None:
    understood, given, said = values("schedule", valid_from=text)
    assert understood.get("valid_from") == value
    assert said == ([code] if code else [])
    assert given == ({} if value else {"valid_from": text})


@pytest.mark.parametrize(
    ("text", "value", "kept"),
    [
        ("10:00:00", "10:00:00", False),
        ("10:00", "10:00:00", True),
        ("10:00Z", "10:00:00", True),
        ("10:00-06:00", "10:00:00", True),
        ("24:00", "00:00:00", True),
        ("25:00", None, True),
        ("noon", None, True),
    ],
)
def test_times_are_the_clock_s_and_offsets_are_kept(
    text: str, value: str | None, kept: bool
) -> None:
    understood, given, _said = values("schedule", opens_at=text)
    assert (understood.get("opens_at"), "opens_at" in given) == (value, kept)


@pytest.mark.parametrize(
    ("table", "column", "text", "value", "code"),
    [
        ("schedule", "freq", "weekly", "WEEKLY", "style"),
        ("schedule", "byday", "mo, tu", "MO,TU", "style"),
        ("schedule", "byday", "Mondays", None, "days"),
        ("schedule", "interval", "0", None, "number"),
        ("service", "status", "Active", "active", "style"),
        ("service", "status", "open", None, "choice"),
        ("service", "minimum_age", "12.0", 12, None),
        ("service", "minimum_age", "twelve", None, "number"),
        ("service", "url", "example.org", "https://example.org", "style"),
        ("service", "url", "javascript:alert(1)", None, "link"),
        ("service", "email", "nobody", None, "email"),
        (
            "service",
            "description",
            "<b>Warm</b> words",
            "Warm words",
            "text-cleaned",
        ),
        ("service", "description", " two\nlines ", " two\nlines ", None),
        ("service", "x_telehealth", "true", True, None),
        ("service", "x_telehealth", "perhaps", None, "yes-or-no"),
        ("phone", "number", '"+44 1234 234567"', '"+44 1234 234567"', None),
        ("phone", "number", "call us", "call us", None),
        ("phone", "type", "hotline", None, "choice"),
        ("cost_option", "amount", "12.50", "12.5", None),
        ("cost_option", "amount", "$12", None, "number"),
        ("location", "x_time_zone", "3", None, "place-time-zone"),
    ],
)
def test_a_cell_is_understood_or_kept_and_said(
    table: str, column: str, text: str, value: Any, code: str | None
) -> None:
    cells = {"name": "N", "number": "1"} | {column: text}
    understood, given, said = values(table, **cells)
    unknown = [c for c in said if not c.endswith("unknown-column") and c != "leads-nowhere"]
    assert understood.get(column) == value
    assert unknown == ([code] if code else [])
    if value is None:
        assert given[column] == text


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"latitude": "100", "longitude": "101"}, "latitude"),
        ({"latitude": "39", "longitude": "200"}, "longitude"),
        ({"latitude": "39"}, "longitude"),
        ({"latitude": "0", "longitude": "0"}, "longitude"),
    ],
)
def test_a_point_that_is_nowhere_is_kept_and_not_used(cells: dict[str, str], wrong: str) -> None:
    understood, given, said = values("location", name="House", **cells)
    assert not {"latitude", "longitude"} & understood.keys()
    assert given == cells
    assert said == ["place-coordinate"]


def test_a_text_that_is_too_long_is_cut_and_kept_whole() -> None:
    understood, given, said = values("service", name="n" * 300)
    assert len(understood["name"]) == 255
    assert given["name"] == "n" * 300
    assert said == ["text-cut"]


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("organization", {"description": "no name"}),
        ("service", {"name": "<i></i>"}),
        ("taxonomy_term", {"description": "neither name nor code"}),
        ("phone", {"type": "voice"}),
        ("url", {"label": "no url"}),
        ("organization_identifier", {"identifier_type": "no number"}),
        ("service", {"id": " ", "name": "no id"}),
    ],
)
def test_a_row_without_a_name_is_rejected(table: str, cells: dict[str, str]) -> None:
    (found,) = candidates({table: [cells]})
    assert found.values is None
    assert found.problems


def test_a_row_with_surplus_cells_is_rejected_alone() -> None:
    rows = [
        Row(1, dict(ORGANIZATION), surplus=("x",), table="organization"),
        Row(2, {"id": uid("p"), "name": "Other"}, table="organization"),
    ]
    first, second = HsdsKind().read(SOURCE, rows)
    assert (first.values, second.values) == (None, {"name": "Other"})


def test_a_column_that_hsds_does_not_have_is_kept_and_said_once() -> None:
    rows = [{"name": "A", "mood": "good"}, {"name": "B", "mood": "bad"}]
    found = candidates({"organization": rows})
    assert [one.values and one.values["as_given"] for one in found] == [
        {"mood": "good"},
        {"mood": "bad"},
    ]
    assert codes(found) == [("organization", "mood", "unknown-column")]


def test_ids_are_the_records_own_when_they_are_uuids() -> None:
    write(BASE)
    write({"organization": [{"id": "42", "name": "By number"}]})
    assert Organization.objects.get(name="Harbor").pk == UUID(uid("o"))
    write({"organization": [{**ORGANIZATION, "name": "Harbor House"}]}, source="another")
    assert Organization.objects.get(pk=uid("o")).name == "Harbor House"
    write({"organization": [{"id": "42", "name": "Of another source"}]}, source="another")
    assert Organization.objects.count() == 3


def test_shipped_terms_are_met_by_their_ids_alone() -> None:
    taxonomies = Taxonomy.objects.count()
    code = TaxonomyTerm.objects.filter(taxonomy__slug="need").values_list("code", flat=True)[0]
    term = shipped_id("need", code)
    before = TaxonomyTerm.objects.count()
    write(
        {
            "taxonomy": [{"id": uid("x"), "name": "need"}],
            "taxonomy_term": [{"id": uid("t"), "name": "Ours", "code": code}],
            "service": [SERVICE],
            "attribute": [{"link_id": uid("s"), "taxonomy_term_id": str(term)}],
        }
    )
    assert TaxonomyTerm.objects.count() == before + 1
    assert Taxonomy.objects.count() == taxonomies + 1
    assert Taxonomy.objects.get(pk=uid("x")).slug is None
    assert Attribute.objects.get().taxonomy_term_id == term


def test_an_organization_that_nobody_describes_is_stood_in_for_until_it_comes() -> None:
    write({"service": [SERVICE]})
    stand_in = Organization.objects.get()
    assert (stand_in.pk, stand_in.unknown, stand_in.name) == (UUID(uid("o")), True, "Counselling")
    service = Service.objects.get()
    assert service.as_given == {"organization_id": uid("o")}
    write(BASE)
    described, service = Organization.objects.get(), Service.objects.get()
    assert (described.unknown, described.name) == (False, "Harbor")
    assert (service.organization, service.as_given) == (described, {})


def test_a_row_waits_for_what_it_belongs_to() -> None:
    program = {"id": uid("p"), "name": "Hope", "organization_id": uid("o")}
    (written,) = write({"program": [program]})
    assert written.record_id is None
    found = write({"organization": [ORGANIZATION], "program": [program]})
    assert found[1].record_id == UUID(uid("p"))


def test_a_phone_belongs_to_several_and_tells_of_its_services() -> None:
    tables = BASE | {
        "location": [{"id": uid("l"), "name": "House"}],
        "service_at_location": [{"id": uid("a"), "service_id": uid("s"), "location_id": uid("l")}],
        "contact": [{"id": uid("c"), "name": "Ann", "service_at_location_id": uid("a")}],
        "phone": [{"number": "1", "contact_id": uid("c"), "location_id": uid("l")}],
    }
    *_, written = write(tables)
    phone = Phone.objects.get()
    assert (str(phone.contact_id), str(phone.location_id)) == (uid("c"), uid("l"))
    assert written.service_ids == (UUID(uid("s")),)


def test_set_hours_make_a_service_open_at_set_hours() -> None:
    hours = {"service_id": uid("s"), "byday": "MO", "opens_at": "9:00", "closes_at": "17:00Z"}
    write(BASE | {"schedule": [hours]})
    schedule = Schedule.objects.get()
    assert (schedule.opens_at, schedule.closes_at) == (time(9), time(17))
    assert Service.objects.get().availability == "schedule"


def test_two_rows_for_one_service_at_one_location_are_one() -> None:
    pair = {"service_id": uid("s"), "location_id": uid("l")}
    tables = BASE | {
        "location": [{"id": uid("l"), "name": "House"}],
        "service_at_location": [{"id": uid("a"), **pair}, {"id": uid("b"), **pair}],
        "phone": [{"number": "1", "service_at_location_id": uid("a")}],
    }
    assert ("service_at_location", "location_id", "same-pair") in codes(candidates(tables))
    written = write(tables)
    assert {one.record_id for one in written[3:5]} == {UUID(uid("a"))}
    assert ServiceAtLocation.objects.count() == 1


def _parents(*links: tuple[str, str]) -> dict[str, list[dict[str, Any]]]:
    rows = [{"id": uid(a), "name": a, "parent_organization_id": uid(b)} for a, b in links]
    return {"organization": rows}


@pytest.mark.parametrize("links", [[("a", "a")], [("a", "b"), ("b", "c"), ("c", "a")]])
def test_nothing_becomes_its_own_ancestor(links: list[tuple[str, str]]) -> None:
    tables = _parents(*links)
    write(tables)
    last = Organization.objects.get(name=links[-1][0])
    assert last.parent_organization is None
    assert last.as_given == {"parent_organization_id": uid(links[-1][1])}
    assert Organization.objects.exclude(parent_organization=None).count() == len(links) - 1


def test_a_circle_through_what_was_there_before_is_cut() -> None:
    write(_parents(("a", "nowhere"), ("b", "a")))
    write(_parents(("a", "b")))
    top = Organization.objects.get(name="a")
    assert (top.parent_organization, top.as_given) == (None, {"parent_organization_id": uid("b")})


def test_the_parent_may_come_later_in_the_file() -> None:
    tables = _parents(("a", "b"), ("b", "nowhere"))
    write(tables)
    assert Organization.objects.get(name="a").parent_organization_id == UUID(uid("b"))


def _again(before: Mapping[str, Any], after: Mapping[str, Any], table: str = "service") -> None:
    kind = HsdsKind()
    old, new = (candidates({table: [cells]})[0] for cells in (before, after))
    assert old.values is not None
    assert new.values is not None
    change = RowChange(table, new.source_id, new.values, old.values, UUID(new.source_id))
    kind.write(SOURCE, [change])


def test_only_what_the_source_changed_is_written() -> None:
    before = {**SERVICE, "alert": "old", "wait_time": "a week", "assured_date": "2026-01-01"}
    write({"organization": [ORGANIZATION], "service": [before]})
    service = Service.objects.get()
    service.wait_time, service.name = "two days", "Edited"
    service.save()
    _again(before, {**SERVICE, "alert": "new", "wait_time": "a week", "minimum_age": "12"})
    service.refresh_from_db()
    assert (service.name, service.wait_time) == ("Edited", "two days")
    assert (service.alert, service.minimum_age, service.assured_date) == ("new", 12, None)


def test_a_point_is_written_whole() -> None:
    before = {"id": uid("l"), "name": "House", "latitude": "39.5", "longitude": "-104.5"}
    write({"location": [before]})
    Location.objects.update(latitude=None, longitude=None)
    _again(before, {**before, "latitude": "39.6"}, "location")
    location = Location.objects.get()
    assert (location.latitude, location.longitude) == (39.6, -104.5)


def _gone(*rows: tuple[str, str]) -> list[RowChange]:
    return [RowChange(table, uid(name), {}, {}, UUID(uid(name))) for table, name in rows]


FULL = BASE | {
    "location": [{"id": uid("l"), "name": "House"}],
    "service_at_location": [{"id": uid("a"), "service_id": uid("s"), "location_id": uid("l")}],
    "contact": [{"id": uid("c"), "name": "Ann", "service_id": uid("s")}],
    "phone": [
        {"id": uid("n"), "number": "1", "contact_id": uid("c"), "service_id": uid("s")},
        {"id": uid("m"), "number": "2", "contact_id": uid("c")},
    ],
}


def test_what_vanished_is_set_aside_and_its_children_go() -> None:
    write(FULL)
    kind = HsdsKind()
    assert kind.set_aside(SOURCE, _gone(("contact", "c"))) == [UUID(uid("s"))]
    assert not Contact.objects.exists()
    assert [phone.number for phone in Phone.objects.all()] == ["1"]  # it is the service's too
    kind.set_aside(SOURCE, _gone(("organization", "o"), ("location", "l")))
    assert Organization.objects.exists()
    assert Location.objects.exists()
    assert kind.set_aside(SOURCE, _gone(("service", "s"))) == [UUID(uid("s"))]
    assert Service.objects.get().set_aside_at is not None
    kind.set_aside(SOURCE, _gone(("service_at_location", "a"), ("location", "l")))
    assert not Location.objects.exists()


def test_a_service_that_comes_back_is_no_longer_set_aside() -> None:
    write(BASE)
    HsdsKind().set_aside(SOURCE, _gone(("service", "s")))
    _again(SERVICE, SERVICE)
    assert Service.objects.get().set_aside_at is None


def test_what_another_source_still_has_stays() -> None:
    write(BASE)
    SourceRow.objects.create(
        source="another", table="service", source_id=uid("s"), record_id=uid("s")
    )
    assert HsdsKind().set_aside(SOURCE, _gone(("service", "s"))) == []
    assert Service.objects.get().set_aside_at is None


def test_undoing_removes_what_was_made_and_nothing_else() -> None:
    write(FULL)
    Service.objects.create(name="By hand", organization=Organization.objects.get())
    HsdsKind().remove(SOURCE, _gone(("organization", "o"), ("service", "s"), ("phone", "n")))
    assert [service.name for service in Service.objects.all()] == ["By hand"]
    assert Organization.objects.get().unknown


def test_dates_reach_their_fields() -> None:
    write(BASE | {"cost_option": [{"service_id": uid("s"), "valid_from": "11/24/2026"}]})
    assert Service.objects.get().cost_options.get().valid_from == date(2026, 11, 24)
