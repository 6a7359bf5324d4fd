"""Every word of the interface can be read in Spanish."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.template.base import Lexer, TokenType
from pytest_django import Settings

from tests.conftest import ROOT

SPANISH = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"
SOURCES = ("directory", "site", "templates", "transparency")
NO_SOURCES = shutil.ignore_patterns("data", "__pycache__")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

MUST_STAY = re.compile(
    r"%\(\w+\)[a-z]|%%?[a-z]\b|\{\w*\}"  # filled in later
    r"|<[^>]+>|^\s+|\s+$"
)
WORD = re.compile(r"[^\W\d_]{2,}")
NOT_TRANSLATED = ("Open Door",)
READ_ALOUD = {"alt", "aria-label", "label", "placeholder", "title"}
UNREAD = {"script", "style"}
WITHOUT_WORDS = {"comment": "endcomment", "blocktranslate": "endblocktranslate"}
GIVEN_TO_A_PART = re.compile(r'\b(?:title|subtitle|text|label|heading)="([^"]*)"')


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Every form of a message with its translation; Spanish has one and many, as English has."""
    if entry.msgid_plural:
        forms = entry.msgstr_plural
        return [(entry.msgid, forms.get(0, "")), (entry.msgid_plural, forms.get(1, ""))]
    return [(entry.msgid, entry.msgstr)]


@pytest.fixture(scope="module")
def spanish() -> polib.POFile:
    return polib.pofile(str(SPANISH))


def test_every_message_has_a_translation(spanish: polib.POFile) -> None:
    assert len(spanish) > 500
    lacking = [e.msgid for e in spanish if e.fuzzy or not all(text for _, text in pairs(e))]
    assert lacking == []
    assert spanish.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"


def test_a_translation_keeps_what_is_filled_in_and_the_markup(spanish: polib.POFile) -> None:
    changed = [
        (message, text)
        for entry in spanish
        for message, text in pairs(entry)
        if Counter(MUST_STAY.findall(message)) != Counter(MUST_STAY.findall(text))
    ]
    assert changed == []


def test_the_messages_are_those_of_the_code_and_the_templates(
    spanish: polib.POFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    if shutil.which("xgettext") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Install gettext.")
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=NO_SOURCES)
    (tmp_path / "locale").mkdir()
    settings.LOCALE_PATHS = []
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["es"], no_location=True, verbosity=0)
    collected = polib.pofile(str(tmp_path / SPANISH.relative_to(ROOT)))
    wanted, have = {key(entry) for entry in collected}, {key(entry) for entry in spanish}
    assert wanted - have == set(), "Run `make messages` and translate these."
    assert have - wanted == set(), "Run `make messages` and drop what is obsolete."


class Reader(HTMLParser):
    """What a visitor reads or hears of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.unread = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread = tag in UNREAD or ("translate", "no") in attrs  # code, as it is typed
        self.texts += [value or "" for name, value in attrs if name in READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        self.unread = False

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.texts.append(data)


def untranslated(template: str) -> list[str]:
    """Words of a template that stand outside every translation."""
    html, texts, end = "", [], ""
    for token in Lexer(template).tokenize():
        command = token.contents.split(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if end:
            end = "" if command == end else end
        elif command:
            end = WITHOUT_WORDS.get(command, "")
            texts += GIVEN_TO_A_PART.findall(token.contents)
        elif token.token_type is TokenType.TEXT:
            html += token.contents
    reader = Reader()
    reader.feed(html)
    reader.close()
    return list(_with_words([*texts, *reader.texts]))


def _with_words(texts: list[str]) -> Iterator[str]:
    for text in texts:
        rest = text
        for name in NOT_TRANSLATED:
            rest = rest.replace(name, "")
        if WORD.search(rest):
            yield " ".join(text.split())


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Call {{ number }}</p>", ["Call"]),
        ('<a aria-label="Call us" href="tel:988">988</a>', ["Call us"]),
        ('{% include "alert.html" with title="Take care" only %}', ["Take care"]),
        ("{% translate 'Call' %}<p>{% if a %}Text{% endif %}</p>", ["Text"]),
        ("{% blocktranslate %}Call {{ n }}{% endblocktranslate %}", []),
        ('<code translate="no">{"name": 1}</code><p>Call</p>', ["Call"]),
        ("{# Note #}{% comment %}Note{% endcomment %}<b class='x'>Open Door</b>", []),
    ],
)
def test_words_outside_every_translation_are_found(template: str, found: list[str]) -> None:
    assert untranslated(template) == found


def test_templates_hold_no_words_outside_a_translation() -> None:
    assert TEMPLATES
    found = {
        str(path.relative_to(ROOT)): words
        for path in TEMPLATES
        if (words := untranslated(path.read_text(encoding="utf-8")))
    }
    assert found == {}
