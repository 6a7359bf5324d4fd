"""The demonstration, loaded once for these tests and taken away after them."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from opendoor.demo.entries import County
from opendoor.demo.reading import read_county


@pytest.fixture(scope="session")
def county() -> County:
    return read_county()


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What `load_demo` said. Every test here runs inside the same transaction."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)
