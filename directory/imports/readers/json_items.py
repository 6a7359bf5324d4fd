"""JSON of any size to its objects, one by one: a single object, a list, pages of a list, one
object a line, and HSDS's tabular form. Only one object is in memory at a time.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from directory.imports.faults import FileFault
from directory.imports.readers import limits

CHUNK = 65_536
SPACE = " \t\r\n"
LONGEST_TOKEN = 16  # an error so near the end of what was read may be for want of the rest
CONTENTS = "contents"  # where HSDS's API puts the list in a page
Item = tuple[str, dict[str, Any]]  # the name of the list it stood in, "" when it had none


class JsonItems:
    """Iterating raises FileFault."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.name = path.name
        self.file = path.open(encoding=encoding)
        self.text, self.at, self.ended = "", 0, False
        self.line = 1  # of the beginning of `text`
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=str,  # as written: no digit is lost
            parse_float=str,
            parse_constant=self._constant,
        )

    def __iter__(self) -> Iterator[Item]:
        with self.file:
            while self._next():
                if self._next() == "[":
                    for item in self._list():
                        yield from self._opened("", item)
                else:
                    yield from self._top()

    def _top(self) -> Iterator[Item]:
        """An object of the highest level: a record, a page, or tables by name."""
        if self._next() != "{":
            self._fail(_("neither an object nor a list stands here"))
        self.at += 1
        pairs: list[tuple[str, Any]] = []
        opened = False
        while self._next() != "}":
            key = self._key()
            if self._next() == "[" and (key == CONTENTS or key.casefold().endswith(".csv")):
                opened = True
                for item in self._list():
                    yield from self._opened("" if key == CONTENTS else key, item)
            else:
                pairs.append((key, self._value()))
            self._comma("}")
        self.at += 1
        if not opened:
            yield from self._opened("", self._object(pairs))

    def _opened(self, name: str, item: Any) -> Iterator[Item]:
        """The records of a page that stands in a list or on a line; any other is one itself."""
        if not isinstance(item, dict):
            self._fail(_("an object is missing here"))
        contents = item.get(CONTENTS)
        if not isinstance(contents, list):
            yield name, item
            return
        for inner in contents:
            if not isinstance(inner, dict):
                self._fail(_("an object is missing here"))
            yield name, inner

    def _list(self) -> Iterator[Any]:
        self.at += 1
        while self._next() != "]":
            yield self._value()
            self._comma("]")
        self.at += 1

    def _key(self) -> str:
        key = self._value()
        if not isinstance(key, str) or self._next() != ":":
            self._fail(_("a name and a colon are missing here"))
        self.at += 1
        return key

    def _comma(self, end: str) -> None:
        found = self._next()
        if found == ",":
            self.at += 1
            if self._next() == end:
                self._fail(_("a comma stands before the end"))
        elif found != end:
            self._fail(_("a comma is missing here"))

    def _value(self) -> Any:
        """The value that stands here, once enough of the file has been read."""
        self._next()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.ended or not self._may_go_on(error):
                    self.at = error.pos
                    self._fail(error.msg)
                self._fill()
                continue
            if end < len(self.text) or self.ended:
                self.at = end
                return value
            self._fill()  # a number may go on in the next chunk

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        near = error.pos >= len(self.text) - LONGEST_TOKEN
        return near or error.msg.startswith("Unterminated string")

    def _next(self) -> str:
        """The next character that is not space, "" at the end of the file."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in SPACE:
                    return self.text[self.at]
                self.at += 1
            if self.ended:
                return ""
            self._fill()

    def _fill(self) -> None:
        """Reads on: each time as much again as is still wanted, so that the whole stays fast."""
        self.line += self.text.count("\n", 0, self.at)
        self.text = self.text[self.at :]
        self.at = 0
        if len(self.text) > limits.MAX_ITEM:
            message = _("The object in line %(line)s of %(name)s is longer than %(most)s MB.")
            raise self._fault("too-big", message)
        more = self.file.read(max(CHUNK, len(self.text)))
        self.ended = not more
        self.text += more

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            message = _("%(name)s has an object that names something twice (near line %(line)s).")
            raise self._fault("duplicate-key", message)
        return found

    def _constant(self, text: str) -> NoReturn:
        message = _("%(name)s holds NaN or Infinity (near line %(line)s): these are no JSON.")
        raise self._fault("not-json", message)

    def _fail(self, reason: str) -> NoReturn:
        message = _("%(name)s is no whole JSON: line %(line)s, %(reason)s. Export it again.")
        raise self._fault("not-json", message, reason)

    def _fault(self, code: str, message: str, reason: str = "") -> FileFault:
        line = self.line + self.text.count("\n", 0, self.at)
        most = limits.MAX_ITEM // 1_000_000
        here = {"name": self.name, "line": line, "reason": reason, "most": most}
        return FileFault(code, message % here)
