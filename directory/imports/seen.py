"""Rows of one file that have the same id: nothing valid is lost, and each is counted once.

The very same row again is unchanged; another one gets the id with "#2", "#3"… behind it.
"""

import json
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b, sha256

from django.conf import settings

from directory.imports.kinds import Candidate, Kind, Values
from directory.imports.listing import Problem
from directory.imports.messages import said as _
from directory.models import ImportBatch

MARK = "#"


def digest_of(table: str, source_id: str, values: Values) -> str:
    """The same for rows that say the same, today and after a restart. Keyed with the site's
    secret: a digest of an address could be guessed from a list of addresses.
    """
    text = json.dumps([table, source_id, values], sort_keys=True)
    return blake2b(text.encode(), digest_size=16, key=_secret()).hexdigest()


@cache
def _secret() -> bytes:
    return sha256(settings.SECRET_KEY.encode()).digest()


@dataclass
class Seen:
    """About 200 bytes a row: a million rows are still far below what the importing may take."""

    names: set[bytes] = field(default_factory=set)
    digests: set[bytes] = field(default_factory=set)
    following: dict[bytes, int] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: ImportBatch) -> "Seen":
        """What a batch that was stopped had read."""
        seen = cls()
        rows = batch.rows.exclude(source_id="").values_list("table", "source_id", "digest")
        for table, source_id, digest in rows.iterator(2_000):
            seen.names.add(_key(table, source_id))
            if digest:
                seen.digests.add(bytes.fromhex(digest))
        return seen

    def __contains__(self, name: tuple[str, str]) -> bool:
        return _key(*name) in self.names

    def told_apart(self, kind: Kind, candidate: Candidate) -> tuple[Candidate, str, bool]:
        """The candidate under an id of its own, its digest, and whether it is a mere repetition."""
        if candidate.values is None:
            if candidate.source_id:
                self.names.add(_key(candidate.table, candidate.source_id))
            return candidate, "", False
        digest = digest_of(candidate.table, candidate.source_id, candidate.values)
        if bytes.fromhex(digest) in self.digests:
            return _warned(candidate, "duplicate-row", _SAME), digest, True
        self.digests.add(bytes.fromhex(digest))
        name = _key(candidate.table, candidate.source_id)
        if name in self.names:
            candidate = self._renamed(kind, candidate, name)
        self.names.add(_key(candidate.table, candidate.source_id))
        return candidate, digest, False

    def _renamed(self, kind: Kind, candidate: Candidate, name: bytes) -> Candidate:
        count = self.following.get(name, 2)
        while (candidate.table, f"{candidate.source_id}{MARK}{count}") in self:
            count += 1
        self.following[name] = count + 1
        given = candidate.source_id
        message = _("Another row has this id: this one is kept as %(name)s.")
        told = kind.renamed(candidate, f"{given}{MARK}{count}")
        return _warned(told, "duplicate-id", message % {"name": told.source_id}, given)


_SAME = _("The very same row stands earlier in the file.")


def _key(table: str, source_id: str) -> bytes:
    return blake2b(f"{table}\0{source_id}".encode(), digest_size=12).digest()


def _warned(candidate: Candidate, code: str, message: str, value: str = "") -> Candidate:
    problem = Problem(candidate.row.number, None, code, message, value)
    return replace(candidate, problems=(*candidate.problems, problem))
