"""An import in the CMS: brought in, its columns understood, looked through, chosen, published,
undone."""

import os
import re
import time
import traceback
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from directory.duplicates.finding import find_all
from directory.duplicates.merging import merge
from directory.imports.mapping import choose
from directory.imports.stage import stage
from directory.models import (
    DuplicatePair,
    ImportBatch,
    ProblemReport,
    SavedMapping,
    Service,
    SourceRow,
)
from directory.viewsets.imports import background, kept
from tests.directory.importing import table_of
from tests.directory.listings import make_confidential, make_place, make_service

pytestmark = pytest.mark.django_db
KNOWN = "name,organization,street,city,state,zip,phone\n"
UNKNOWN = (
    "agency;programme;where;ring us\n"
    "Harbor Health;Talking therapy;100 Main St, Denver, CO 80203;303-555-0100\n"
    "Hope Center;Grief group;200 Elm St, Denver, CO 80204;303-555-0101\n"
    "Hope Center;Art group;200 Elm St, Denver, CO 80204;303-555-0102\n"
)


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.OPENDOOR_INDEX_DIR = tmp_path / "index"
    settings.OPENDOOR_UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def steward(client: Client) -> Client:
    user = get_user_model().objects.create_user("steward", password="a-long-password")
    user.groups.add(Group.objects.get(name="Directory stewards"))
    client.force_login(user)
    return client


def row(number: int, name: str = "", phone: str = "303-555-0100") -> str:
    return (
        f"{name or f'Service {number}'},Harbor {number},{number} Elm St,Denver,CO,80203,{phone}\n"
    )


def bring(
    client: Client, text: str | bytes, name: str = "county.csv", **fields: str
) -> HttpResponse:
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    fields.setdefault("source", "county")
    return client.post(reverse("directory_imports:add"), {"file": file, **fields}, follow=True)  # type: ignore[return-value]


def newest() -> ImportBatch:
    found = ImportBatch.objects.order_by("-pk").first()
    assert found
    return found


def look(client: Client, **query: str) -> str:
    url = reverse("directory_imports:inspect", args=[newest().pk])
    return client.get(url, query).content.decode()


def act(client: Client, what: str, follow: bool = True, **fields: object) -> str:
    url = reverse(f"directory_imports:{what}", args=[newest().pk])
    return client.post(url, fields, follow=follow).content.decode()


def published(client: Client, *rows: str) -> ImportBatch:
    bring(client, KNOWN + "".join(rows))
    act(client, "publish")
    assert newest().state == "published"
    return newest()


def uploads(settings: Settings) -> list[Path]:
    return [path for path in settings.OPENDOOR_UPLOAD_DIR.rglob("*.csv") if path.is_file()]


def test_a_known_file_is_staged_and_not_kept(steward: Client, settings: Settings) -> None:
    page = bring(steward, KNOWN + row(1)).content.decode()
    assert "read with the mapping “plain”" in page
    assert newest().rows.count() == 1
    assert uploads(settings) == []
    assert not Service.objects.exists()


def test_columns_that_are_not_known_are_shown_first(steward: Client, settings: Settings) -> None:
    page = bring(steward, UNKNOWN).content.decode()
    assert not ImportBatch.objects.exists()
    assert "How to read this file" in page and "ring us" in page
    assert re.search(r'<option value="phone" selected>', page)
    assert "1. Talking therapy" in page and "100 Main St" in page
    assert len(uploads(settings)) == 1


def columns_of(page: str) -> dict[str, str]:
    """What is chosen in the form."""
    return dict(
        re.findall(r'<select name="(column-\d+)".*?<option value="([\w-]+)" selected>', page, re.S)
    )


def mapping_page(steward: Client, text: str = UNKNOWN) -> tuple[str, str, dict[str, str]]:
    answer = bring(steward, text)
    url = answer.redirect_chain[-1][0]  # type: ignore[attr-defined]
    page = answer.content.decode()
    return url, page, columns_of(page)


