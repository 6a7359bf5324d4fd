"""CSV and its kin to records. A file is never held in memory, whatever its size."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from directory.hsds.cells import as_written
from directory.imports.readers import limits
from directory.imports.readers.files import save_as

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 50
SAMPLE_LENGTH = 500_000  # characters
csv.field_size_limit(limits.MAX_RECORD)  # the limit that counts is on the line and the record


@dataclass(frozen=True)
class Delimited:
    """The records of a text file, as often as asked for; those without text are left out."""

    path: Path
    encoding: str
    delimiter: str

    def __call__(self) -> Iterator[list[str]]:
        lines = _Lines(self.path, self.encoding)
        try:
            for record in csv.reader(lines, delimiter=self.delimiter, strict=True):
                lines.record_ended()
                if any(map(str.strip, record)):
                    yield [as_written(cell) for cell in record]
        except csv.Error as error:
            message = _(
                "%(name)s cannot be read as CSV near line %(line)s: %(error)s. "
                "Look for a quotation mark that is never closed."
            ) % {"name": self.path.name, "line": lines.number, "error": error}
            raise save_as("not-csv", message) from None
        finally:
            lines.close()


def found_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that cuts the first lines into the most even table of two or more columns."""
    sample = _sample(path, encoding)
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _sample(path: Path, encoding: str) -> list[str]:
    lines = _Lines(path, encoding)
    sample: list[str] = []
    try:
        for line in islice(lines, SAMPLE_LINES):
            lines.record_ended()
            sample.append(line)
            if sum(map(len, sample)) > SAMPLE_LENGTH:
                break
    finally:
        lines.close()
    return sample


def _evenness(sample: list[str], delimiter: str) -> tuple[float, int]:
    """The share of records as wide as the first, and that width; of equals the first counts."""
    records = [record for record in csv.reader(sample, delimiter=delimiter) if any(record)]
    width = len(records[0]) if records else 0
    if width < 2:
        return 0.0, 0
    whole = records[: max(2, len(records) - 1)]  # the sample may end inside the last
    return sum(len(record) == width for record in whole) / len(whole), width


class _Lines:
    """The lines of a file as text, each limited before it is read whole."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        # "": CR, LF and CRLF all end a line, and stay as they are inside quotation marks.
        self.file: TextIOWrapper = path.open(encoding=encoding, newline="")
        self.number = self.pending = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(limits.MAX_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.pending += len(line)
        here = {"line": self.number, "name": self.path.name}
        if len(line) > limits.MAX_LINE or self.pending > limits.MAX_RECORD:
            message = _(
                "Line %(line)s of %(name)s is longer than 1 MB: this is not a table of listings."
            )
            raise save_as("line-too-long", message % here)
        if "\0" in line:
            message = _("Line %(line)s of %(name)s holds NUL bytes: it is not plain text.")
            raise save_as("not-text", message % here)
        return line

    def record_ended(self) -> None:
        self.pending = 0

    def close(self) -> None:
        self.file.close()
