"""Hours in the CMS: rows, exceptions, the preview, holiday calendars."""

from datetime import date, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as Callbacks

from directory.models import Holiday, HolidayCalendar, Schedule, Service
from directory.us_holidays import federal_holidays
from tests.directory.test_admin import empty, inline, service_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
NINE = {"opens_at": "09:00", "closes_at": "17:00"}


def save(steward: Client, service: Service, *rows: dict[str, object], **more: object) -> object:
    form, again = service_form(service), service.languages.exists()
    rest = {name: value for name, value in form.items() if not name.startswith("schedules-")}
    told = empty("attributes", "languages", "translations") if again else {}
    data = rest | told | inline("schedules", *rows) | more
    url = reverse("directory_services:edit", args=[service.pk])
    return steward.post(url, data)


def stored(service: Service) -> Schedule:
    return Schedule.objects.get(service=service)


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({"byday": ["MO", "WE"], **NINE}, ("WEEKLY", None, "MO,WE")),
        ({"byday": ["MO"], "rhythm": "2", "dtstart": "2026-11-23", **NINE}, ("WEEKLY", 2, "MO")),
        (
            {"byday": ["MO"], "rhythm": "month", "nths": ["1", "-1"], **NINE},
            ("MONTHLY", None, "1MO,-1MO"),
        ),
        ({"rhythm": "month", "bymonthday": "1, 15", **NINE}, ("MONTHLY", None, "")),
        ({"byday": ["SU"], "all_day": "on"}, ("WEEKLY", None, "SU")),
        ({"description": "Ask at the desk"}, ("WEEKLY", None, "")),
    ],
)
def test_a_row_is_kept_as_hsds_writes_it(
    steward: Client, service: Service, row: dict[str, object], kept: tuple[str, int | None, str]
) -> None:
    response = save(steward, service, row)
    assert response.status_code == 302, response.context["form"].formsets["schedules"].errors  # type: ignore[attr-defined]
    schedule = stored(service)
    assert (schedule.freq, schedule.interval, schedule.byday) == kept
    if "all_day" in row:
        assert schedule.opens_at == schedule.closes_at
    again = steward.get(reverse("directory_services:edit", args=[service.pk])).context["form"]
    form = again.formsets["schedules"].forms[0]
    assert form.initial["rhythm"] == row.get("rhythm", "1")
    assert form["byday"].value() == ",".join(row.get("byday", []))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**NINE}, "byday"),
        ({"byday": ["MO"]}, "opens_at"),
        ({"byday": ["MO"], "opens_at": "09:00"}, "opens_at"),
        ({"byday": ["MO"], "rhythm": "2", **NINE}, "dtstart"),
        ({"byday": ["MO"], "rhythm": "month", **NINE}, "nths"),
        ({"bymonthday": "40", "rhythm": "month", **NINE}, "bymonthday"),
        ({"valid_from": "2026-12-01"}, "byday"),
    ],
)
def test_a_row_says_what_it_lacks(
    steward: Client, service: Service, row: dict[str, object], field: str
) -> None:
    response = save(steward, service, row)
    errors = response.context["form"].formsets["schedules"].errors  # type: ignore[attr-defined]
    assert list(errors[0]) == [field]
    assert not Schedule.objects.exists()


def test_a_rule_that_no_box_says_is_kept_until_another_is_chosen(
    steward: Client, service: Service
) -> None:
    odd = Schedule.objects.create(
        service=service,
        byday="MO",
        byweekno="20",
        as_given={"until": "thaw"},
        description="In May",
        opens_at="09:00",
        closes_at="17:00",
    )
    page = steward.get(reverse("directory_services:edit", args=[service.pk])).content.decode()
    assert "as it is: In May" in page
    same = {"id": odd.pk, "rhythm": "kept", "byday": ["MO"], "description": "In May, mostly"}
    save(steward, service, **inline("schedules", same | NINE, initial=1))
    odd.refresh_from_db()
    assert (odd.byweekno, odd.as_given, odd.description) == (
        "20",
        {"until": "thaw"},
        "In May, mostly",
    )
    save(steward, service, **inline("schedules", same | NINE | {"rhythm": "1"}, initial=1))
    odd.refresh_from_db()
    assert (odd.byday, odd.byweekno, odd.as_given) == ("MO", "", {})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("8pm", "5:30 am"), ("20:00", "05:30")),
        (("9 am", "12 a.m."), ("09:00", "00:00")),
        (("12:15 PM", "17:59:59"), ("12:15", "17:59:59")),
    ],
)
def test_times_are_read_as_people_write_them(
    steward: Client, service: Service, typed: tuple[str, str], kept: tuple[str, str]
) -> None:
    times = {"opens_at": typed[0], "closes_at": typed[1]}
    response = save(steward, service, {"byday": ["MO"], **times, "valid_from": "11/30/2026"})
    assert response.status_code == 302, response.context["form"].formsets["schedules"].errors  # type: ignore[attr-defined]
    schedule = stored(service)
    assert (schedule.opens_at, schedule.closes_at) == tuple(map(time.fromisoformat, kept))
    assert schedule.valid_from == date(2026, 11, 30)
    page = steward.get(reverse("directory_services:edit", args=[service.pk])).content.decode()
    for name, value in zip(("opens_at", "closes_at"), kept, strict=True):
        assert f'<input type="time" name="schedules-0-{name}" value="{value}"' in page
    assert '<input type="date" name="schedules-0-valid_from" value="2026-11-30"' in page
    assert "initDateChooser" not in page and "AdminTimeInput" not in page


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("opens_at", "13 pm", "such as 5:30 pm"),
        ("opens_at", "morning", "such as 5:30 pm"),
        ("opens_at", "9", "such as 5:30 pm"),
        ("valid_from", "30/11/2026", "such as 11/30/2026"),
    ],
)
def test_what_is_no_time_or_date_is_told_how_to_be_written(
    steward: Client, service: Service, field: str, typed: str, words: str
) -> None:
    response = save(steward, service, {"byday": ["MO"], **NINE, field: typed})
    errors = response.context["form"].formsets["schedules"].errors  # type: ignore[attr-defined]
    assert words in str(errors[0][field])


