"""How often something may happen: for one network address, and for all together."""

import hashlib
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from threading import Lock


@dataclass
class Ceiling:
    """Counts in this process's memory, for one window. When a window ends all of it is forgotten,
    the salt of the hashes too, so that nobody can tell who sent what, or when.
    """

    each: int
    all: int
    seconds: int
    _until: float = 0.0
    _salt: bytes = b""
    _seen: Counter[bytes] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def admits(self, address: str) -> bool:
        """Whether one more fits; if so it is counted."""
        with self._lock:
            self._turn(time.monotonic())
            key = hashlib.blake2b(network(address).encode(), key=self._salt).digest()
            if self._seen.total() >= self.all or self._seen[key] >= self.each:
                return False
            self._seen[key] += 1
            return True

    def _turn(self, now: float) -> None:
        if now >= self._until:
            self._until = now + self.seconds
            self._salt = secrets.token_bytes(32)
            self._seen.clear()


def network(address: str) -> str:
    """The address; of IPv6 the /64, since a home has that many addresses to itself."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    return read.exploded[:19] if isinstance(read, IPv6Address) else str(read)
