"""JSON Schemas of all that the API answers, made of the table of HSDS's objects."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.hsds.objects import OBJECTS
from directory.hsds.spec import Field, HsdsObject
from directory.hsds_api.asking import ID
from directory.records.binding import binding, extension_type
from directory.records.typed import ALWAYS, NUMBERS_IN_JSON

Json = dict[str, Any]
KINDS: dict[str, Json] = {
    "text": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "number": {"type": "number"},
    "integer": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string"},
    "datetime": {"type": "string", "format": "date-time"},
}
ABOUT = {
    "taxonomy": _("A set of terms to describe things by."),
    "taxonomy_term": _("A term of a taxonomy."),
    "unit": _("What a capacity counts."),
    "organization": _("Who offers services."),
    "program": _("Several services of an organization under one name."),
    "service": _("One thing that helps people."),
    "location": _(
        "A place. Of one whose address is a secret nothing is told but that it is there "
        "(x_confidential)."
    ),
    "service_at_location": _("A service at one of its places."),
    "address": _("Where a place is, or where letters go."),
    "contact": _("A person or a desk to turn to."),
    "phone": _("A number to call or to write to."),
    "schedule": _("When something is open, after RFC 5545. Times are those of the place."),
    "service_area": _("Where people have to live to be served."),
    "language": _("A language that is spoken."),
    "accessibility": _("What makes a place easier or harder to use."),
    "cost_option": _("What one kind of visit costs."),
    "funding": _("Who pays for it."),
    "required_document": _("What to bring."),
    "organization_identifier": _("An organization's number in a register."),
    "url": _("A further website."),
    "service_capacity": _("How many places there are, and how many are free."),
    "meta_table_description": _("In which language and character set a source writes."),
    "attribute": _("That a term holds for something."),
    "metadata": _("A change, as the source of the data reports it."),
}
API: Json = {
    "type": "object",
    "description": _("Which version of HSDS this is, and where it is described."),
    "properties": {
        "version": {"type": "string"},
        "profile": {"type": "string", "format": "uri"},
        "openapi_url": {"type": "string", "format": "uri"},
    },
    "required": ["version", "profile", "openapi_url"],
}
PAGE: Json = {
    "type": "object",
    "description": _("Some of the records, and how many there are."),
    "properties": {
        "total_items": {"type": "integer", "minimum": 0},
        "total_pages": {"type": "integer", "minimum": 0},
        "page_number": {"type": "integer", "minimum": 1},
        "size": {"type": "integer", "minimum": 0, "maximum": 100},
        "first_page": {"type": "boolean"},
        "last_page": {"type": "boolean"},
        "empty": {"type": "boolean"},
        "contents": {"type": "array"},
    },
}
PAGE["required"] = list(PAGE["properties"])
PROBLEM: Json = {
    "type": "object",
    "description": _("What went wrong (RFC 9457); errors has an entry for each parameter."),
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "required": ["type", "title", "status", "detail"],
}
MINIMAL: Json = {
    "type": "object",
    "description": _("An id, and when the record was last changed."),
    "properties": {"id": ID, "modified_date": {"type": "string", "format": "date-time"}},
    "required": ["id", "modified_date"],
    "additionalProperties": False,
}


def component(name: str) -> str:
    """service_at_location → ServiceAtLocation."""
    return "".join(part.capitalize() for part in name.split("_"))


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def components() -> Json:
    """One schema an object, and those of pages and errors."""
    found = {component(name): _object(spec) for name, spec in OBJECTS.items()}
    others = {"Api": API, "Page": PAGE, "Minimal": MINIMAL, "Problem": PROBLEM}
    told = {
        name: schema | {"description": str(schema["description"])}
        for name, schema in others.items()
    }
    return {**told, **found}


def _object(spec: HsdsObject) -> Json:
    properties: Json = {"id": ID}
    properties |= {link.name: ID for link in spec.links}
    properties |= {field.name: _field(spec.name, field) for field in spec.fields}
    for column, model_field in binding(spec.name).extensions.items():
        properties[column] = {"type": extension_type(model_field)}
    for place in spec.nested:
        inner = ref(component(place.object))
        properties[place.key] = {"type": "array", "items": inner} if place.many else inner
    unit = ("unit",) if spec.name == "service_capacity" else ()
    return {
        "type": "object",
        "description": str(ABOUT[spec.name]),
        "properties": properties,
        "required": ["id", *ALWAYS.get(spec.name, ()), *unit],
    }


def _field(name: str, field: Field) -> Json:
    if (name, field.name) in NUMBERS_IN_JSON:
        return KINDS["number"]
    if field.choices:
        return {"type": "string", "enum": list(field.choices)}
    empty = field.name in ALWAYS.get(name, ()) and field.kind == "date"
    return KINDS["text" if empty else field.kind]  # an unknown date is an empty text there
