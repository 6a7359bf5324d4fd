"""A listing in schema.org's terms. Holds nothing that the page does not show."""

from typing import Any

from directory.listing import Listing, PhoneLine, Place

Node = dict[str, Any]


def structured_data(listing: Listing, address: str) -> Node:
    """JSON-LD of the service at `address`."""
    service = listing.service
    node: Node = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": address,
        "url": address,
        "name": listing.name,
        "description": listing.summary,
        "provider": {"@type": "Organization", "name": service.organization.name},
        "serviceType": list(listing.terms.get("need", ())),
        "availableChannel": [_channel(listing, place) for place in listing.places]
        or [_channel(listing, None)],
    }
    if listing.website:
        node["provider"]["url"] = listing.website
    return node


def _channel(listing: Listing, place: Place | None) -> Node:
    phones = (*(place.phones if place else ()), *listing.phones)
    channel: Node = {"@type": "ServiceChannel", "availableLanguage": _languages(listing)}
    voice = _dialled(phones, "voice")
    if voice:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": voice}
    text = _dialled(phones, "text")
    if text:
        channel["serviceSmsNumber"] = {"@type": "ContactPoint", "telephone": text}
    if place and place.address:
        channel["serviceLocation"] = {
            "@type": "Place",
            "name": place.name,
            "address": ", ".join(place.address),
        }
    return channel


def _dialled(phones: tuple[PhoneLine, ...], kind: str) -> str:
    """The first number of a kind, without its scheme and extension."""
    links = (phone.dialled for phone in phones if phone.kind == kind and phone.dialled)
    return next(links, "").partition(":")[2].partition(";")[0]


def _languages(listing: Listing) -> list[str]:
    codes = (row.code for row in listing.service.languages.all())
    return list(dict.fromkeys(["en", *(code for code in codes if code)]))