def test_choices_are_shown_saved_and_used_again(steward: Client, settings: Settings) -> None:
    url, page, chosen = mapping_page(steward)
    assert len(chosen) == 4 and "whole_address" in chosen.values()
    by_heading = dict(zip(["agency", "programme", "where", "ring us"], sorted(chosen), strict=True))
    chosen |= {by_heading["agency"]: "organization", by_heading["programme"]: "service"}
    shown = steward.post(url, chosen | {by_heading["where"]: "unused", "do": "preview"})
    assert "1. Talking therapy" in shown.content.decode()
    assert "<dt>Address</dt>" not in shown.content.decode()
    steward.post(url, chosen | {"do": "read", "name": "Ring list"}, follow=True)
    batch = newest()
    assert (batch.mapping, batch.rows.count(), batch.state) == ("Ring list", 3, "staged")
    names = set(batch.rows.values_list("values__texts__name", flat=True))
    assert names == {"Talking therapy", "Grief group", "Art group"}
    assert uploads(settings) == []
    assert SavedMapping.objects.get().created_by is not None
    page = bring(steward, UNKNOWN + "Hope Center;Walks;1 Elm St;303-555-0103\n").content.decode()
    assert "read with the mapping “Ring list”" in page


def test_two_columns_for_one_thing_are_told(steward: Client) -> None:
    url, _page, chosen = mapping_page(steward)
    wrong = dict.fromkeys(chosen, "organization")
    page = steward.post(url, wrong | {"do": "read", "name": "x"}).content.decode()
    assert "Only one column can be" in page
    assert not ImportBatch.objects.exists() and not SavedMapping.objects.exists()


def test_another_mapping_is_not_overwritten(steward: Client) -> None:
    SavedMapping.objects.create(name="Taken", headings=["a", "b"], content={})
    url, _page, chosen = mapping_page(steward)
    page = steward.post(url, chosen | {"do": "read", "name": "Taken"}).content.decode()
    assert "choose another" in page
    assert SavedMapping.objects.get().headings == ["a", "b"]


def test_a_file_is_given_up(steward: Client, settings: Settings) -> None:
    url = mapping_page(steward)[0]
    assert uploads(settings)
    steward.post(url, {"do": "drop"})
    assert list(settings.OPENDOOR_UPLOAD_DIR.iterdir()) == []
    assert "not kept any more" in steward.get(url, follow=True).content.decode()


def test_a_known_way_can_be_looked_at_and_kept(steward: Client) -> None:
    answer = bring(steward, KNOWN + row(1), check="on")
    assert "Files with these columns are known: “plain”" in answer.content.decode()
    url = answer.redirect_chain[-1][0]  # type: ignore[attr-defined]
    steward.post(url, {"do": "known"}, follow=True)
    assert newest().mapping == "plain" and not SavedMapping.objects.exists()


def test_hsds_goes_straight_to_staging(steward: Client) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("organizations.csv", "id,name,description\no1,Harbor,Help\n")
        package.writestr("services.csv", "id,organization_id,name,status\ns1,o1,Talk,active\n")
    bring(steward, packed.getvalue(), "county.zip")
    assert newest().kind == "hsds"
    page = look(steward, show="create")
    assert "<h3>Talk</h3>" in page and "<h3>Harbor</h3>" in page
    act(steward, "publish")
    assert Service.objects.get().organization.name == "Harbor"


def test_kinds_have_counts_and_differences_are_field_by_field(steward: Client) -> None:
    published(steward, row(1), row(2), row(3), row(4), row(5), row(6))
    again = (
        row(1)
        + row(2, phone="303-555-0177")
        + row(4)
        + row(5)
        + row(6)
        + row(9)
        + ",,9 Elm St,,,,\n"
    )
    bring(steward, KNOWN + again)
    page = look(steward)
    for told in ("New: 1", "Changed: 1", "No longer in the file: 1", "Unchanged: 4"):
        assert told in page
    changed = look(steward, show="update")
    assert "303-555-0177" in changed and "303-555-0100" in changed
    assert "<dt>Phones</dt>" in changed and "<dt>Address</dt>" not in changed
    assert "Service 3" in look(steward, show="vanish")
    assert "Rejected: 1" in page


def test_rejected_rows_say_why_and_download(steward: Client) -> None:
    bring(steward, KNOWN + row(1) + ',,"7 Elm St",Denver,CO,80203,=1+1\n')
    page = look(steward, show="reject")
    assert "The row has no name." in page and "Fill in the name, or delete the row." in page
    assert "<code>no-name</code>" in page and "7 Elm St" in page
    answer = steward.get(reverse("directory_imports:rejected", args=[newest().pk]))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.splitlines()[0].endswith(",error,remedy")
    assert "7 Elm St" in text and "'=1+1" in text
    assert answer["Content-Disposition"].endswith('.csv"')


