"""Where a row is: address, ZIP, coordinate and time zone."""

from math import isfinite

from django.db.models import CharField
from django.utils.crypto import salted_hmac

from directory.imports.addresses import split_address
from directory.imports.listing import Place
from directory.imports.messages import said as _
from directory.imports.postcodes import clean_postcode, states, time_zone_of
from directory.imports.reading import LONGEST_KEPT, Reading
from directory.imports.text import clean_text
from directory.imports.zones import known_zones
from directory.models import Address

LENGTHS = {
    field.name: field.max_length or 0
    for field in Address._meta.concrete_fields
    if isinstance(field, CharField)
}
SHARED = ("address_1", "address_2", "city", "state_province", "postal_code", "country")


def read_place(reading: Reading, organization: str) -> Place | None:
    """The row's place; None when it names none, as a phone line does."""
    as_given: dict[str, str] = {}
    address = _address(reading, as_given)
    latitude, longitude = _point(reading, as_given)
    zone = _time_zone(reading, as_given) or time_zone_of(address.get("postal_code", ""))
    named = any(address.get(name) for name in ("address_1", "city", "postal_code"))
    if not named and latitude is None and not as_given:
        return None
    key = _key(organization, address, latitude, longitude)
    return Place(key, address, latitude, longitude, zone, as_given)


def _key(
    organization: str, address: dict[str, str], latitude: float | None, longitude: float | None
) -> str:
    """The same for rows of one organization that share an address. Keyed with the site's secret:
    a digest of an address alone could be guessed from a list of addresses.
    """
    parts = [address.get(name, "") for name in SHARED]
    if not address.get("address_1"):
        parts.append(f"{latitude} {longitude}")
    text = "|".join([organization, *parts]).casefold()
    return salted_hmac("directory.imports.place", text, algorithm="sha256").hexdigest()[:32]


def _address(reading: Reading, as_given: dict[str, str]) -> dict[str, str]:
    address = _whole(reading)
    for name, column in reading.mapping.address.items():
        text = clean_text(reading.cell(column))
        if text and name not in ("postal_code", "zip4", "state_province"):
            address[name] = _limited(reading, column, name, text)
    _state(reading, address, as_given)
    _postcode(reading, address, as_given)
    return address


def _whole(reading: Reading) -> dict[str, str]:
    """The parts of an address that stands whole in one cell; what cannot be told stays whole."""
    column = reading.mapping.whole_address
    text = clean_text(reading.cell(column), lines=True)
    if column is None or not text:
        return {}
    split = split_address(text)
    if split.whole:
        message = _("Street, city, state and ZIP cannot be told apart: the address stays whole.")
        reading.warn(column, "address", message, place=True)
    return {name: _limited(reading, column, name, part) for name, part in split.fields.items()}


def _limited(reading: Reading, column: str, name: str, text: str) -> str:
    limit = LENGTHS[name]
    if len(text) > limit:
        message = _("Too long: the end is cut off.")
        reading.warn(column, "place-too-long", message, place=True)
    return text[:limit]


def _state(reading: Reading, address: dict[str, str], as_given: dict[str, str]) -> None:
    column = reading.mapping.address.get("state_province")
    text = clean_text(reading.cell(column))
    if column is None:
        return
    if len(text) == 2 and address.get("country", "US") == "US":
        if text.upper() not in states():
            reading.keep(as_given, column, "state", _("There is no such state."), place=True)
            return
        text = text.upper()
    if text:
        address["state_province"] = text[:100]


def _postcode(reading: Reading, address: dict[str, str], as_given: dict[str, str]) -> None:
    column = reading.mapping.address.get("postal_code")
    cell = reading.cell(column)
    if column is None or not cell:
        return
    if address.get("country", "US") != "US":
        address["postal_code"] = clean_text(cell)[:20]
        return
    state = address.get("state_province", "")
    more = reading.cell(reading.mapping.address.get("zip4"))
    found = clean_postcode(cell, state if len(state) == 2 else "", more)
    if found is None:
        reading.keep(as_given, column, "zip", _("This is not a ZIP of that state."), place=True)
        return
    address["postal_code"] = found.zip
    if found.zip4:
        address["zip4"] = found.zip4


def _point(reading: Reading, as_given: dict[str, str]) -> tuple[float, float] | tuple[None, None]:
    """Both coordinates or none: half a point is nowhere. Zero and zero is a spreadsheet's empty."""
    if reading.mapping.latitude is None or reading.mapping.longitude is None:
        return None, None
    columns = (reading.mapping.latitude, reading.mapping.longitude)
    cells = [reading.cell(column) for column in columns]
    if not any(cells):
        return None, None
    latitude, longitude = _degrees(cells[0], 90), _degrees(cells[1], 180)
    if latitude is not None and longitude is not None and (latitude or longitude):
        return latitude, longitude
    wrong = columns[1] if latitude is not None and longitude is None else columns[0]
    for column in columns:
        if column == wrong:
            reading.keep(
                as_given, column, "coordinate", _("This is no place on Earth."), place=True
            )
        elif reading.cell(column):
            as_given[column] = reading.cell(column)[:LONGEST_KEPT]
    return None, None


def _degrees(cell: str, most: int) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) <= most else None


def _time_zone(reading: Reading, as_given: dict[str, str]) -> str:
    column = reading.mapping.time_zone
    text = clean_text(reading.cell(column))
    if column is None or not text or text in known_zones():
        return text
    reading.keep(as_given, column, "time-zone", _("There is no such time zone."), place=True)
    return ""
