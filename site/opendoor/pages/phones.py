"""Phone numbers as links."""

import phonenumbers

REGION = "US"


def phone_link(number: str) -> str:
    """A number as people write it, as a `tel:` link; short numbers (988) stay as they are."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        digits = "".join(c for c in number if c.isdigit())
        return f"tel:{digits}" if digits else ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.RFC3966)
