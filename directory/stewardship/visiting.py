"""Asks websites whether they answer: politely, and never anything that is not public.

One request at a time, with a pause between two to one host, under a name that says who asks and
where to read about it; robots.txt is heeded. HEAD first, GET where a server does not take that; no
body is read. Redirects are followed a few times, each vetted anew.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from directory.stewardship.addresses import Target, Unreachable, vetted

NAME = "OpenDoorLinkCheck"
TIMEOUT = 10.0  # seconds for one step
WHOLE = 25.0  # seconds for one request, however slowly it drips
REDIRECTS = 5
MOST_ROBOTS = 100_000  # bytes
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Visit:
    """What came back. `status` is None when nothing did, and `code` says why (see told.py);
    `host` is where redirects led, when that is another host."""

    status: int | None
    code: str = ""
    host: str = ""


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was vetted, whatever the name resolves to by now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self.address = target.address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), TIMEOUT)


class _PinnedTls(_Pinned):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


@dataclass
class Visitor:
    """`site` is our own address, told to every host; `allowed` names "host:port" for tests."""

    site: str
    pause: float = 2.0
    allowed: Collection[str] = ()
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def visit(self, link: str) -> Visit:
        """Follows the link to its end. Never raises for what a stranger's server does."""
        try:
            return self._follow(link)
        except Unreachable as error:
            return Visit(None, error.code)
        except ValueError:  # a redirect to what cannot be taken apart
            return Visit(None, "address")

    def _follow(self, link: str) -> Visit:
        first, url = urlsplit(link).hostname or "", quote(link, safe="!#$%&'()*+,/:;=?@[]~")
        for _ in range(REDIRECTS + 1):
            target = vetted(url, self.allowed)
            if not self._may(target):
                return Visit(None, "robots")
            status, onward = self._ask("HEAD", target)
            if status >= 400:
                status, onward = self._ask("GET", target)
            if status not in MOVED or not onward:
                return Visit(status, host=_other(first, target.host))
            url = urljoin(url, onward)
        raise Unreachable("redirects")

    def _may(self, target: Target) -> bool:
        """What the host's robots.txt says to us; a host without one says nothing against it."""
        rules = self._robots.get(target.origin)
        if rules is None:
            rules = self._robots[target.origin] = RobotFileParser()
            rules.parse(self._robots_of(target).splitlines())
        return rules.can_fetch(NAME, target.path)

    def _robots_of(self, target: Target) -> str:
        place = Target(target.scheme, target.host, target.port, target.address, "/robots.txt")
        with self._open("GET", place) as answer:
            if answer.status != 200:
                return ""
            with _told():
                return answer.read(MOST_ROBOTS).decode("utf-8", "replace")

    def _ask(self, method: str, target: Target) -> tuple[int, str]:
        with self._open(method, target) as answer:
            return answer.status, answer.headers.get("Location", "")

    def _open(self, method: str, target: Target) -> "_Exchange":
        self._wait(target.host)
        return _Exchange(method, target, f"{NAME}/1.0 (+{self.site})")

    def _wait(self, host: str) -> None:
        due = self._asked.get(host, 0.0) + self.pause
        time.sleep(max(0.0, due - time.monotonic()))
        self._asked[host] = time.monotonic()


class _Exchange:
    """One request and its answer's head; the connection ends with it, at the latest after WHOLE."""

    def __init__(self, method: str, target: Target, agent: str) -> None:
        self.method, self.target, self.agent = method, target, agent
        kind = _PinnedTls if target.scheme == "https" else _Pinned
        self.connection = kind(target)
        self.limit = Timer(WHOLE, self._cut)
        self.limit.daemon = True

    def __enter__(self) -> http.client.HTTPResponse:
        self.limit.start()
        try:
            with _told():
                headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
                self.connection.request(self.method, self.target.path, headers=headers)
                return self.connection.getresponse()
        except Unreachable:
            self.__exit__()
            raise

    def __exit__(self, *error: object) -> None:
        self.limit.cancel()
        self.connection.close()

    def _cut(self) -> None:
        if self.connection.sock is not None:
            with suppress(OSError):
                self.connection.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _told() -> Iterator[None]:
    """Turns what sockets and servers do wrong into Unreachable."""
    try:
        yield
    except ssl.SSLError as error:
        raise Unreachable("tls") from error
    except TimeoutError as error:
        raise Unreachable("timeout") from error
    except ConnectionRefusedError as error:
        raise Unreachable("refused") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable("broken-off") from error


def _other(first: str, last: str) -> str:
    """The host where it ended, unless only "www." came or went."""
    return "" if first.removeprefix("www.") == last.removeprefix("www.") else last
