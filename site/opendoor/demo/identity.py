"""Names of rows that stay the same at every loading, so that a link to a listing lasts."""

import hashlib
import uuid

SOURCE = "demonstration"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://junipercounty.example.org/")


def uid(kind: str, key: str) -> uuid.UUID:
    """The id of the row of this kind with this key."""
    return uuid.uuid5(NAMESPACE, f"{kind}/{key}")


def spread(key: str, size: int) -> int:
    """A number below `size` that looks random and is the same every time."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") % size
