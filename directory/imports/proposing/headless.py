"""Whether what stands in the place of the headings is a row of data."""

from collections.abc import Mapping, Sequence

from directory.imports.proposing.headings import read_heading
from directory.imports.proposing.profile import Profile
from directory.imports.proposing.shapes import shapes

TELLING = frozenset(
    {
        "phone",
        "email",
        "link",
        "zip",
        "home latitude",
        "home longitude",
        "date",
        "whole address",
        "street",
        "integer",
        "state",
    }
)
SPEAKS = 0.8


def is_data(headings: Sequence[str], profiles: Mapping[str, Profile]) -> bool:
    """More headings look like the values below them than say what stands below them."""
    alike = spoken = 0
    for heading in headings:
        told = shapes(heading) & TELLING
        if told and profiles[heading].share(*told) >= 0.5:
            alike += 1
        elif max(read_heading(heading).values(), default=0.0) >= SPEAKS:
            spoken += 1
    return alike > spoken
