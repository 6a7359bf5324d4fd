"""What a request asks for: the one place that knows the parameters and their limits."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import BadRequest as UnreadableBody
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.forms import FlagField, NumberField, WholeNumberField

MAX_TEXT = 200
MAX_BODY = 20_000
MAX_PAGE = 1_000_000
MAX_PER_PAGE, DEFAULT_PER_PAGE = 100, 50
MAX_METRES, DEFAULT_METRES = 500_000, 25_000
FORMATS = ("json", "ndjson", "csv")
MOST_TOLD = 10  # errors: an answer stays short, whatever was asked
FORM_TYPE, JSON_TYPE = "application/x-www-form-urlencoded", "application/json"


class BadRequest(Exception):
    """Parameters that cannot be used: name → what it takes."""

    def __init__(self, errors: dict[str, str], status: int = 400) -> None:
        super().__init__(str(errors))
        self.errors = errors
        self.status = status


class IdField(forms.UUIDField):
    default_error_messages = {"invalid": gettext_lazy("This takes an id (a UUID).")}


class SinceField(forms.Field):
    """A day or a time; without a zone it is the site's own."""

    def clean(self, value: Any) -> datetime | None:
        word = str(value or "").strip().upper()  # RFC 3339 has t and z too
        if not word:
            return None
        try:
            moment = parse_datetime(word.replace(" ", "+") if "T" in word else word)
            if moment is None:
                day = parse_date(word)
                moment = datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001
            if moment is None:
                raise ValueError(word)
            aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
            return aware.astimezone(timezone.get_current_timezone())
        except (ValueError, OverflowError):
            message = _("This takes a time such as 2026-11-24T18:30:00Z, or a day.")
            raise ValidationError(message) from None


class FormatField(forms.Field):
    def clean(self, value: Any) -> str:
        word = str(value or "").strip().lower()
        if word and word not in FORMATS:
            raise ValidationError(_("This takes json, ndjson or csv."))
        return word


def _text() -> forms.Field:
    return forms.CharField(required=False, max_length=MAX_TEXT)


@dataclass(frozen=True)
class Parameter:
    """`about` tells people and programs what it does; `schema` is its JSON Schema."""

    field: forms.Field
    about: Promise
    schema: dict[str, Any]


ID: dict[str, Any] = {"type": "string", "format": "uuid"}
FLAG: dict[str, Any] = {"type": "boolean", "default": False}
PARAMETERS: dict[str, Parameter] = {
    "search": Parameter(
        _text(),
        gettext_lazy("Words that must all stand in the names or descriptions, in any case."),
        {"type": "string", "maxLength": MAX_TEXT},
    ),
    "modified_after": Parameter(
        SinceField(required=False),
        gettext_lazy(
            "Only what was changed at this time or later: a time, or a day. Without a zone it is "
            "the site's own time."
        ),
        {"type": "string", "format": "date-time"},
    ),
    "minimal": Parameter(
        FlagField(), gettext_lazy("Only ids and when each was last changed (modified_date)."), FLAG
    ),
    "full": Parameter(
        FlagField(), gettext_lazy("With all that belongs to each record nested in it."), FLAG
    ),
    "full_service": Parameter(
        FlagField(),
        gettext_lazy("With the organizations' services whole, not only their ids and names."),
        FLAG,
    ),
    "taxonomy_term_id": Parameter(
        IdField(required=False), gettext_lazy("Only what this term of a taxonomy holds for."), ID
    ),
    "taxonomy_id": Parameter(
        IdField(required=False), gettext_lazy("Only what some term of this taxonomy holds for."), ID
    ),
    "organization_id": Parameter(
        IdField(required=False), gettext_lazy("Only what this organization offers."), ID
    ),
    "postcode": Parameter(
        _text(),
        gettext_lazy(
            "A ZIP. With proximity: places within that many metres of its middle. Alone: places "
            "whose address has it, and services whose service area names it."
        ),
        {"type": "string", "maxLength": MAX_TEXT},
    ),
    "lat": Parameter(
        NumberField(-90, 90),
        gettext_lazy("Latitude of a point in degrees; goes with lon."),
        {"type": "number", "minimum": -90, "maximum": 90},
    ),
    "lon": Parameter(
        NumberField(-180, 180),
        gettext_lazy("Longitude of a point in degrees; goes with lat."),
        {"type": "number", "minimum": -180, "maximum": 180},
    ),
    "proximity": Parameter(
        NumberField(1, MAX_METRES),
        gettext_lazy(
            "How many metres from the point or the ZIP's middle, on the great circle. "
            "Around a point it is 25,000 when left out."
        ),
        {"type": "number", "minimum": 1, "maximum": MAX_METRES},
    ),
    "top_only": Parameter(FlagField(), gettext_lazy("Only terms that have no parent."), FLAG),
    "parent_id": Parameter(
        IdField(required=False), gettext_lazy("Only terms whose parent this is."), ID
    ),
    "page": Parameter(
        WholeNumberField(1, MAX_PAGE),
        gettext_lazy("Which page."),
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1},
    ),
    "per_page": Parameter(
        WholeNumberField(1, MAX_PER_PAGE),
        gettext_lazy("How many records a page has."),
        {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE, "default": DEFAULT_PER_PAGE},
    ),
    "format": Parameter(
        FormatField(required=False),
        gettext_lazy(
            "json is a page; ndjson (one record a line) and csv (the flat table) are all records "
            "at once. The Accept header says the same."
        ),
        {"type": "string", "enum": list(FORMATS), "default": "json"},
    ),
}
Asked = dict[str, Any]