def test_a_search_looks_at_names(steward: Client) -> None:
    bring(steward, KNOWN + row(1, "Talking") + row(2, "Walking"))
    page = look(steward, show="create", q="walk")
    assert "Walking" in page and "Talking" not in page
    assert "None." in look(steward, show="create", q="%")


def test_what_is_chosen_is_published_alone(steward: Client) -> None:
    bring(steward, KNOWN + row(1) + row(2) + row(3))
    one, two, three = newest().rows.values_list("pk", flat=True)
    act(steward, "choose", show="create", do="save", shown=[one, two, three], row=[one, three])
    assert set(newest().rows.filter(chosen=True).values_list("pk", flat=True)) == {one, three}
    assert "2 of 3 rows were chosen" in look(steward)
    act(steward, "publish")
    assert set(Service.objects.values_list("name", flat=True)) == {"Service 1", "Service 3"}


def test_ticks_on_the_page_count_when_it_is_published(steward: Client) -> None:
    bring(steward, KNOWN + row(1) + row(2) + row(3))
    one, two, three = newest().rows.values_list("pk", flat=True)
    page = look(steward, show="create")
    address = reverse("directory_imports:publish", args=[newest().pk])
    assert f'form="rows" formaction="{address}"' in page
    newest().rows.filter(pk=three).update(chosen=False)  # on another page
    act(steward, "publish", shown=[one, two], row=[one])
    assert set(Service.objects.values_list("name", flat=True)) == {"Service 1"}
    act(steward, "publish", rows="all")  # too late: it is published
    assert not newest().rows.get(pk=two).chosen


def test_nothing_is_published_when_every_tick_is_taken_away(steward: Client) -> None:
    bring(steward, KNOWN + row(1))
    (one,) = newest().rows.values_list("pk", flat=True)
    assert "Nothing is chosen" in act(steward, "publish", shown=[one])
    assert newest().state == "staged"


def test_all_or_none_of_a_kind_are_chosen(steward: Client) -> None:
    published(steward, *(row(n) for n in range(8)))
    bring(steward, KNOWN + "".join(row(n, phone="303-555-0111") for n in range(7)) + row(9))
    act(steward, "choose", show="update", do="none")
    chosen = newest().rows.filter(chosen=True).exclude(action="unchanged")
    assert set(chosen.values_list("action", flat=True)) == {"create", "vanish"}
    act(steward, "choose", show="update", q="Service 3", do="all")
    assert newest().rows.filter(action="update", chosen=True).count() == 1
    act(steward, "choose", show="vanish", do="none")
    act(steward, "choose", show="create", do="none")
    act(steward, "choose", show="update", do="none")
    assert "Nothing is chosen" in act(steward, "publish")
    act(steward, "publish", rows="all")
    assert newest().state == "published"
    assert Service.objects.filter(set_aside_at=None).count() == 8


def test_a_row_of_another_import_is_not_chosen(steward: Client) -> None:
    bring(steward, KNOWN + row(1), source="other")
    foreign = newest().rows.get()
    bring(steward, KNOWN + row(2))
    act(steward, "choose", show="create", do="save", shown=[foreign.pk], row=[])
    foreign.refresh_from_db()
    assert foreign.chosen


def test_when_much_would_disappear_a_person_looks_first(steward: Client) -> None:
    published(steward, *(row(n) for n in range(1, 5)))
    bring(steward, KNOWN + row(1))
    page = act(steward, "publish")
    assert "3 of the 4 rows" in page and "I have looked" in page
    assert newest().state == "staged"
    assert Service.objects.public().count() == 4
    act(steward, "publish", looked="yes")
    assert newest().state == "published"
    assert Service.objects.public().count() == 1


def test_a_part_of_a_source_lets_the_rest_stay(steward: Client) -> None:
    published(steward, row(1), row(2))
    bring(steward, KNOWN + row(3), part="on")
    act(steward, "publish")
    assert Service.objects.public().count() == 3


