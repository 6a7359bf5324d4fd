"""Which record a row is: the same id at the source is the same record, at every import."""

import re
import uuid
from hashlib import blake2b

NAMESPACE = uuid.UUID("b2b5a1d0-6f0c-5c7a-9a0e-2f6d7c0c9d31")
LONGEST_ID = 200
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def tidy_id(text: str) -> str:
    """The id as it can be kept: a longer one than fits ends in a digest of all of it."""
    given = _UNFIT.sub("", text).strip()
    if len(given) <= LONGEST_ID:
        return given
    return f"{given[:160]}~{blake2b(given.encode(), digest_size=16).hexdigest()}"


def record_id(source: str, table: str, given: str) -> uuid.UUID:
    """A UUID is the record's own, whichever source tells of it; else the source's id makes one."""
    if _UUID.fullmatch(given):
        return uuid.UUID(given)
    return uuid.uuid5(NAMESPACE, "\n".join((source, table, given)))


def stand_in_id(source: str, service: str) -> uuid.UUID:
    """The organization of a service that names none."""
    return uuid.uuid5(NAMESPACE, "\n".join((source, "organization of service", service)))
