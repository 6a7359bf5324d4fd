"""In which encoding a text file is, found by reading it through once, and its digest.

UTF-8 and UTF-16 prove themselves. What is neither is taken for cp1252, Windows' Western European,
unless it holds what no text in cp1252 does, or is UTF-8 with a damaged place: taking that for
cp1252 would spoil all the rest.
"""

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from directory.imports.readers.files import save_as

BLOCK = 1_000_000
SAMPLE = 65_536
WESTERN = "cp1252"
_FOREIGN = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]")
_BAD = re.compile("[\udc80-\udcff]")
_GOOD = re.compile("[^\x00-\x7f\udc80-\udcff]")


@dataclass(frozen=True)
class Survey:
    encoding: str
    sha256: str


def survey(path: Path) -> Survey:
    """Raises FileFault for a file in none of the encodings."""
    with path.open("rb") as file:
        named = _named(file.read(SAMPLE))
    digest = hashlib.sha256()
    tally = _Tally(path.name, named)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            tally.add(block)
    return Survey(tally.verdict(), digest.hexdigest())


def _named(start: bytes) -> str:
    """The encoding that the first bytes tell of; UTF-8 when they tell of none."""
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = len(start) // 2
    even, odd = start[::2].count(0), start[1::2].count(0)
    if pairs and odd * 10 > pairs * 4 and even * 10 < pairs:
        return "utf-16-le"
    if pairs and even * 10 > pairs * 4 and odd * 10 < pairs:
        return "utf-16-be"
    return "utf-8"


@dataclass
class _Tally:
    """Characters that are whole in the encoding, and bytes that are not."""

    name: str
    encoding: str
    good: int = 0
    bad: int = 0
    lines: int = 1
    first_bad: int = 0
    foreign: bool = False
    decoder: codecs.IncrementalDecoder = field(init=False)

    def __post_init__(self) -> None:
        errors = "strict" if self.encoding.startswith("utf-16") else "surrogateescape"
        self.decoder = codecs.getincrementaldecoder(self.encoding)(errors)

    def add(self, block: bytes, final: bool = False) -> None:
        try:
            text = self.decoder.decode(block, final)
        except UnicodeDecodeError:
            raise self._fault(_("%(name)s is not whole UTF-16 text.")) from None
        self.foreign = self.foreign or bool(_FOREIGN.search(block))
        if not text.isascii():
            self._count(text)
        self.lines += text.count("\n")

    def _count(self, text: str) -> None:
        self.good += len(_GOOD.findall(text))
        bad = [found.start() for found in _BAD.finditer(text)]
        if bad and not self.bad:
            self.first_bad = self.lines + text.count("\n", 0, bad[0])
        self.bad += len(bad)

    def verdict(self) -> str:
        self.add(b"", final=True)
        if not self.bad:
            return self.encoding
        if self.encoding == "utf-8" and not self.foreign and self.bad > self.good:
            return WESTERN
        raise self._fault(_("Line %(line)s of %(name)s is not UTF-8 text."))

    def _fault(self, message: str) -> Exception:
        return save_as("encoding", message % {"name": self.name, "line": self.first_bad})
