"""A list costs the same number of queries whatever its length."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages import trees

pytestmark = pytest.mark.django_db


def programme_with_partners(count: int) -> str:
    programme = trees.add_programme(title=f"Team {count}")
    for number in range(count):
        trees.add_partner(programme, f"Partner {count} {number}", services=3)
        trees.add_event(f"Meeting {count} {number}", programme=programme)
    return str(programme.url)


def home_with(count: int) -> str:
    for number in range(count):
        trees.add_event(f"Event {count} {number}")
        trees.add_news(f"News {count} {number}")
    return "/"


def news_with(count: int) -> str:
    home_with(count)
    return "/news/"


def events_with(count: int) -> str:
    home_with(count)
    return "/events/"


def programmes_with(count: int) -> str:
    for number in range(count):
        trees.add_programme(f"Team {count} {number}")
    return "/programmes/"


def calendar_with(count: int) -> str:
    home_with(count)
    return "/events/calendar.ics"


CASES = [
    (home_with, 25),
    (programme_with_partners, 28),
    (programmes_with, 14),
    (news_with, 15),
    (events_with, 15),
    (calendar_with, 8),
]


@pytest.mark.parametrize(("fill", "most"), CASES, ids=lambda value: getattr(value, "__name__", ""))
def test_queries_do_not_grow(client: Client, fill: Callable[[int], str], most: int) -> None:
    few = queries(client, fill(3))
    many = queries(client, fill(12))
    assert many <= few <= most


def queries(client: Client, url: str) -> int:
    client.get(url)  # fills the caches that every later request finds filled
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)
