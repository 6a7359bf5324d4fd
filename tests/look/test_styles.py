"""The stylesheets stay small, keep to the tokens, and call on nobody."""

import gzip
import re

from tests.look.tokens import HEX, stylesheets

BUDGET = 12 * 1024
URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")


def test_all_styles_together_fit_the_budget() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in stylesheets()}
    assert sizes["opendoor.css"] > 1024
    assert sum(sizes.values()) <= BUDGET, sizes


def test_styles_load_nothing_from_elsewhere_and_nothing_inline() -> None:
    for path in stylesheets():
        text = path.read_text()
        assert "@import" not in text
        for address in URL.findall(text):
            assert not re.match(r"(?:[a-z]+:)?//|data:", address), f"{path.name}: {address}"
            assert (path.parent / address).resolve().is_file(), f"{path.name}: {address}"


def test_area_styles_take_their_colours_from_the_tokens() -> None:
    for path in stylesheets():
        if path.name != "opendoor.css":
            text = path.read_text()
            assert not HEX.search(text), f"{path.name} declares a colour of its own"
            assert not re.search(r":[^;{]*(#[0-9a-f]{3,8}\b|rgba?\()", text, re.I), path.name


def test_every_token_used_is_declared() -> None:
    sheets = {path.name: path.read_text() for path in stylesheets()}
    declared = {name for text in sheets.values() for name in re.findall(r"--([\w-]+):", text)}
    for name, text in sheets.items():
        used = set(re.findall(r"var\(--([\w-]+)\)", text))
        assert used <= declared, f"{name} uses unknown tokens: {used - declared}"
