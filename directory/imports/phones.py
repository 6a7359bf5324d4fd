"""Phone numbers as people here read them: (303) 555-0100."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat
from phonenumbers.shortnumberinfo import is_valid_short_number_for_region

REGION = "US"
EXTENSION = re.compile(r"(?i)[\s,;]*(?:ext(?:ension)?|x|#)\.?\s*:?\s*(\d{1,11})\s*$")


@dataclass(frozen=True)
class Number:
    number: str
    extension: str = ""


@lru_cache(maxsize=4096)
def clean_phone(value: str) -> Number | None:
    """The number that `value` means; None when it is not one ("call us")."""
    text = " ".join(value.split())
    match = EXTENSION.search(text)
    extension = match[1] if match else ""
    parsed = _parse(text[: match.start()] if match else text)
    if parsed is None:
        return None
    return Number(_format(parsed), extension or parsed.extension or "")


def _parse(text: str) -> PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(text, REGION)
    except NumberParseException:
        return None
    short = re.fullmatch(r"\d{3,6}", text) and is_valid_short_number_for_region(parsed, REGION)
    return parsed if short or phonenumbers.is_valid_number(parsed) else None


def _format(parsed: PhoneNumber) -> str:
    plain = PhoneNumber(
        country_code=parsed.country_code,
        national_number=parsed.national_number,
        italian_leading_zero=parsed.italian_leading_zero,
    )
    home = parsed.country_code == phonenumbers.country_code_for_region(REGION)
    return phonenumbers.format_number(
        plain, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    )
