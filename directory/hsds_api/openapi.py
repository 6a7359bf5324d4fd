"""The API as an OpenAPI 3.1 document, made of the tables that it works by."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from directory.hsds_api.answers import CSV, JSON, NDJSON, PROBLEM
from directory.hsds_api.asking import FORM_TYPE, ID, PARAMETERS
from directory.hsds_api.resources import RESOURCES, Resource
from directory.hsds_api.schemas import component, components, ref

Json = dict[str, Any]
API_VERSION = "1.0.0"
TITLES = {
    "services": "Services",
    "organizations": "Organizations",
    "service_at_locations": "Services at their places",
    "taxonomies": "Taxonomies",
    "taxonomy_terms": "Terms of taxonomies",
}


def document(base: str) -> Json:
    """The whole API. `base` is where it stands."""
    with translation.override("en"):
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Open Door: the directory after HSDS 3.1",
                "version": API_VERSION,
                "description": (
                    "Services that residents can find, their organizations and places, to read. "
                    "No key, no cookie. The names are those of the Human Services Data "
                    "Specification; names that begin with x_ are our own."
                ),
            },
            "servers": [{"url": base.rstrip("/")}],
            "paths": _paths(),
            "components": {"schemas": components(), "responses": _shared_responses()},
        }


def _paths() -> Json:
    paths: Json = {"/": {"get": _operation("getApi", "What this is", _answers(ref("Api")))}}
    for resource in RESOURCES:
        name = component(resource.object)
        title = TITLES[resource.path]
        away = ("503",) if "postcode" in resource.parameters else ()
        listed = {"200": _listed(resource), **_failures("304", "400", "429", *away)}
        posted = {"200": _listed(resource), **_failures("400", "413", "415", "429", *away)}
        parameters = [_parameter(parameter) for parameter in resource.parameters]
        get = _operation(f"list{name}", title, listed, parameters)
        post = _operation(f"ask{name}", f"{title}, asked for by a form", posted, parameters)
        paths[f"/{resource.path}"] = {"get": get, "post": post | _body(resource)}
        one = _answers(ref(name)) | _failures("304", "400", "404", "410", "429")
        identity = {"name": "id", "in": "path", "required": True, "schema": ID}
        paths[f"/{resource.path}/{{id}}"] = {
            "get": _operation(
                f"get{name}",
                f"{title}: one with all that belongs to it",
                one,
                [identity, *(_parameter(parameter) for parameter in resource.one)],
            )
        }
    return paths


def _operation(
    name: str, summary: str, responses: Json, parameters: list[Json] | None = None
) -> Json:
    found: Json = {"operationId": name, "summary": summary, "responses": responses}
    return found | ({"parameters": parameters} if parameters else {})


def _parameter(name: str) -> Json:
    known = PARAMETERS[name]
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": str(known.about),
        "schema": known.schema,
    }


def _body(resource: Resource) -> Json:
    schema = {
        "type": "object",
        "properties": {name: PARAMETERS[name].schema for name in resource.parameters},
        "additionalProperties": False,
    }
    content = {kind: {"schema": schema} for kind in (FORM_TYPE, JSON)}
    return {"requestBody": {"required": False, "content": content}}


def _answers(schema: Json) -> Json:
    return {"200": {"description": "Found", "content": {JSON: {"schema": schema}}}}


def _listed(resource: Resource) -> Json:
    item = ref(component(resource.object))
    if "minimal" in resource.parameters:
        item = {"anyOf": [item, ref("Minimal")]}
    contents = {"type": "object", "properties": {"contents": {"type": "array", "items": item}}}
    return {
        "description": "A page, or all records as a stream",
        "content": {
            JSON: {"schema": {"allOf": [ref("Page"), contents]}},
            NDJSON: {"schema": {"type": "string"}},
            CSV: {"schema": {"type": "string"}},
        },
    }


def _failures(*statuses: str) -> Json:
    return {
        status: {"$ref": f"#/components/responses/{FAILURES[status][0]}"} for status in statuses
    }


FAILURES = {
    "304": ("NotModified", _("What the asker has is still right")),
    "400": (
        "BadRequest",
        _("Parameters that cannot be used; an entry for each says what it takes"),
    ),
    "404": ("NotFound", _("Nothing has this id")),
    "410": ("Gone", _("It is no longer in the directory")),
    "413": ("TooLarge", _("The body is too long")),
    "415": ("OtherType", _("The body is neither a form nor JSON")),
    "429": ("TooMany", _("Too many requests; Retry-After says when to ask again")),
    "503": ("Away", _("ZIPs cannot be looked up now; a point can be asked for")),
}


def _shared_responses() -> Json:
    found: Json = {}
    for status, (name, description) in FAILURES.items():
        found[name] = {"description": str(description)}
        if status != "304":
            found[name]["content"] = {PROBLEM: {"schema": ref("Problem")}}
    return found
