"""Cleans imported text: what comes in is data, never markup (rule 11 of the design)."""

import html
import re
import unicodedata
from urllib.parse import urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF])
KEY_LENGTH = 200
HOST = re.compile(r"^[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+$")


def clean_text(value: str, *, lines: bool = False) -> str:
    """Without markup, control and direction characters; on one line unless `lines`."""
    if not value:
        return ""
    text = _without_markup(value) if "<" in value or "&" in value else value
    if not (text.isascii() and text.isprintable()):  # most cells are
        text = unicodedata.normalize("NFC", text).translate(BIDI)
        text = "".join(c if _printable(c) else " " for c in text)
    if not lines:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _without_markup(value: str) -> str:
    """Until nothing changes: markup that was escaped twice does not come back."""
    for _ in range(5):
        text = html.unescape(nh3.clean(value, tags=set()))
        if text == value:
            return text
        value = text
    return value.replace("<", " ").replace(">", " ")


def _printable(character: str) -> bool:
    return character == "\n" or unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")


def key_of(name: str) -> str:
    """The same for a name however it is spaced and written in capitals."""
    return " ".join(name.casefold().split())[:KEY_LENGTH]


def clean_link(value: str) -> str | None:
    """A link that may be shown, "" when there is none, None when it cannot be one.

    A bare domain becomes https; a link that names a scheme keeps it.
    """
    text = value.strip()
    if text.lower() in ("", "http://", "https://", "http:", "https:"):
        return ""
    if any(c.isspace() or not c.isprintable() or c in "<>\"'`\\" for c in text):
        return None
    if re.match(r"(?i)(mailto|tel):.", text):
        return text
    if "://" not in text:
        text = f"https://{text}"
    return text if _reachable(text) else None


def clean_web_link(value: str, longest: int) -> str | None:
    """The same, of a link that leads to a page and is no longer than this."""
    link = clean_link(value)
    if link and not (link.lower().startswith("http") and len(link) <= longest):
        return None
    return link


def _reachable(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    allowed = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return allowed and len(host) <= 253 and HOST.match(host) is not None


def clean_email(value: str) -> str | None:
    """An e-mail address, "" when there is none, None when it cannot be one."""
    text = value.strip()
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError:
        return None
    return text
