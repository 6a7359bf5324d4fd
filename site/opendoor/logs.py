"""What may stand in a log: never a query string, a form or a body (rule 2 of the design)."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

QUERY = re.compile(r"\?[^\s\"']*")
SECRET = re.compile(r"(/directory/provider/)[^/\s\"'?]+")  # whoever has it may answer for a listing


class DropQuery(logging.Filter):
    """Cuts the query string and a provider's secret out of every address in a message and its
    arguments, and out of an error in a request its words.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SECRET.sub(r"\1…", QUERY.sub("", record.getMessage()))
        record.args = ()
        if record.__dict__.pop("request", None) is not None and record.exc_info:
            record.exc_text = "".join(_without_words(record.exc_info[1]))
            record.exc_info = None
        return True


def _without_words(error: BaseException | None) -> Iterator[str]:
    """Where an error arose and of what kind it is: its words may repeat what a visitor sent."""
    while error is not None:
        yield from traceback.format_tb(error.__traceback__)
        yield f"{type(error).__module__}.{type(error).__qualname__}\n"
        error = error.__cause__ or error.__context__


class PrivateReporterFilter(SafeExceptionReporterFilter):
    """Keeps what a visitor sent out of error reports."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
