"""No template breaks the content policy: no inline script, style or handler, no third party."""

import re

from tests.conftest import ROOT

TEMPLATES = sorted(
    path
    for folder in ("templates", "directory", "transparency", "site")
    for path in (ROOT / folder).rglob("*.html")
)
FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", re.I
    ),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "a third party": re.compile(
        r"<(?:script|img|iframe|link)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//", re.I
    ),
}


def test_templates_keep_to_the_policy() -> None:
    assert len(TEMPLATES) > 15
    for path in TEMPLATES:
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
        for name, pattern in FORBIDDEN.items():
            found = pattern.search(text)
            assert not found, f"{path.relative_to(ROOT)} has {name}: {found and found[0]}"


def test_the_patterns_find_what_they_forbid() -> None:
    wrong = {
        "an inline style": '<p style="color: red">',
        "an inline script": "<script>alert(1)</script>",
        "an inline handler": '<a href="#" onclick="go()">',
        "a script address": '<a href="javascript:go()">',
        "a third party": '<img src="https://example.org/a.png">',
    }
    for name, html in wrong.items():
        assert FORBIDDEN[name].search(html)
