"""The API told to people: the same document as a page of the site."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.hsds_api import views
from directory.hsds_api.asking import MAX_BODY, MAX_PER_PAGE, PARAMETERS
from directory.hsds_api.openapi import FAILURES
from directory.hsds_api.recipes import AGAIN, FIRST, HARVEST, Recipe
from directory.hsds_api.resources import RESOURCES
from directory.hsds_api.schemas import components


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every address, parameter and object, and how to use them."""
    base = request.build_absolute_uri(reverse("hsds:index"))
    context = {
        "base": base,
        "first": [_recipe(recipe, base) for recipe in FIRST],
        "harvest": [_recipe(recipe, base) for recipe in HARVEST],
        "again": _recipe(AGAIN, base),
        "statuses": [
            {"status": status, "phrase": HTTPStatus(int(status)).phrase, "about": about}
            for status, (_name, about) in FAILURES.items()
        ],
        "resources": [_resource(resource.path, resource.parameters) for resource in RESOURCES],
        "objects": [_object(name, schema) for name, schema in components().items()],
        "most": MAX_PER_PAGE,
        "body": MAX_BODY,
        "each": views.CEILING.each,
        "streams": views.STREAMS.each,
    }
    return render(request, "directory/hsds_docs.html", context)


def _recipe(recipe: Recipe, base: str) -> dict[str, Any]:
    return {"id": recipe.id, "about": recipe.about, "command": recipe.at(base)}


def _resource(path: str, names: tuple[str, ...]) -> dict[str, Any]:
    parameters = [
        {"name": name, "about": PARAMETERS[name].about, "takes": _takes(PARAMETERS[name].schema)}
        for name in names
    ]
    address = reverse(f"hsds:{path}")
    return {
        "path": path,
        "address": address,
        "breakable": address.replace("/", "/ ").replace("_", "_ ").split(),
        "parameters": parameters,
    }


def _object(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    required = schema["required"]
    fields = [
        {"name": key, "takes": _takes(value), "required": key in required}
        for key, value in schema["properties"].items()
    ]
    return {"name": name, "about": schema["description"], "fields": fields}


def _takes(schema: dict[str, Any]) -> str:
    """A schema in a few words that JSON has for it."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if "items" in schema:
        return f"{_takes(schema['items'])}[]"
    kind = str(schema.get("format") or schema["type"])
    if "minimum" in schema and "maximum" in schema:
        return f"{kind}, {schema['minimum']}–{schema['maximum']}"
    return kind
