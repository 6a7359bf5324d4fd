"""Rows of a source are found without reading a whole table, on either database."""

import pytest
from django.db import connection
from django.db.models import Q

from directory.imports.origin import from_source
from directory.models import Location, Organization, Phone, Service

IDS = [f"row {number}" for number in range(300)]


@pytest.mark.parametrize("model", [Organization, Service, Location, Phone])
@pytest.mark.django_db
def test_rows_of_a_source_are_found_by_its_index(
    model: type[Organization | Service | Location | Phone],
) -> None:
    if connection.vendor == "postgresql":  # which reads a table as small as a test's whole
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    index = f"{model._meta.db_table}_source"
    own = from_source("county", IDS)
    assert index in model.objects.filter(own).order_by().explain()
    either = model.objects.filter(Q(pk="00000000-0000-0000-0000-000000000001") | own)
    assert index in either.order_by().explain()
