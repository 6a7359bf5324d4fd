"""What may stand in a log: never a query string, a form or a body (rule 2 of the design)."""

import logging
import re
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

QUERY = re.compile(r"\?[^\s\"']*")


class DropQuery(logging.Filter):
    """Cuts the query string out of every address in a message and its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = QUERY.sub("", record.getMessage())
        record.args = ()
        record.__dict__.pop("request", None)
        return True


class PrivateReporterFilter(SafeExceptionReporterFilter):
    """Keeps what a visitor sent out of error reports."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
