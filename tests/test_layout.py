"""What keeps the layout working (docs/decisions/0001-layout.md)."""

import re
import subprocess

from tests.conftest import ROOT

REGISTRY = re.compile(
    r'"resolved": *"https?:|^ *-?-?(extra-)?index-url|pypi\.org|pythonhosted', re.M
)


def test_site_is_a_source_root_and_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    assert (ROOT / "site" / "opendoor" / "__init__.py").exists()


def test_git_does_not_ignore_site() -> None:
    done = subprocess.run(["git", "check-ignore", "-q", "site"], cwd=ROOT)
    assert done.returncode == 1


def test_requirements_are_pinned_with_hashes_and_name_no_registry() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        pins = re.findall(r"^[a-z0-9][^ ]*==[^ ]+", text, re.M)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)
        assert not REGISTRY.search(text)
