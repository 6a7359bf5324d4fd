"""A descriptor that could mislead is refused, with the field and the remedy."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.transparency.conftest import column
from transparency.descriptor import check, define
from transparency.errors import DescriptorError
from transparency.models import Dataset

Change = Callable[[dict[str, Any]], Any]


def fields(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = descriptor["schema"]["fields"]
    return found


def drop(name: str) -> Change:
    def change(d: dict[str, Any]) -> None:
        d["schema"]["fields"] = [f for f in fields(d) if f["name"] != name]

    return change


def test_good_ones_have_no_fault(descriptor: dict[str, Any], b_heard: dict[str, Any]) -> None:
    assert check(descriptor) == []
    assert check(b_heard) == []


def test_it_makes_and_changes_one_dataset(db: None, descriptor: dict[str, Any]) -> None:
    made = define(descriptor)
    descriptor["title"]["en"] = "Another title"
    assert define(descriptor).pk == made.pk
    assert Dataset.objects.get().title == "Another title"
    assert Dataset.objects.get().schema.k == 11


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda d: d.pop("title"), "title"),
        (lambda d: d.update(title={"es": "sin inglés"}), "title"),
        (lambda d: d.update(name="No spaces"), "name"),
        (lambda d: d.update(k=2), "k"),
        (lambda d: d.update(k=True), "k"),
        (lambda d: d.update(counts="ants"), "counts"),
        (lambda d: d.update(counts="things", k=11), "k"),
        (lambda d: d.update(rhythm="often"), "rhythm"),
        (lambda d: d.update(sources=[]), "sources"),
        (lambda d: d["sources"][0].update(path="javascript:alert(1)"), "sources[0].path"),
        (lambda d: d["sources"][0].update(title={"es": "sin inglés"}), "sources[0].title"),
        (lambda d: d["sources"][0].update(title=""), "sources[0].title"),
        (lambda d: d.update(colour="red"), "colour"),
        (lambda d: d.update(codes={"suppressed": ["*"], "missing": ["*"]}), "codes"),
        (lambda d: d.update(chart={"kind": "pie", "x": "year", "y": ["calls"]}), "chart"),
        (lambda d: d.update(needs_approval="yes"), "needs_approval"),
        (lambda d: d.update(schema=[]), "schema.fields"),
        (lambda d: d.update(schema=None), "schema.fields"),
        (lambda d: fields(d)[0].pop("definition"), "schema.fields[0].definition"),
        (lambda d: fields(d)[0].update(type="text"), "schema.fields[0].type"),
        (lambda d: fields(d)[0].update(name="release"), "schema.fields[0].name"),
        (lambda d: fields(d)[1].update(type="string"), "calls.type"),
        (lambda d: fields(d)[1].pop("unit"), "calls.unit"),
        (lambda d: fields(d)[1].pop("covers"), "calls"),
        (lambda d: fields(d)[1].update(within="eligible"), "calls"),
        (lambda d: fields(d)[2].update(within="nowhere"), "eligible.within"),
        (lambda d: fields(d)[5].pop("denominator"), "of_eligible"),
        (lambda d: fields(d)[5].update(denominator="arrests"), "of_eligible.denominator"),
        (lambda d: fields(d).append(column("year", "dimension", "year")), "schema.fields"),
        (lambda d: d.update(lead={"calls": "1"}), "lead"),
        (lambda d: d["chart"].update(x="calls"), "chart.x"),
        (lambda d: d["chart"].update(y=["nothing"]), "chart.y"),
        (lambda d: d["sentence"].update(en="{nothing}"), "sentence.en"),
    ],
)
def test_faults_name_their_field(descriptor: dict[str, Any], change: Change, field: str) -> None:
    change(descriptor)
    problems = check(descriptor)
    assert field in {problem.field for problem in problems}
    assert all(problem.message and problem.remedy for problem in problems)


@pytest.mark.parametrize("nonsense", [None, [], "text", {}, {"schema": {"fields": [1, None]}}])
def test_nonsense_is_a_fault_not_a_crash(nonsense: Any) -> None:
    assert check(nonsense)


def test_of_eligible_never_without_of_all(descriptor: dict[str, Any]) -> None:
    drop("of_all")(descriptor)
    descriptor["chart"]["y"] = ["responded"]
    del descriptor["sentence"]
    (problem,) = check(descriptor)
    assert problem.field == "of_eligible"
    assert "denominator is calls" in problem.remedy


def test_nor_in_the_chart_nor_in_a_sentence(descriptor: dict[str, Any]) -> None:
    descriptor["chart"]["y"] = ["of_eligible"]
    descriptor["sentence"]["es"] = "{of_eligible} de las elegibles"
    assert [problem.field for problem in check(descriptor)] == ["chart.y", "sentence.es"]


def test_of_all_may_stand_without_of_eligible(descriptor: dict[str, Any]) -> None:
    drop("of_eligible")(descriptor)
    descriptor["chart"]["y"] = ["of_all"]
    del descriptor["sentence"]
    assert check(descriptor) == []


@pytest.mark.parametrize("unit", ["% of those eligible", {"en": "x", "es": "% de las elegibles"}])
def test_a_share_as_a_plain_number_is_of_all(descriptor: dict[str, Any], unit: Any) -> None:
    share = column("plain", "measure", "number") | {"unit": unit}
    fields(descriptor).append(share)
    for base in (None, "eligible"):
        share |= {"base": base} if base else {}
        assert [problem.field for problem in check(descriptor)] == ["plain.base"]
    share["base"] = "calls"
    assert check(descriptor) == []


def test_a_circle_of_parts_is_refused(descriptor: dict[str, Any]) -> None:
    fields(descriptor)[1].pop("covers")
    fields(descriptor)[1]["within"] = "responded"
    assert "calls.within" in {problem.field for problem in check(descriptor)}


def test_nothing_is_made_of_a_faulty_one(db: None, descriptor: dict[str, Any]) -> None:
    descriptor["k"] = 0
    with pytest.raises(DescriptorError, match="whole number from 3"):
        define(descriptor)
    assert not Dataset.objects.exists()
