"""Which model, and which of its fields, holds what HSDS calls by a name of its own."""

from dataclasses import dataclass
from functools import cache

from django.db.models import Field

from directory import models
from directory.hsds.objects import OBJECTS
from directory.hsds.spec import ANY, HsdsObject
from directory.models.record import Record

MODELS: dict[str, type[Record]] = {
    "taxonomy": models.Taxonomy,
    "taxonomy_term": models.TaxonomyTerm,
    "unit": models.Unit,
    "organization": models.Organization,
    "program": models.Program,
    "service": models.Service,
    "location": models.Location,
    "service_at_location": models.ServiceAtLocation,
    "address": models.Address,
    "contact": models.Contact,
    "phone": models.Phone,
    "schedule": models.Schedule,
    "service_area": models.ServiceArea,
    "language": models.Language,
    "accessibility": models.Accessibility,
    "cost_option": models.CostOption,
    "funding": models.Funding,
    "required_document": models.RequiredDocument,
    "organization_identifier": models.OrganizationIdentifier,
    "url": models.Url,
    "service_capacity": models.ServiceCapacity,
    "meta_table_description": models.MetaTableDescription,
    "attribute": models.Attribute,
    "metadata": models.Metadata,
}
# HSDS columns whose name our model gives to something else.
RENAMED = {
    ("funding", "source"): "funding_source",
    ("taxonomy_term", "taxonomy"): "taxonomy_name",
}
# HSDS columns that no field holds: the text stays in `as_given`. A schedule's offset in hours
# breaks when clocks change; the location's IANA zone stands for it.
ONLY_AS_GIVEN = {("schedule", "timezone")}
# Beyond HSDS, in exports of our own under names that no version of HSDS has.
EXTENSIONS: dict[str, dict[str, str]] = {
    "service": {
        f"x_{name}": name
        for name in (
            "what_happens",
            "availability",
            "accepts_drop_off",
            "telehealth",
            "assurer_role",
            "gender",
            "residence",
            "referral_needed",
        )
    },
    "location": {"x_time_zone": "time_zone", "x_confidential": "confidential"},
    "phone": {"x_priority": "priority"},
    "address": {"x_zip4": "zip4"},
    "taxonomy": {"x_slug": "slug"},
    "taxonomy_term": {"x_name_es": "name_es", "x_position": "position"},
}
# What a JSON Schema and a Table Schema alike call the types of our own columns; others are strings.
EXTENSION_TYPES = {"BooleanField": "boolean", "PositiveSmallIntegerField": "integer"}


@dataclass(frozen=True)
class Binding:
    """`fields`: HSDS column → model field; `links`: HSDS column → (model's attname, object)."""

    spec: HsdsObject
    model: type[Record]
    fields: dict[str, "Field[object, object]"]
    links: dict[str, tuple[str, str]]
    extensions: dict[str, "Field[object, object]"]


@cache
def binding(name: str) -> Binding:
    """How the object called `name` is kept. `link_id` and `resource_id`, which may lead to any
    object, are in no `links`: Attribute and Metadata keep them in `of` and `of_id`.
    """
    spec, model = OBJECTS[name], MODELS[name]
    fields = {
        f.name: model._meta.get_field(RENAMED.get((name, f.name), f.name))
        for f in spec.fields
        if (name, f.name) not in ONLY_AS_GIVEN
    }
    links = {link.name: (link.name, link.to) for link in spec.links if link.to != ANY}
    extensions = {
        column: model._meta.get_field(field) for column, field in EXTENSIONS.get(name, {}).items()
    }
    return Binding(spec, model, fields, links, extensions)  # type: ignore[arg-type]


def extension_type(field: "Field[object, object]") -> str:
    """What a schema says of a column of ours."""
    return EXTENSION_TYPES.get(field.get_internal_type(), "string")