def asked(request: HttpRequest, names: tuple[str, ...]) -> Asked:
    """The parameters of the request, cleaned. Raises BadRequest."""
    given = _given(request)
    errors: dict[str, str] = {}
    for name in given:
        if name not in names and len(errors) < MOST_TOLD:
            takes = ", ".join(names)
            errors[name[:50]] = _("There is no such parameter. There are: %(names)s.") % {
                "names": takes or "–"
            }
    found: Asked = {}
    for name in names:
        try:
            found[name] = PARAMETERS[name].field.clean(given.get(name))
        except ValidationError as error:
            errors[name] = " ".join(error.messages)
    errors = errors or _together(found)
    if errors:
        raise BadRequest(errors)
    return found


def _together(found: Asked) -> dict[str, str]:
    """What is wrong with parameters that are each right."""
    if (found.get("lat") is None) != (found.get("lon") is None):
        return {"lat": _("Give lat and lon together.")}
    alone = found.get("lat") is None and not found.get("postcode")
    if found.get("proximity") is not None and alone:
        return {"proximity": _("This goes with postcode, or with lat and lon.")}
    return {}


def _given(request: HttpRequest) -> QueryDict:
    """The query string, and what a body adds to it."""
    try:
        given = request.GET.copy()
        if request.method == "POST":
            given.update(_body(request))  # type: ignore[arg-type]  # adds, as its own kind does
    except SuspiciousOperation as error:
        raise BadRequest({"body": _("There are too many parameters.")}) from error
    except (MultiPartParserError, UnicodeDecodeError, UnreadableBody) as error:
        raise BadRequest({"body": _("This takes a form or JSON.")}) from error
    return given


def _body(request: HttpRequest) -> QueryDict:
    if len(request.body) > MAX_BODY:
        message = _("This takes at most %(size)s bytes.") % {"size": f"{MAX_BODY:,}"}
        raise BadRequest({"body": message}, 413)
    if not request.body:
        return QueryDict()
    if request.content_type in (FORM_TYPE, "multipart/form-data"):
        return request.POST
    if request.content_type == JSON_TYPE:
        return _json(request.body)
    raise BadRequest({"body": _("This takes a form or JSON.")}, 415)


def _json(body: bytes) -> QueryDict:
    message = _("This takes a JSON object whose values are texts, numbers, true, false or null.")
    try:
        values = json.loads(body)
        json.dumps(values, ensure_ascii=False).encode()  # half a character is no text
    except (ValueError, RecursionError):
        raise BadRequest({"body": message}) from None
    query = QueryDict(mutable=True)
    for name, value in values.items() if isinstance(values, dict) else [("", [])]:
        if isinstance(value, dict | list):
            raise BadRequest({"body": message})
        if value is not None:
            query[name] = str(value)
    return query
