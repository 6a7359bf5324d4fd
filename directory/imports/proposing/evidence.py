"""What the values of a column say for and against each target.

`support` is how sure the values alone make us; `fits` takes away from what the heading says when
the values contradict it. A target that shares its shape with others (a fax number is a phone
number) gets support only where the heading already speaks of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.imports.proposing.profile import Profile

MANY, NEARLY_ALL = 6, 0.9  # different values, and how many of them, that leave no doubt of terms
CERTAIN = 0.95
FEW = 0.3  # share of values from which a shape counts at all


@dataclass(frozen=True)
class Evidence:
    support: float = 0.0
    fits: float = 1.0
    share: float = 0.0
    what: Promise | None = None


@dataclass(frozen=True)
class Rule:
    """`shapes`: any of them; `support` at a full share; `without`: what is left of a heading when
    no value looks so; `alone`: the values may speak without the heading."""

    shapes: tuple[str, ...]
    what: Promise
    support: float
    without: float = 0.25
    alone: bool = True


PHONES = _("phone numbers")
AGES = _("ages in years")
YES_OR_NO = _("yes or no")
RULES: dict[str, Rule] = {
    "url": Rule(("link",), _("web addresses"), 0.93),
    "email": Rule(("email",), _("e-mail addresses"), 0.97),
    "phone": Rule(("phone",), PHONES, 0.85, 0.15),
    "intake": Rule(("phone",), PHONES, 0.6, 0.15, alone=False),
    "hotline": Rule(("phone",), PHONES, 0.6, 0.15, alone=False),
    "fax": Rule(("phone",), PHONES, 0.6, 0.15, alone=False),
    "text_line": Rule(("phone",), PHONES, 0.6, 0.15, alone=False),
    "tty": Rule(("phone",), PHONES, 0.6, 0.15, alone=False),
    "extension": Rule(("short number",), _("short numbers"), 0.4, alone=False),
    "address_1": Rule(("street", "suite"), _("streets with a number"), 0.85, 0.4),
    "address_2": Rule(("suite",), _("suites and floors"), 0.85, 0.6),
    "whole_address": Rule(("whole address",), _("addresses with city and state"), 0.93, 0.2),
    "city": Rule(("city",), _("known cities"), 0.7, 0.5),
    "county": Rule(("county",), _("known counties"), 0.6, 0.5),
    "state": Rule(("state",), _("states"), 0.9, 0.15),
    "postal_code": Rule(("zip", "short zip"), _("ZIP codes"), 0.75, 0.2),
    "zip4": Rule(("short number",), _("numbers of up to four digits"), 0.3, 0.2, alone=False),
    "country": Rule(("country",), _("countries"), 0.8),
    "latitude": Rule(("latitude",), _("degrees of latitude"), 0.85, 0.1),
    "longitude": Rule(("longitude",), _("degrees of longitude"), 0.85, 0.1),
    "time_zone": Rule(("time zone",), _("time zones"), 0.97, 0.5),
    "languages": Rule(("language",), _("languages"), 0.85, 0.3),
    "hours": Rule(("hours",), _("opening hours"), 0.9, 0.7),
    "fees": Rule(("money",), _("prices"), 0.6, 0.7),
    "ages": Rule(("ages",), _("ranges of ages"), 0.85, 0.4),
    "minimum_age": Rule(("age",), AGES, 0.4, 0.2, alone=False),
    "maximum_age": Rule(("age",), AGES, 0.4, 0.2, alone=False),
    "status": Rule(("status",), _("words for a status"), 0.8, 0.3),
    "telehealth": Rule(("yes or no",), YES_OR_NO, 0.4, 0.2, alone=False),
    "accepts_drop_off": Rule(("yes or no",), YES_OR_NO, 0.4, 0.2, alone=False),
    "checked_on": Rule(("date",), _("dates"), 0.5, 0.2, alone=False),
    "needs": Rule(("need",), _("needs that the directory knows"), 0.8, 0.8),
    "populations": Rule(("population",), _("groups that the directory knows"), 0.8, 0.8),
    "costs": Rule(("cost",), _("ways to pay that the directory knows"), 0.8, 0.7),
    "insurances": Rule(("insurance",), _("insurances that the directory knows"), 0.8, 0.8),
    "accessibility": Rule(
        ("accessibility",), _("accessibility that the directory knows"), 0.8, 0.8
    ),
}
HARD = ("phone", "email", "link", "latitude", "longitude", "zip", "date", "time zone")
CODES = ("needs", "populations", "costs", "insurances", "accessibility")


def evidence(target: str, column: Profile) -> Evidence:
    """What the values say of this target; nothing when there are none."""
    if not column.values:
        return Evidence()
    if target in SPECIAL:
        return SPECIAL[target](column)
    rule = RULES.get(target)
    if rule is None:
        return _text(column)
    share = column.share(*rule.shapes)
    fits = rule.without + (1 - rule.without) * min(1.0, share / 0.5)
    support = rule.support * share if share >= FEW else 0.0
    if target in CODES:
        support = CERTAIN if all_terms(column, target) else support * _varied(column)
    return Evidence(support, fits, share, rule.what)


def all_terms(column: Profile, *targets: str) -> bool:
    """Nearly all of many values are terms of one taxonomy: no heading says otherwise."""
    share = max(column.share(*RULES[target].shapes) for target in targets or CODES)
    return column.different >= MANY and share >= NEARLY_ALL


def _varied(column: Profile) -> float:
    """A word that stands in every row may mean anything."""
    return min(1.0, column.different / 3)


def speaks_alone(target: str) -> bool:
    return target not in RULES or RULES[target].alone


def _text(column: Profile) -> Evidence:
    """Words: not numbers, links or dates."""
    if all_terms(column):
        return Evidence(fits=1 - CERTAIN)
    return Evidence(fits=1 - 0.8 * column.share(*HARD))


def _fees(column: Profile) -> Evidence:
    share = column.share("money")
    fits = 1 - 0.8 * column.share("phone", "email", "link", "date", "time zone")
    return Evidence(0.6 * share if share >= FEW else 0.0, fits, share, _("prices"))


def _description(column: Profile) -> Evidence:
    share = column.share("sentence") * (1 - column.share("hours", "whole address", "money"))
    fits = _text(column).fits
    return Evidence(0.75 * share, fits, share, _("sentences"))


def _is_name(column: Profile) -> float:
    """How far the values read like names: some words, few of which tell anything else."""
    if not column.values or column.words > 9:
        return 0.0
    shapes = ("street", "suite", "whole address", "hours", "language", "state", "status", "id")
    more = ("integer", "yes or no", "sentence", "ages", "money", "signs")
    other = column.share(*HARD, *shapes, *more)
    places = max(0.0, column.share("city", "county") - 0.3)
    terms = column.share("need", "population", "cost", "insurance", "accessibility")
    return max(0.0, 1 - other - places - terms)


def _organization(column: Profile) -> Evidence:
    """Always filled, and telling what organizations are called."""
    name, share = _is_name(column), column.share("organization")
    support = name * (0.2 + 0.6 * share) * column.filled * _varied(column)
    return Evidence(support, 0.3 + 0.7 * name, share, _("names of organizations"))


def _program(column: Profile) -> Evidence:
    name, share = _is_name(column), column.share("program")
    return Evidence(
        name * (0.3 + 0.5 * share) * _varied(column),
        0.3 + 0.7 * name,
        share,
        _("names of programmes"),
    )


def _service(column: Profile) -> Evidence:
    found = _program(column)
    return Evidence(0.0, found.fits, found.share, found.what)


def _source_id(column: Profile) -> Evidence:
    """Each once, each filled, one word: an id."""
    share = column.share("id", "integer")
    told = column.distinct**4 * share * column.filled
    alike = column.share("phone", "date", "home longitude", "link", "email")
    support = 0.62 * told * _varied(column) * (1 - alike)
    return Evidence(support, 0.2 + 0.8 * told, share, _("numbers or ids, no two alike"))


def _county(column: Profile) -> Evidence:
    """Cities bear the names of counties too: alone they are too little, unless "County" is said."""
    share, named = column.share("county"), column.share("named county")
    return Evidence(0.45 * share + 0.4 * named, 0.5 + 0.5 * share, share, RULES["county"].what)


def _latitude(column: Profile) -> Evidence:
    return _degrees(column, "latitude", "home latitude")


def _longitude(column: Profile) -> Evidence:
    return _degrees(column, "longitude", "home longitude")


def _degrees(column: Profile, shape: str, home: str) -> Evidence:
    """In the range, and better still in this country's."""
    share, here = column.share(shape), column.share(home)
    return Evidence(
        0.85 * here, 0.1 + 0.6 * share + 0.3 * here, max(share, here), RULES[shape].what
    )


SPECIAL: Mapping[str, Callable[[Profile], Evidence]] = {
    "organization": _organization,
    "program": _program,
    "service": _service,
    "source_id": _source_id,
    "description": _description,
    "fees": _fees,
    "county": _county,
    "latitude": _latitude,
    "longitude": _longitude,
}
