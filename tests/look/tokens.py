"""Reads the colours that opendoor.css declares, as a browser would choose them."""

import re
from pathlib import Path

from tests.conftest import ROOT

CSS = ROOT / "static" / "css"
HEX = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})\b", re.I)
ROOT_RULE = re.compile(r":root\s*{([^}]*)}")


def stylesheets() -> list[Path]:
    """Every stylesheet of ours."""
    return sorted(CSS.rglob("*.css"))


def palette(scheme: str) -> dict[str, str]:
    """Token → colour in the light or the dark scheme; dark lays over light."""
    text = (CSS / "opendoor.css").read_text()
    before, _, after = text.partition("@media (prefers-color-scheme: dark)")
    light = _colours(before)
    return light if scheme == "light" else light | _colours(after)


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _colours(text: str) -> dict[str, str]:
    rule = ROOT_RULE.search(text)
    assert rule, "opendoor.css has no :root rule where one is expected"
    return dict(HEX.findall(rule[1]))


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
