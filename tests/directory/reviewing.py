"""What tests of imports in the CMS share: files, and what a steward does with them."""

import re
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from directory.models import ImportBatch

KNOWN = "name,organization,street,city,state,zip,phone\n"
UNKNOWN = (
    "agency;programme;where;ring us\n"
    "Harbor Health;Talking therapy;100 Main St, Denver, CO 80203;303-555-0100\n"
    "Hope Center;Grief group;200 Elm St, Denver, CO 80204;303-555-0101\n"
    "Hope Center;Art group;200 Elm St, Denver, CO 80204;303-555-0102\n"
)


def row(number: int, name: str = "", phone: str = "303-555-0100") -> str:
    return (
        f"{name or f'Service {number}'},Harbor {number},{number} Elm St,Denver,CO,80203,{phone}\n"
    )


def bring(
    client: Client, text: str | bytes, name: str = "county.csv", **fields: str
) -> HttpResponse:
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    fields.setdefault("source", "county")
    return client.post(reverse("directory_imports:add"), {"file": file, **fields}, follow=True)  # type: ignore[return-value]


def newest() -> ImportBatch:
    found = ImportBatch.objects.order_by("-pk").first()
    assert found
    return found


def look(client: Client, **query: str) -> str:
    url = reverse("directory_imports:inspect", args=[newest().pk])
    return client.get(url, query).content.decode()


def chosen(page: str) -> str:
    """What the page says of how many rows are chosen."""
    told = re.search(r'<output id="chosen">(\d+)</output> of (\d+)', page)
    return " of ".join(told.groups()) if told else ""


def act(client: Client, what: str, follow: bool = True, **fields: object) -> str:
    url = reverse(f"directory_imports:{what}", args=[newest().pk])
    return client.post(url, fields, follow=follow).content.decode()


def published(client: Client, *rows: str) -> ImportBatch:
    bring(client, KNOWN + "".join(rows))
    act(client, "publish")
    assert newest().state == "published"
    return newest()


def uploads(settings: Settings) -> list[Path]:
    return [path for path in settings.OPENDOOR_UPLOAD_DIR.rglob("*.csv") if path.is_file()]
