"""No need or place in a log line (rule 2)."""

import logging

from opendoor.logs import DropQuery


def _through_filter(message: str, *arguments: object) -> str:
    record = logging.LogRecord("django", logging.INFO, "", 0, message, arguments, None)
    assert DropQuery().filter(record)
    return record.getMessage()


def test_the_query_string_is_cut_out() -> None:
    line = _through_filter(
        '"%s" %s %s', "GET /directory/?q=shelter&place=80203 HTTP/1.1", 200, 5316
    )
    assert line == '"GET /directory/ HTTP/1.1" 200 5316'


def test_other_text_stays() -> None:
    assert _through_filter("Rebuilt %d documents", 12) == "Rebuilt 12 documents"


def test_every_configured_handler_has_the_filter() -> None:
    names = [None, "django", "django.server", "django_tasks", "django_tasks_db"]
    handlers = [handler for name in names for handler in logging.getLogger(name).handlers]
    ours = [handler for handler in handlers if type(handler) is logging.StreamHandler]
    assert len(ours) >= 5
    assert all(any(isinstance(f, DropQuery) for f in handler.filters) for handler in ours)
