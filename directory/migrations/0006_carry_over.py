"""Taxonomies, terms, attributes and languages get the ids that HSDS wants, and what was imported
before keeps its place in the new tables.
"""

import uuid

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

SHIPPED = uuid.UUID("6f70656e-646f-4f72-8e73-746178000001")
SLUGS = ("need", "population", "cost", "insurance", "accessibility")


def carry_over(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def model(name: str):
        return apps.get_model("directory", name)

    taxonomies = {}
    for old in model("Taxonomy").objects.all():
        taxonomies[old.pk] = model("NewTaxonomy").objects.create(
            id=uuid.uuid5(SHIPPED, old.slug),
            slug=old.slug,
            name=old.name,
            description=old.description,
            version=old.version,
        )
    terms = {}
    for old in model("TaxonomyTerm").objects.all():
        taxonomy = taxonomies[old.taxonomy_id]
        shipped = taxonomy.slug in SLUGS
        terms[old.pk] = model("NewTaxonomyTerm").objects.create(
            id=uuid.uuid5(SHIPPED, f"{taxonomy.slug}/{old.code}") if shipped else uuid.uuid4(),
            taxonomy=taxonomy,
            code=old.code,
            name=old.name,
            name_es=old.name_es,
            description=old.description,
            position=old.position,
        )
    for old in model("TaxonomyTerm").objects.exclude(parent=None):
        term = terms[old.pk]
        term.parent = terms[old.parent_id]
        term.save()
    model("NewAttribute").objects.bulk_create(
        model("NewAttribute")(
            service_id=old.service_id, taxonomy_term_id=terms[old.taxonomy_term_id].pk
        )
        for old in model("Attribute").objects.all()
    )
    model("NewLanguage").objects.bulk_create(
        model("NewLanguage")(service_id=old.service_id, code=old.code, note=old.note)
        for old in model("Language").objects.all()
    )
    model("StagedRow").objects.update(number=F("row"))
    model("SourceRow").objects.update(record_id=F("service_id"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_all_of_hsds")]

    operations = [migrations.RunPython(carry_over)]
