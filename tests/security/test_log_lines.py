"""What a stranger sent does not reach the log through an error's words."""

import logging
import sys

from opendoor.logs import DropQuery

TYPED = "shelter near " + str(80_203)


def _line(error: Exception, **extra: object) -> str:
    try:
        raise RuntimeError(TYPED) from error
    except RuntimeError:
        record = logging.LogRecord("django.request", 40, "", 0, "Failed: /x", (), sys.exc_info())
    record.__dict__.update(extra)
    assert DropQuery().filter(record)
    return logging.Formatter().format(record)


def test_an_error_in_a_request_says_where_but_not_what() -> None:
    line = _line(ValueError(TYPED), request=object())
    assert "80203" not in line
    assert "ValueError" in line
    assert "RuntimeError" in line
    assert __file__ in line


def test_other_errors_keep_their_words() -> None:
    line = _line(ValueError("disk full"))
    assert "disk full" in line
