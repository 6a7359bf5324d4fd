"""Which addresses on the network a job of ours may reach: public ones alone.

A listing's link is somebody else's text. Without this check it could point our server at its own
neighbours: the database, a router, the cloud's metadata service. A name is resolved once, every
address it has must be public, and the connection goes to that very address, so that a name that
answers differently the second time gains nothing.
"""

import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
# IPv6 addresses that carry an IPv4 address inside, which could be a private one.
TUNNELS = tuple(ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32", "::/96"))


class Unreachable(Exception):
    """A link that is not followed, or that does not answer; `code` says why (see told.py)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Target:
    """A link taken apart and vetted; `address` is where to connect."""

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def vetted(link: str, allowed: Collection[str] = ()) -> Target:
    """The link's target. `allowed` names "host:port" that tests reach. Raises Unreachable."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or PORTS.get(parts.scheme, 0)
    except (ValueError, UnicodeError) as error:
        raise Unreachable("address") from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not host or parts.scheme not in PORTS or "@" in parts.netloc or not _sendable(path):
        raise Unreachable("address")
    known = f"{host}:{port}" in allowed
    if not known and port != PORTS[parts.scheme]:
        raise Unreachable("port")
    found = _resolved(host, port)
    if not known and not all(is_public(address) for address in found):
        raise Unreachable("private")
    return Target(parts.scheme, host, port, found[0], path)


def _sendable(path: str) -> bool:
    return path.isascii() and path.isprintable() and " " not in path


def _resolved(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("dns") from error
    return [str(answer[4][0]) for answer in answers]


def is_public(address: str) -> bool:
    """Whether anybody on the internet may be at this address."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.is_site_local or any(ip in net for net in TUNNELS):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
