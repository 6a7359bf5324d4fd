"""What a stranger may send, and what comes back when it cannot be taken."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, override_settings

from opendoor.accounts.models import User
from opendoor.middleware import MOST_FROM_STRANGERS

pytestmark = pytest.mark.django_db
LINES = ["tel:988", "sms:988", "tel:911", "tel:3035550100"]
HIDDEN = "private-minutes-of-the-board"


def refused(response: Any, status: int) -> str:
    """The page of a refusal: with the lines, without a cookie."""
    html: str = response.content.decode()
    assert response.status_code == status
    assert all(line in html for line in LINES)
    assert not response.cookies
    assert "script-src 'self'" in response["Content-Security-Policy"]
    return html


@override_settings(DEBUG=False)
@pytest.mark.parametrize("path", ["/media/../secret-key", "/media/%2e%2e/secret-key"])
def test_a_bad_request_keeps_the_lines(client: Client, path: str) -> None:
    refused(client.get(path), 400)


@override_settings(DEBUG=False)
def test_an_unknown_host_keeps_the_lines_and_is_not_repeated(client: Client) -> None:
    assert "evil.example" not in refused(client.get("/", headers={"host": "evil.example"}), 400)


@pytest.mark.parametrize("path", ["/", "/events/", "/no-such-page/", "/cms/login/"])
def test_a_form_from_elsewhere_keeps_the_lines(path: str) -> None:
    refused(Client(enforce_csrf_checks=True).post(path, {"q": "x"}), 403)


@pytest.mark.parametrize("path", ["/directory/", "/api/search", "/cms/login/", "/"])
def test_a_huge_body_is_refused_unread(client: Client, path: str) -> None:
    file = ContentFile(b"x" * MOST_FROM_STRANGERS, name="x.bin")
    refused(client.post(path, {"file": file}), 413)


def test_staff_may_send_more(client: Client) -> None:
    client.force_login(User.objects.create_user("ana"))
    file = ContentFile(b"x" * MOST_FROM_STRANGERS, name="x.bin")
    assert client.post("/directory/", {"file": file}).status_code != 413


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/x", "/%5Cevil.example/"])
def test_an_address_never_becomes_a_link_to_elsewhere(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert 'href="//' not in html
    assert 'href="/\\' not in html


@pytest.mark.parametrize("way", ["documents", "images/../documents", "./documents"])
def test_a_document_is_read_by_its_own_view_alone(client: Client, way: str) -> None:
    """That view knows whose it is: the folder would give it to anybody."""
    name = default_storage.save(f"documents/{HIDDEN}.txt", ContentFile(b"secret"))
    try:
        assert (Path(settings.MEDIA_ROOT) / name).is_file()
        response = client.get(f"/media/{way}/{HIDDEN}.txt")
        assert response.status_code == 404
    finally:
        default_storage.delete(name)


def test_a_picture_as_it_was_uploaded_is_not_public(client: Client) -> None:
    """It may say where it was taken; the renditions that pages show do not."""
    kept = [default_storage.save(f"{d}/x.txt", ContentFile(b"x")) for d in ("images", "originals")]
    try:
        shown, original = (client.get(f"/media/{name}").status_code for name in kept)
        assert (shown, original) == (200, 404)
    finally:
        for name in kept:
            default_storage.delete(name)


def test_there_is_no_second_way_to_sign_in(client: Client) -> None:
    response = client.get("/_util/login/?next=/x/")
    assert response.status_code == 302
    assert response["Location"] == "/cms/login/?next=/x/"
    assert not response.cookies
