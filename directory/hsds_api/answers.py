"""How the API answers: who may read it, for how long it may be kept, and what is wrong."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
PROBLEM = "application/problem+json"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
OPEN_METHODS = ("GET", "HEAD", "OPTIONS")  # that other sites' pages may use
FRESH = "public, max-age=60"


def json_answer(
    request: HttpRequest, content: Any, changed: datetime | None = None
) -> HttpResponse:
    """JSON that is not sent again to who has it. `changed` is for single records alone: from a
    list something can go without anything in it being newer.
    """
    body = json.dumps(content, ensure_ascii=False).encode()
    response = HttpResponse(body, content_type=JSON)
    if request.method == "POST":
        return response
    response["Cache-Control"] = FRESH
    response["ETag"] = etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    modified = int(changed.timestamp()) if changed else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    kept = get_conditional_response(request, etag, modified, response)
    return kept if isinstance(kept, HttpResponse) else response


def stream(
    request: HttpRequest, lines: Iterator[str], content_type: str, name: str
) -> HttpResponseBase:
    """All records as they are read, to save as a file."""
    sent = iter(()) if request.method == "HEAD" else lines  # its length is not known either way
    response = StreamingHttpResponse(sent, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = FRESH
    return response


def problem(status: int, detail: str, errors: dict[str, str] | None = None) -> HttpResponse:
    """An error as RFC 9457 writes it; `errors` has an entry for each parameter."""
    found = HTTPStatus(status)
    content = {"type": "about:blank", "title": found.phrase, "status": status, "detail": detail}
    body = json.dumps(content | ({"errors": errors} if errors else {}), ensure_ascii=False)
    response = HttpResponse(body, content_type=PROBLEM, status=status)
    response["Cache-Control"] = "no-cache"
    return response


def opened(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Any site's pages may read it; without cookies, since there are none."""
    if request.method in OPEN_METHODS:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = ", ".join(OPEN_METHODS)
        response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        response["Access-Control-Max-Age"] = "86400"
    patch_vary_headers(response, ["Accept"])
    return response
