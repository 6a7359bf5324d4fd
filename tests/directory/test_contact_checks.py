"""Links are asked politely, and nothing that is not public is ever asked. Against a real server."""

import socket
from collections.abc import Iterator

import pytest

from directory.stewardship import visiting
from directory.stewardship.addresses import Unreachable, is_public, vetted
from directory.stewardship.visiting import Visit, Visitor
from tests.directory.websites import Site, serving


@pytest.fixture
def server() -> Iterator[str]:
    with serving() as where:
        yield where


def visitor(server: str, pause: float = 0) -> Visitor:
    return Visitor("https://directory.example", pause=pause, allowed={server})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", Visit(200)),
        ("/fine?q=a b&c=ü#part", Visit(200)),
        ("/head-refused", Visit(200)),
        ("/moved", Visit(200)),
        ("/status/404", Visit(404)),
        ("/status/503", Visit(503)),
        ("/round", Visit(None, "redirects")),
        ("/nowhere", Visit(None, "address")),
    ],
)
def test_what_a_site_answers(server: str, path: str, expected: Visit) -> None:
    assert visitor(server).visit(f"http://{server}{path}") == expected


def test_head_comes_first_and_our_name_says_who_asks(server: str) -> None:
    visitor(server).visit(f"http://{server}/head-refused")
    assert Site.asked == ["GET /robots.txt", "HEAD /head-refused", "GET /head-refused"]
    assert set(Site.agents) == {"OpenDoorLinkCheck/1.0 (+https://directory.example)"}


def test_robots_txt_is_heeded_and_read_once(server: str) -> None:
    Site.robots = "User-agent: OpenDoorLinkCheck\nDisallow: /private\n"
    asking = visitor(server)
    assert asking.visit(f"http://{server}/private/page") == Visit(None, "robots")
    assert asking.visit(f"http://{server}/fine").status == 200
    assert Site.asked == ["GET /robots.txt", "HEAD /fine"]


def test_a_host_is_left_in_peace_between_two_requests(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(visiting.time, "sleep", slept.append)
    visitor(server, pause=5).visit(f"http://{server}/fine")
    assert [round(seconds) for seconds in slept] == [0, 5]


def test_nothing_answers(server: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"127.0.0.1:{free.getsockname()[1]}"
        found = Visitor("https://directory.example", 0, {closed}).visit(f"http://{closed}/")
    assert found == Visit(None, "refused")


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"127.0.0.1:{silent.getsockname()[1]}"
        found = Visitor("https://directory.example", 0, {where}).visit(f"http://{where}/")
    assert found == Visit(None, "timeout")


def test_what_is_not_tls_is_no_website(server: str) -> None:
    assert visitor(server).visit(f"https://{server}/fine") == Visit(None, "tls")


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("http://127.0.0.1/", "private"),
        ("http://localhost/", "private"),
        ("http://2130706433/", "private"),
        ("http://0x7f.1/", "private"),
        ("http://10.0.0.1/", "private"),
        ("http://192.168.1.1/", "private"),
        ("http://172.16.0.1/", "private"),
        ("http://100.64.0.1/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://0.0.0.0/", "private"),
        ("http://224.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::]/", "private"),
        ("http://[fe80::1]/", "private"),
        ("http://[fec0::1]/", "private"),
        ("http://[fd00:ec2::254]/", "private"),
        ("http://[::ffff:127.0.0.1]/", "private"),
        ("http://[64:ff9b::7f00:1]/", "private"),
        ("http://[2002:7f00:1::]/", "private"),
        ("http://127.0.0.1:5432/", "port"),
        ("https://example.org:8443/", "port"),
        ("http://user:password@example.org/", "address"),
        ("ftp://example.org/", "address"),
        ("file:///etc/passwd", "address"),
        ("gopher://127.0.0.1:70/", "address"),
        ("http://", "address"),
        ("http://[broken/", "address"),
        ("http://example.org:99999/", "address"),
        ("http://example.org/a\r\nHost: x", "address"),
        ("http://no-such-host.invalid/", "dns"),
    ],
)
def test_only_public_websites_are_ever_asked(link: str, code: str) -> None:
    with pytest.raises(Unreachable) as refused:
        vetted(link)
    assert refused.value.code == code


def test_public_addresses_are_public() -> None:
    assert is_public("8.8.8.8") and is_public("2606:4700::1111")
    assert not is_public("fe80::1%eth0")


def test_a_redirect_into_our_own_network_is_not_followed(server: str) -> None:
    for inside in ("http://169.254.169.254/", "http://127.0.0.1:22/", "http://localhost/"):
        Site.elsewhere = inside
        assert visitor(server).visit(f"http://{server}/away").code in ("private", "port")


def test_the_connection_goes_to_the_address_that_was_vetted(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers with a private address the second time gains nothing."""
    port = int(server.split(":")[1])
    answers: list[str] = []

    def resolve(host: str, *args: object, **options: object) -> list[tuple[object, ...]]:
        answers.append(host)
        address = "127.0.0.1" if len(answers) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    target = vetted(f"http://{server}/fine", {server})
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert target.address == "127.0.0.1"
    named = vetted(f"http://rebinding.example:{port}/", {f"rebinding.example:{port}"})
    assert (named.address, answers) == ("127.0.0.1", ["rebinding.example"])


def test_another_host_is_noted(server: str) -> None:
    port = server.split(":")[1]
    other = f"localhost:{port}"
    Site.elsewhere = f"http://{other}/fine"
    asking = Visitor("https://directory.example", 0, {server, other})
    assert asking.visit(f"http://{server}/away") == Visit(200, host="localhost")
