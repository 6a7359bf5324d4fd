"""Settings that cannot work are refused at start, with an id and what to do."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from opendoor.crisis import local_line

SEARCH_ENGINES = {"sqlite"}
GEOCODERS = {"embedded"}
BASEMAPS = {"embedded"}


def _choice(name: str, known: set[str], code: str) -> list[CheckMessage]:
    value = getattr(settings, name)
    if value in known:
        return []
    names = ", ".join(sorted(known))
    return [Error(f"{name} is {value!r}.", hint=f"Use one of: {names}.", id=code)]


@register
def check_choices(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001–E003: settings that name a part must name one that exists."""
    return [
        *_choice("OPENDOOR_SEARCH", SEARCH_ENGINES, "opendoor.E001"),
        *_choice("OPENDOOR_GEOCODER", GEOCODERS, "opendoor.E002"),
        *_choice("OPENDOOR_BASEMAP", BASEMAPS, "opendoor.E003"),
    ]


@register
def check_time_zone(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E004: opening hours need an IANA zone."""
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        hint = "Set OPENDOOR_TIME_ZONE to an IANA name such as America/Denver."
        return [Error(f"Unknown time zone {settings.TIME_ZONE!r}.", hint=hint, id="opendoor.E004")]
    return []


@register
def check_area(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E005: the site's own area is a point on Earth and a radius."""
    from directory.area import AreaError, read_area

    try:
        read_area(settings.OPENDOOR_AREA)
    except AreaError as error:
        hint = 'Set OPENDOOR_AREA to "latitude,longitude,kilometres", such as "39.74,-104.98,80".'
        return [Error(f"OPENDOOR_AREA: {error}", hint=hint, id="opendoor.E005")]
    return []


@register
def check_crisis_line(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E006, W001: the local crisis line has a number that a phone can dial."""
    if not settings.OPENDOOR_CRISIS_LINE:
        hint = 'Set OPENDOOR_CRISIS_LINE to "Name|number". Until then pages show 988 and 911 alone.'
        return [Warning("No local crisis line is set.", hint=hint, id="opendoor.W001")]
    line = local_line()
    if line is None or not line.name or len(line.tel) < len("tel:") + 3:
        hint = 'Write it as "Name|number", such as "County Crisis Line|303-555-0100".'
        return [Error("OPENDOOR_CRISIS_LINE cannot be read.", hint=hint, id="opendoor.E006")]
    return []


@register
def check_lifetimes(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E007: how long checks of listings hold."""
    from directory.lasting import LifetimesError, read_lifetimes

    try:
        read_lifetimes(settings.OPENDOOR_LIFETIMES)
    except LifetimesError as error:
        hint = (
            'Set OPENDOOR_LIFETIMES to days by field, such as "phone=90,hours=60", or not at all.'
        )
        return [Error(f"OPENDOOR_LIFETIMES: {error}", hint=hint, id="opendoor.E007")]
    return []


@register
def check_sender(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E008, W002: providers who answer a mail of ours reach somebody."""
    hint = (
        "Set OPENDOOR_FROM_EMAIL to a mailbox that the directory's stewards read, such as "
        '"Open Door <directory@county.example>".'
    )
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        validate_email(address)
    except ValidationError:
        return [Error("OPENDOOR_FROM_EMAIL cannot be read.", hint=hint, id="opendoor.E008")]
    if not address.endswith("@localhost"):
        return []
    text = f"E-mail to providers would come from {address}, where no answer arrives."
    if settings.OPENDOOR_MAIL_SET_UP:
        return [Error(text, hint=hint, id="opendoor.E008")]
    if settings.SESSION_COOKIE_SECURE:  # a site for the public
        return [Warning(text, hint=hint, id="opendoor.W002")]
    return []
