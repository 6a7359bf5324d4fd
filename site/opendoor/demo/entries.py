"""The demonstration's directory as its data files say it, checked and typed."""

from dataclasses import dataclass, field

from opendoor.demo.opening import Opening

TEXTS = {  # key in the data files → field of Service and of its translation
    "name": "name",
    "text": "description",
    "call": "what_happens",
    "start": "application_process",
    "fees": "fees_description",
    "who": "eligibility_description",
}
TERMS = {  # key in the data files → taxonomy
    "need": "need",
    "for": "population",
    "cost": "cost",
    "pays": "insurance",
    "access": "accessibility",
}


@dataclass(frozen=True)
class PlaceEntry:
    """A location of an organization; a confidential one has a name and nothing else."""

    key: str
    name: str
    street: str = ""
    town: str = ""
    zip: str = ""
    how: str = ""
    confidential: bool = False


@dataclass(frozen=True)
class OrganizationEntry:
    key: str
    name: str
    about: str
    site: str
    phone: str
    places: tuple[PlaceEntry, ...]


@dataclass(frozen=True)
class ServiceEntry:
    """`texts` holds language → field → text; `hours_at` the hours of a place where they differ."""

    id: str
    org: str
    texts: dict[str, dict[str, str]]
    terms: dict[str, tuple[str, ...]]
    opening: Opening
    places: tuple[str, ...] = ()
    hours_at: dict[str, Opening] = field(default_factory=dict)
    phone: str = ""
    sms: str = ""
    languages: tuple[str, ...] = ()
    ages: tuple[int | None, int | None] = (None, None)
    drop_off: bool | None = None
    telehealth: bool | None = None
    interpreters: bool = False


@dataclass(frozen=True)
class County:
    """All of it."""

    organizations: tuple[OrganizationEntry, ...]
    services: tuple[ServiceEntry, ...]
