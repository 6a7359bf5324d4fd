"""The objects of HSDS 3.1, their fields and what each belongs to, in the order in which they can
be written: whoever is linked to comes first.

Source: Human Services Data Specification 3.1 (https://docs.openreferral.org/en/3.1/). Readers
flatten nested JSON by it, the import validates by it, export and API write by it: one table, so
that what comes in goes out again.
"""

from directory.hsds.spec import ANY, Field, HsdsObject, Link, Nested


def _texts(names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names.split())


NAME = Field("name", required=True)
ATTRIBUTES = Nested("attributes", "attribute", "link_id")
METADATA = Nested("metadata", "metadata", "resource_id")
COMMON = (ATTRIBUTES, METADATA)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLACES = ("physical", "postal", "virtual")


def _children(owner: str, *names: str) -> tuple[Nested, ...]:
    """Children that name their owner in a column of its name."""
    keys = {
        "accessibility": "accessibility",
        "address": "addresses",
        "capacity": "capacities",
    }
    objects = {"capacity": "service_capacity"}
    return tuple(
        Nested(keys.get(name, f"{name}s"), objects.get(name, name), f"{owner}_id") for name in names
    )


TAXONOMY = HsdsObject(
    "taxonomy",
    "taxonomies",
    (NAME, Field("description"), Field("uri", "url"), Field("version")),
    nested=(METADATA,),
)
TAXONOMY_TERM = HsdsObject(
    "taxonomy_term",
    "taxonomy_terms",
    (Field("code"), NAME, *_texts("description taxonomy language"), Field("term_uri", "url")),
    (Link("parent_id", "taxonomy_term", owner=False), Link("taxonomy_id", "taxonomy", owner=False)),
    (Nested("taxonomy_detail", "taxonomy", "taxonomy_id", many=False), METADATA),
)
UNIT = HsdsObject(
    "unit", "units", (NAME, *_texts("scheme identifier"), Field("uri", "url")), nested=COMMON
)
ORGANIZATION = HsdsObject(
    "organization",
    "organizations",
    (
        NAME,
        *_texts("alternate_name description"),
        Field("email", "email"),
        Field("website", "url"),
        *_texts("tax_status tax_id"),
        Field("year_incorporated", "integer"),
        Field("legal_status"),
        Field("logo", "url"),
        Field("uri", "url"),
    ),
    (Link("parent_organization_id", "organization", owner=False),),
    (
        Nested("additional_websites", "url", "organization_id"),
        Nested("funding", "funding", "organization_id"),
        *_children(
            "organization", "contact", "phone", "location", "program", "organization_identifier"
        ),
        Nested("services", "service", "organization_id"),
        *COMMON,
    ),
)
PROGRAM = HsdsObject(
    "program",
    "programs",
    (NAME, *_texts("alternate_name description")),
    (Link("organization_id", "organization", required=True),),
    COMMON,
)
SERVICE = HsdsObject(
    "service",
    "services",
    (
        NAME,
        *_texts("alternate_name description"),
        Field("url", "url"),
        Field("email", "email"),
        Field("status", choices=("active", "inactive", "defunct", "temporarily closed")),
        *_texts(
            "interpretation_services application_process fees_description wait_time fees"
            " accreditations eligibility_description"
        ),
        Field("minimum_age", "number"),
        Field("maximum_age", "number"),
        Field("assured_date", "date"),
        Field("assurer_email", "email"),
        *_texts("licenses alert"),
        Field("last_modified", "datetime"),
    ),
    (
        Link("organization_id", "organization", required=True),
        Link("program_id", "program", owner=False),
    ),
    (
        Nested("additional_urls", "url", "service_id"),
        *_children("service", "phone", "schedule", "service_area", "service_at_location"),
        *_children("service", "language"),
        Nested("organization", "organization", "organization_id", many=False),
        Nested("funding", "funding", "service_id"),
        *_children("service", "cost_option"),
        Nested("program", "program", "program_id", many=False),
        *_children("service", "required_document", "contact", "capacity"),
        *COMMON,
    ),
)
LOCATION = HsdsObject(
    "location",
    "locations",
    (
        Field("location_type", choices=PLACES),
        Field("url", "url"),
        *_texts("name alternate_name description transportation"),
        Field("latitude", "number"),
        Field("longitude", "number"),
        *_texts("external_identifier external_identifier_type"),
    ),
    (Link("organization_id", "organization"),),
    (
        *_children("location", "language", "address", "contact", "accessibility"),
        *_children("location", "phone", "schedule"),
        *COMMON,
    ),
)
SERVICE_AT_LOCATION = HsdsObject(
    "service_at_location",
    "service_at_location",
    (Field("description"),),
    (Link("service_id", "service", required=True), Link("location_id", "location", required=True)),
    (
        *_children("service_at_location", "service_area", "contact", "phone", "schedule"),
        Nested("location", "location", "location_id", many=False),
        Nested("service", "service", "service_id", many=False),
        *COMMON,
    ),
)
ADDRESS = HsdsObject(
    "address",
    "addresses",
    (
        *_texts("attention address_1 address_2 city region state_province postal_code country"),
        Field("address_type", choices=PLACES),
    ),
    (Link("location_id", "location"),),
    COMMON,
)
CONTACT = HsdsObject(
    "contact",
    "contacts",
    (*_texts("name title department"), Field("email", "email")),
    (
        Link("organization_id", "organization"),
        Link("service_id", "service"),
        Link("service_at_location_id", "service_at_location"),
        Link("location_id", "location"),
    ),
    (*_children("contact", "phone"), *COMMON),
)
PHONE = HsdsObject(
    "phone",
    "phones",
    (Field("number", required=True), *_texts("extension type description")),
    (
        Link("location_id", "location"),
        Link("service_id", "service"),
        Link("organization_id", "organization"),
        Link("contact_id", "contact"),
        Link("service_at_location_id", "service_at_location"),
    ),
    (*_children("phone", "language"), *COMMON),
)
SCHEDULE = HsdsObject(
    "schedule",
    "schedules",
    (
        Field("valid_from", "date"),
        Field("valid_to", "date"),
        Field("dtstart", "date"),
        Field("timezone", "number"),
        Field("until", "date"),
        Field("count", "integer"),
        Field("wkst", choices=DAYS),
        Field("freq", choices=("WEEKLY", "MONTHLY")),
        Field("interval", "integer"),
        *_texts("byday byweekno bymonthday byyearday description"),
        Field("opens_at", "time"),
        Field("closes_at", "time"),
        Field("schedule_link", "url"),
        *_texts("attending_type notes"),
    ),
    (
        Link("service_id", "service"),
        Link("location_id", "location"),
        Link("service_at_location_id", "service_at_location"),
    ),
    COMMON,
)
SERVICE_AREA = HsdsObject(
    "service_area",
    "service_areas",
    _texts("name description extent extent_type uri"),
    (Link("service_id", "service"), Link("service_at_location_id", "service_at_location")),
    COMMON,
)
LANGUAGE = HsdsObject(
    "language",
    "languages",
    _texts("name code note"),
    (
        Link("service_id", "service"),
        Link("location_id", "location"),
        Link("phone_id", "phone"),
    ),
    COMMON,
)
ACCESSIBILITY = HsdsObject(
    "accessibility",
    "accessibility",
    (*_texts("description details"), Field("url", "url")),
    (Link("location_id", "location"),),
    COMMON,
)
COST_OPTION = HsdsObject(
    "cost_option",
    "cost_options",
    (
        Field("valid_from", "date"),
        Field("valid_to", "date"),
        *_texts("option currency"),
        Field("amount", "number"),
        Field("amount_description"),
    ),
    (Link("service_id", "service"),),
    COMMON,
)
FUNDING = HsdsObject(
    "funding",
    "funding",
    _texts("source"),
    (Link("organization_id", "organization"), Link("service_id", "service")),
    COMMON,
)
REQUIRED_DOCUMENT = HsdsObject(
    "required_document",
    "required_documents",
    (Field("document"), Field("uri", "url")),
    (Link("service_id", "service"),),
    COMMON,
)
ORGANIZATION_IDENTIFIER = HsdsObject(
    "organization_identifier",
    "organization_identifiers",
    (
        Field("identifier_scheme"),
        Field("identifier_type"),
        Field("identifier", required=True),
    ),
    (Link("organization_id", "organization"),),
    COMMON,
)
URL = HsdsObject(
    "url",
    "url",
    (Field("label"), Field("url", "url", required=True)),
    (Link("organization_id", "organization"), Link("service_id", "service")),
    COMMON,
)
SERVICE_CAPACITY = HsdsObject(
    "service_capacity",
    "service_capacity",
    (
        Field("available", "number"),
        Field("maximum", "number"),
        Field("description"),
        Field("updated", "datetime"),
    ),
    (Link("service_id", "service"), Link("unit_id", "unit", owner=False)),
    (Nested("unit", "unit", "unit_id", many=False), *COMMON),
)
META_TABLE_DESCRIPTION = HsdsObject(
    "meta_table_description",
    "meta_table_descriptions",
    _texts("name language character_set"),
    nested=COMMON,
)
ATTRIBUTE = HsdsObject(
    "attribute",
    "attributes",
    _texts("link_type link_entity value label"),
    (Link("link_id", ANY), Link("taxonomy_term_id", "taxonomy_term", owner=False)),
    (Nested("taxonomy_term", "taxonomy_term", "taxonomy_term_id", many=False), METADATA),
)
METADATA_OBJECT = HsdsObject(
    "metadata",
    "metadata",
    (
        Field("resource_type"),
        Field("last_action_date", "date"),
        *_texts("last_action_type field_name previous_value replacement_value updated_by"),
    ),
    (Link("resource_id", ANY),),
)

OBJECTS: dict[str, HsdsObject] = {
    found.name: found
    for found in (
        TAXONOMY,
        TAXONOMY_TERM,
        UNIT,
        ORGANIZATION,
        PROGRAM,
        SERVICE,
        LOCATION,
        SERVICE_AT_LOCATION,
        ADDRESS,
        CONTACT,
        PHONE,
        SCHEDULE,
        SERVICE_AREA,
        LANGUAGE,
        ACCESSIBILITY,
        COST_OPTION,
        FUNDING,
        REQUIRED_DOCUMENT,
        ORGANIZATION_IDENTIFIER,
        URL,
        SERVICE_CAPACITY,
        META_TABLE_DESCRIPTION,
        ATTRIBUTE,
        METADATA_OBJECT,
    )
}
