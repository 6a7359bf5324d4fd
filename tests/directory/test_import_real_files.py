"""SAMHSA's own files, row by row."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from directory.models import Address, Location, Organization, Phone, Service
from tests.directory.importing import NOWHERE, Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


def bring_in(real_data: Path, name: str, tmp_path: Path) -> Outcome:
    report = tmp_path / "r.json"
    path = real_data / "samhsa" / name
    args = ["import_directory", str(path), "--publish", "--report", str(report)]
    call_command(*args, stdout=NOWHERE, stderr=NOWHERE)
    return Outcome(0, json.loads(report.read_text(encoding="utf-8")))


def cells(real_data: Path, name: str) -> dict[str, dict[str, str]]:
    with (real_data / "samhsa" / name).open(encoding="utf-8", newline="") as file:
        return {row[""]: row for row in csv.DictReader(file)}


def test_colorado_loses_nothing(real_data: Path, tmp_path: Path) -> None:
    name = "mental_health_providers_co.csv"
    assert bring_in(real_data, name, tmp_path).counts == (162, 162, 0, 0, 0)
    again = bring_in(real_data, name, tmp_path)
    assert again.counts == (162, 0, 0, 162, 0)
    assert (again.report["warnings"], again.report["errors"]) == ([], [])
    given = cells(real_data, name)
    for service in Service.objects.with_listing():
        row = given[service.source_id]
        location = service.service_at_locations.get().location
        address = location.addresses.get()
        assert address.postal_code == row["zip"]
        assert (address.address_1, address.city) == (row["street1"], row["city"])
        assert (location.latitude, location.longitude) == (
            float(row["latitude"]),
            float(row["longitude"]),
        )
        digits = {"".join(c for c in p.number if c.isdigit()) for p in service.phones.all()}
        assert "".join(c for c in row["phone"] if c.isdigit())[:10] in digits
        assert service.url == ("" if row["website"] == "http://" else row["website"])


def test_connecticut_and_massachusetts_have_their_zeros_again(
    real_data: Path, tmp_path: Path
) -> None:
    name = "mental_health_providers_ct_ma.csv"
    assert bring_in(real_data, name, tmp_path).counts == (476, 476, 0, 0, 0)
    assert bring_in(real_data, name, tmp_path).counts == (476, 0, 0, 476, 0)
    given = cells(real_data, name)
    for service in Service.objects.with_listing():
        address = service.service_at_locations.get().location.addresses.get()
        assert address.postal_code == f"0{given[service.source_id]['zip']}"
    assert not Address.objects.exclude(postal_code__regex=r"^[0-9]{5}$").exists()
    assert Address.objects.filter(zip4__regex=r"^[0-9]{4}$").count() > 50
    extensions = Phone.objects.exclude(extension="")
    assert extensions.filter(number="(860) 276-3000", extension="301").exists()
    shared = Location.objects.annotate(services=Count("service_at_locations"))
    assert shared.filter(services__gt=1).count() == 7
    names = set(Organization.objects.values_list("name", flat=True))
    assert "Child Guidance Center of Southern Connecticut Inc" in names
    assert not {name for name in names if name.endswith((" of", " at"))}