def test_an_exception_of_one_day_needs_no_last_day(steward: Client, service: Service) -> None:
    row = {"kind": "closed", "first_day": "2026-12-24", "description": "Christmas Eve"}
    save(steward, service, **inline("schedule_exceptions", row))
    found = service.schedule_exceptions.get()
    assert found.last_day == date(2026, 12, 24)
    row = {"id": found.pk, "kind": "replaced", "first_day": "2026-12-24"}
    response = save(steward, service, **inline("schedule_exceptions", row, initial=1))
    assert "Say from when until when it is open." in response.content.decode()  # type: ignore[attr-defined]


def preview(steward: Client, **data: object) -> str:
    url = reverse("directory_services:hours_preview")
    response = steward.post(url, data, headers={"X-Requested-With": "XMLHttpRequest"})
    return str(response.content.decode())


def test_the_preview_says_what_the_page_will_say(steward: Client, service: Service) -> None:
    """Row for row, in both languages, with nothing kept."""
    days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    rows = inline("schedules", {"byday": days, **NINE})
    off = {"kind": "closed", "first_day": tomorrow.isoformat(), "description": "Staff training"}
    rows |= inline("schedule_exceptions", off)
    shown = preview(steward, availability="schedule", **rows)
    assert not Schedule.objects.exists()
    assert shown.count("9 a.m. to 5 p.m.") == 6
    assert shown.count("Closed: Staff training") >= 1
    assert 'lang="es"' in shown and "Miércoles" in shown
    save(steward, service, {"byday": days, **NINE}, **inline("schedule_exceptions", off))
    public = steward.get(reverse("directory:service", args=[service.pk])).content.decode()
    table = public[public.index('<table class="week">') : public.index("</table>")]
    assert table in shown


def test_the_preview_names_what_is_missing_and_is_for_stewards(
    steward: Client, service: Service
) -> None:
    rows = inline("schedules", {"byday": ["MO"]}, {"id": "no-id", "byday": ["TU"], **NINE})
    shown = preview(steward, availability="schedule", holidays="x", **rows)
    assert "1: Say from when until when" in shown
    assert "9 a.m. to 5 p.m." in shown
    url = reverse("directory_services:hours_preview")
    assert "<html" in steward.post(url, {}).content.decode()
    assert steward.get(url).status_code == 405
    stranger = Client()
    assert stranger.post(url, {}).status_code == 302


def test_the_preview_reads_a_holiday_by_name(steward: Client) -> None:
    calendar = HolidayCalendar.objects.create(name="County")
    today = timezone.localdate()
    Holiday.objects.create(calendar=calendar, date=today, name="Rest", name_es="Descanso")
    shown = preview(steward, availability="always", holidays=str(calendar.pk))
    assert "Closed for Rest" in shown
    assert "Descanso" in shown


# Holiday calendars


def test_a_calendar_starts_with_the_federal_holidays(steward: Client) -> None:
    response = steward.post(reverse("directory_holidays:federal_start"))
    calendar = HolidayCalendar.objects.get()
    assert response.url == reverse("directory_holidays:edit", args=[calendar.pk])  # type: ignore[attr-defined]
    today = timezone.localdate()
    assert {h.date for h in calendar.holidays.all()} == set(
        federal_holidays(today, today + timedelta(days=731))
    )
    assert all(h.name and h.name_es for h in calendar.holidays.all())
    count = calendar.holidays.count()
    steward.post(reverse("directory_holidays:federal", args=[calendar.pk]))
    assert Holiday.objects.count() == count


def test_a_calendar_changes_what_its_services_say(
    steward: Client, service: Service, django_capture_on_commit_callbacks: Callbacks
) -> None:
    calendar = HolidayCalendar.objects.create(name="County")
    Service.objects.update(holidays=calendar, availability="always")
    today = timezone.localdate()
    rows = inline("holidays", {"date": today.isoformat(), "name": "Day of rest"})
    url = reverse("directory_holidays:edit", args=[calendar.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert steward.post(url, {"name": "County", **rows}).status_code == 302
    page = steward.get(reverse("directory:service", args=[service.pk])).content.decode()
    assert "Closed for Day of rest" in page
    found = steward.get("/api/search", {"q": "talk"}).json()["hits"]
    assert [hit["open"] for hit in found] == ["closed"]


def test_holidays_are_for_those_who_may_change_them() -> None:
    visitor = Client()
    user = get_user_model().objects.create_user("editor", password="a-long-password")
    user.groups.add(Group.objects.get(name="Data stewards"))
    visitor.force_login(user)
    visitor.post(reverse("directory_holidays:federal_start"))
    assert not HolidayCalendar.objects.exists()


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # From the Office of Personnel Management's tables.
        (
            2026,
            "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25",
        ),
        (
            2027,
            "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25"
            " 12-24 12-25 12-31",
        ),
        (2028, "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25"),
    ],
)
def test_federal_holidays_by_rule(year: int, days: str) -> None:
    found = federal_holidays(date(year, 1, 1), date(year, 12, 31))
    assert [f"{day:%m-%d}" for day in found] == days.split()