def test_an_import_is_undone_after_a_question(steward: Client) -> None:
    published(steward, row(1))
    published(steward, row(1, phone="303-555-0177"), row(2))
    url = reverse("directory_imports:undo", args=[newest().pk])
    assert "Undo the import" in steward.get(url).content.decode()
    assert Service.objects.count() == 2
    steward.post(url)
    assert newest().state == "undone" and newest().undone_by is not None
    service = Service.objects.get()
    assert service.phones.get().number.endswith("555-0100")
    assert "Undone" in look(steward)


def test_a_batch_that_stopped_goes_on_where_it_was(
    steward: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the first chunk; the file and the rows are still there."""
    monkeypatch.setattr("directory.imports.compare.CHUNK", 2)
    table = KNOWN + "".join(row(n) for n in range(5))
    work = kept.keep(SimpleUploadedFile("county.csv", table.encode()), source="county", user=None)
    work = work.noted(sha256=table_of(work.file).sha256, state=kept.State.RUNNING)

    def dies(count: int) -> None:
        if ImportBatch.objects.get().rows_read:
            raise KeyboardInterrupt

    file = table_of(work.file)
    with pytest.raises(KeyboardInterrupt):
        stage(file, choose(file.headings).mapping, "county", dies)
    assert newest().rows_read == 2
    assert "2 of 5 rows have been read" in look(steward)
    act(steward, "resume")
    assert (newest().state, newest().rows.count()) == ("staged", 5)
    assert ImportBatch.objects.count() == 1
    assert uploads(settings) == []


def test_what_a_database_quotes_of_a_row_is_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL tells the failing row word for word."""

    def quotes(work: kept.Work) -> None:
        raise IntegrityError("Failing row contains (77 Canary Lane)")

    monkeypatch.setitem(background.WORK, "publish", quotes)
    work = kept.keep(SimpleUploadedFile("a.csv", b"x"), source="county", user=None)
    work = work.noted(batch=41)
    with pytest.raises(background.Failed) as failed:
        background.run.call(work.token, "publish")
    told = "".join(traceback.format_exception(failed.value)) + caplog.text
    assert "IntegrityError" in told and "import 41" in caplog.text
    assert "Canary" not in told and failed.value.__context__ is None
    found = kept.found(work.token)
    assert found is not None and found.state == kept.State.FAILED


def test_a_stopped_batch_is_discarded_with_its_file(steward: Client, settings: Settings) -> None:
    work = kept.keep(SimpleUploadedFile("a.csv", b"x"), source="county", user=None)
    work.noted(sha256="abc", state=kept.State.RUNNING)
    ImportBatch.objects.create(source="county", file_name="a.csv", sha256="abc", state="reading")
    act(steward, "discard")
    assert newest().state == "discarded" and uploads(settings) == []


def test_a_large_file_is_read_by_the_worker_behind_a_bar(
    steward: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.viewsets.imports.uploading.SMALL_FILE", 0)
    waiting: list[tuple[str, str]] = []
    monkeypatch.setattr(
        type(background.run), "enqueue", lambda _task, token, what: waiting.append((token, what))
    )
    answer = bring(steward, KNOWN + row(1))
    assert b"Waiting for its turn" in answer.content and b"<progress" in answer.content
    assert answer["Refresh"] == "3"
    ((token, what),) = waiting
    assert uploads(settings) and not ImportBatch.objects.exists()
    background.run.call(token, what)
    done = steward.get(reverse("directory_imports:progress", args=[token]))
    assert done["Location"] == reverse("directory_imports:inspect", args=[newest().pk])
    assert uploads(settings) == []


def test_the_bar_counts_rows(steward: Client) -> None:
    ImportBatch.objects.create(
        source="county", sha256="abc", state="reading", rows_read=1500, rows_in_file=6000
    )
    work = kept.new_work(source="county", sha256="abc", state=kept.State.RUNNING)
    page = steward.get(reverse("directory_imports:progress", args=[work.token])).content.decode()
    assert 'max="6000" value="1500"' in page and "1500 of 6000 rows" in page


def test_work_whose_process_died_says_so(steward: Client) -> None:
    work = kept.new_work(state=kept.State.RUNNING)
    url = reverse("directory_imports:progress", args=[work.token])
    assert "Refresh" in steward.get(url)
    note = work.folder / kept.NOTE
    old = time.time() - kept.SILENT_FOR - 5
    os.utime(note, (old, old))
    answer = steward.get(url)
    assert "Refresh" not in answer and b"did not work" in answer.content


def test_what_nobody_came_back_for_is_dropped(settings: Settings) -> None:
    work = kept.keep(SimpleUploadedFile("a.csv", b"x"), source="s", user=None)
    assert work.folder.stat().st_mode & 0o077 == 0
    old = time.time() - kept.KEPT_FOR - 5
    os.utime(work.folder, (old, old))
    kept.sweep()
    assert not work.folder.exists()


@pytest.mark.parametrize("token", ["../../etc/passwd", "x", "a" * 30])
def test_a_token_leads_to_no_other_file(steward: Client, token: str) -> None:
    assert kept.found(token) is None


def test_the_page_takes_the_same_queries_for_any_number_of_rows(
    steward: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bring(steward, KNOWN + "".join(row(n) for n in range(120)))
    look(steward)
    with django_assert_max_num_queries(30):
        page = look(steward, p="2")
    assert "Page 2 of 5" in page
    assert page.count('name="row"') == 25


def test_a_new_row_like_a_published_listing_is_marked(steward: Client) -> None:
    there = make_service("Talking therapy", organization="Harbor Health")
    make_place(there, address="100 Main St")
    text = "Talking Therapy,Harbor Health,100 Main Street,Denver,CO,80203,303-555-0101\n"
    bring(steward, KNOWN + text + row(2))
    marked = newest().rows.get(duplicate_of__isnull=False)
    assert marked.duplicate_of == there and marked.likeness and marked.likeness > 0.8
    page = look(steward, show="duplicate")
    assert "Likely duplicates: 1" in page
    assert reverse("directory_services:edit", args=[there.pk]) in page


def test_who_may_only_look_cannot_decide(client: Client, steward: Client) -> None:
    bring(steward, KNOWN + row(1))
    reader = get_user_model().objects.create_user("reader", password="a-long-password")
    for code in ("access_admin", "view_importbatch"):
        reader.user_permissions.add(Permission.objects.get(codename=code))
    client.logout()
    client.force_login(reader)
    page = look(client)
    assert "Service 1" in page and "/publish/" not in page and 'value="all"' not in page
    for what in ("publish", "discard", "choose", "resume", "undo"):
        act(client, what)
    assert newest().state == "staged" and newest().rows.get().chosen
    client.post(reverse("directory_imports:add"), {})
    client.get(reverse("directory_imports:add"))
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("what", ["publish", "discard", "choose", "resume"])
def test_nothing_is_decided_by_a_link(steward: Client, what: str) -> None:
    bring(steward, KNOWN + row(1))
    url = reverse(f"directory_imports:{what}", args=[newest().pk])
    assert steward.get(url).status_code == 405
    assert newest().state == "staged"


# Duplicates and the desk


@pytest.fixture
def pair_url() -> str:
    one = make_service("Lantern Counselling", organization="Lantern")
    other = make_service("Lantern Counseling", organization="Lantern Inc", fees="Free")
    make_place(one)
    make_place(other)
    assert find_all() == 1
    return reverse("directory_duplicates:inspect", args=[DuplicatePair.objects.get().pk])


def test_a_pair_is_shown_side_by_side_and_merged(steward: Client, pair_url: str) -> None:
    listed = steward.get(reverse("directory_duplicates:index")).content.decode()
    assert pair_url in listed and "Lantern Counselling (Lantern)" in listed
    page = steward.get(pair_url).content.decode()
    assert "Alike in: the name" in page and "very near" in page
    left = Service.objects.order_by("pk").first()
    assert left
    steward.post(f"{pair_url}decide/", {"do": "left", "take-name": "right", "take-fees": "left"})
    kept_one = Service.objects.get(merged_into=None)
    gone = Service.objects.exclude(merged_into=None).get()
    assert kept_one == left and kept_one.name == gone.name and kept_one.fees == left.fees
    assert "Separate again" in steward.get(pair_url).content.decode()
    steward.post(f"{pair_url}decide/", {"do": "back"})
    assert Service.objects.filter(merged_into=None).count() == 2


def test_a_pair_is_kept_apart(steward: Client, pair_url: str) -> None:
    steward.post(f"{pair_url}decide/", {"do": "apart"})
    assert b"Compare all" in steward.get(reverse("directory_duplicates:find")).content
    steward.post(reverse("directory_duplicates:find"))
    page = steward.get(pair_url).content.decode()
    assert "two services" in page and "Merge:" not in page


def test_a_search_finds_pairs_by_either_name(steward: Client, pair_url: str) -> None:
    url = reverse("directory_duplicates:index_results")
    assert pair_url in steward.get(url, {"q": "Lantern Inc"}).content.decode()
    assert pair_url not in steward.get(url, {"q": "harbor"}).content.decode()
    assert pair_url not in steward.get(url, {"decision": "apart"}).content.decode()


def test_who_may_not_change_services_decides_nothing(client: Client, pair_url: str) -> None:
    reader = get_user_model().objects.create_user("reader", password="a-long-password")
    for code in ("access_admin", "view_service"):
        reader.user_permissions.add(Permission.objects.get(codename=code))
    client.force_login(reader)
    assert "Merge:" not in client.get(pair_url).content.decode()
    client.post(f"{pair_url}decide/", {"do": "left"})
    assert Service.objects.filter(merged_into=None).count() == 2


def test_the_page_of_a_pair_tells_no_confidential_place(steward: Client, pair_url: str) -> None:
    service = Service.objects.order_by("pk").first()
    assert service
    make_confidential(service)
    page = steward.get(pair_url).content.decode()
    assert "a confidential place" in page


def test_the_desk_tells_what_waits(steward: Client, client: Client, pair_url: str) -> None:
    bring(steward, KNOWN + row(1))
    ProblemReport.objects.create(service=Service.objects.all()[0], kind="phone")
    home = steward.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 import waits" in home and "1 problem report" in home and "1 likely duplicate" in home
    other = get_user_model().objects.create_user("other", password="a-long-password")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.logout()
    client.force_login(other)
    assert "import waits" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_next_import_updates_the_merged_listing(steward: Client, pair_url: str) -> None:
    """Two sources had the same clinic; after the merge the second one's changes go to the kept."""
    published(steward, row(1))
    mine = Service.objects.get(source="county")
    bring(steward, KNOWN + row(1, "Service One"), source="state")
    act(steward, "publish")
    other = Service.objects.get(source="state")
    find_all()
    pair = DuplicatePair.objects.get(first__in=[mine, other], second__in=[mine, other])
    side = "left" if pair.first == mine else "right"
    steward.post(reverse("directory_duplicates:decide", args=[pair.pk]), {"do": side})
    bring(steward, KNOWN + row(1, "Service One", phone="303-555-0188"), source="state")
    act(steward, "publish")
    assert any(line.number.endswith("555-0188") for line in mine.phones.all())
    assert Service.objects.get(pk=other.pk).merged_into == mine
    assert SourceRow.objects.filter(record_id=mine.pk).count() == 2
    bring(steward, KNOWN + row(2), source="state")
    act(steward, "publish", looked="yes")
    assert Service.objects.public().filter(pk=mine.pk).exists(), "the county still has it"


def test_hsds_of_a_merged_source_updates_the_kept_listing(steward: Client) -> None:
    mine = make_service("Talking therapy", organization="Harbor")

    def package(phone: str) -> bytes:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as files:
            files.writestr("organizations.csv", "id,name,description\no1,Harbor,Help\n")
            files.writestr(
                "services.csv", f"id,organization_id,name,status\ns1,o1,Talk {phone},active\n"
            )
            files.writestr("phones.csv", f"id,service_id,number\np1,s1,{phone}\n")
        return packed.getvalue()

    bring(steward, package("303-555-0101"), "state.zip", source="state")
    act(steward, "publish")
    other = Service.objects.get(source="state")
    first, second = sorted((mine.pk, other.pk))
    pair = DuplicatePair.objects.create(first_id=first, second_id=second, score=1)
    merge(pair, mine, [], by=None)
    bring(steward, package("303-555-0188"), "state.zip", source="state")
    act(steward, "publish")
    kept_one = Service.objects.get(merged_into=None)
    assert kept_one.pk == mine.pk and kept_one.name == "Talk 303-555-0188"
    assert any(line.number.endswith("0188") for line in mine.phones.all())
