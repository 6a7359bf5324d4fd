"""How facts of a listing are put into words: open or not, distance, ages, languages, phones.

People in the United States think in miles, so pages speak of miles; the API speaks of kilometres.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

import phonenumbers
from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from directory.hours import Opening

KM_A_MILE = 1.609344
LANGUAGES = {
    "am": gettext_lazy("Amharic"),
    "ar": gettext_lazy("Arabic"),
    "ase": gettext_lazy("American Sign Language"),
    "bn": gettext_lazy("Bengali"),
    "de": gettext_lazy("German"),
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "fa": gettext_lazy("Farsi"),
    "fr": gettext_lazy("French"),
    "hi": gettext_lazy("Hindi"),
    "hmn": gettext_lazy("Hmong"),
    "ht": gettext_lazy("Haitian Creole"),
    "it": gettext_lazy("Italian"),
    "ja": gettext_lazy("Japanese"),
    "km": gettext_lazy("Khmer"),
    "ko": gettext_lazy("Korean"),
    "my": gettext_lazy("Burmese"),
    "ne": gettext_lazy("Nepali"),
    "nv": gettext_lazy("Navajo"),
    "pl": gettext_lazy("Polish"),
    "ps": gettext_lazy("Pashto"),
    "pt": gettext_lazy("Portuguese"),
    "ru": gettext_lazy("Russian"),
    "so": gettext_lazy("Somali"),
    "sw": gettext_lazy("Swahili"),
    "ti": gettext_lazy("Tigrinya"),
    "tl": gettext_lazy("Tagalog"),
    "uk": gettext_lazy("Ukrainian"),
    "ur": gettext_lazy("Urdu"),
    "vi": gettext_lazy("Vietnamese"),
    "zh": gettext_lazy("Chinese"),
}


@dataclass(frozen=True)
class Status:
    """Open or not, in words; `kind` is one of open, closed, unknown (for colour and icon)."""

    kind: str
    label: str
    until: str = ""


def status(opening: Opening, now: datetime, zone: tzinfo | None = None) -> Status:
    """What a visitor wants to know of the hours at `now`, told in the place's own time."""
    local = timezone.localtime(now, zone)
    if opening.state == "always":
        return Status("open", _("Open day and night"))
    if opening.state == "by-appointment":
        return Status("unknown", _("By appointment"), _("call to make one"))
    if opening.state == "open":
        return Status("open", _("Open now"), _until(opening.closes_at, local))
    if opening.state == "closed":
        return Status("closed", _("Closed"), _opens(opening.opens_at, local))
    return Status("unknown", _("Hours not known"), _("call first"))


def clock_span(opens: datetime, closes: datetime) -> str:
    """ "9 a.m. to 5 p.m."; all day when it is open for a day."""
    if closes - opens >= timedelta(days=1):
        return _("day and night")
    first, last = (time_format(t.time(), "TIME_FORMAT") for t in (opens, closes))
    if closes.date() > opens.date() and closes.time() != time(0):
        return _("%(opens)s to %(closes)s the next day") % {"opens": first, "closes": last}
    return _("%(opens)s to %(closes)s") % {"opens": first, "closes": last}


def _until(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    then = timezone.localtime(moment, now.tzinfo)
    at = time_format(then.time(), "TIME_FORMAT")
    if then - now < timedelta(hours=18):
        return _("until %(time)s") % {"time": at}
    return _("until %(day)s, %(time)s") % {"day": _day(then.date(), now.date()), "time": at}


def _opens(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    then = timezone.localtime(moment, now.tzinfo)
    at = time_format(then.time(), "TIME_FORMAT")
    if then.date() == now.date():
        return _("opens at %(time)s") % {"time": at}
    return _("opens %(day)s, %(time)s") % {"day": _day(then.date(), now.date()), "time": at}


def _day(day: date, today: date) -> str:
    """Tomorrow, Mon, or December 3."""
    if day - today == timedelta(days=1):
        return _("tomorrow")
    if day - today < timedelta(days=7):
        return date_format(day, "D")
    return date_format(day, "MONTH_DAY_FORMAT")


def miles(km: float | None) -> str:
    """ "1.2 miles"; under a tenth of a mile "very near"; empty when there is no distance."""
    if km is None:
        return ""
    distance = km / KM_A_MILE
    if distance < 0.1:
        return _("very near")
    places = 1 if distance < 9.95 else 0
    figure = number_format(round(distance, places), places)  # which cuts, not rounds
    return _("%(distance)s miles") % {"distance": figure}


def radius(km: float) -> str:
    """A radius as the form and the page name it: whole miles, but for the smallest."""
    exact = km / KM_A_MILE
    distance = round(exact) if exact >= 2 else round(exact, 1)
    figure = number_format(distance, 0 if distance == round(distance) else 1)
    return ngettext("%(distance)s mile", "%(distance)s miles", 1 if distance == 1 else 2) % {
        "distance": figure
    }


def ages(least: int | None, most: int | None) -> str:
    """Who it is for by age; empty when the listing does not say."""
    if least and most is not None:
        return _("Ages %(least)s to %(most)s") % {"least": least, "most": most}
    if least:
        return _("Ages %(least)s and over") % {"least": least}
    if most is not None:
        return _("Up to age %(most)s") % {"most": most}
    return ""


def language(code: str) -> str:
    """A language's name in the reader's language; the code itself when nobody knows it."""
    known = LANGUAGES.get(code.split("-")[0].lower())
    return str(known) if known else _name_by_django(code)


def _name_by_django(code: str) -> str:
    try:
        return _(get_language_info(code)["name"])
    except KeyError:
        return code


def phone_text(number: str, extension: str = "") -> str:
    """A number as people here write it. An extension may stand in the number itself ("… x12")."""
    read = _phone(number)
    text, inner = number, ""
    if read is not None:
        text, inner = _written(read), read.extension or ""
    extension = extension or inner
    if not extension:
        return text
    return _("%(number)s, extension %(extension)s") % {"number": text, "extension": extension}


def _written(read: phonenumbers.PhoneNumber) -> str:
    digits = str(read.national_number)
    if read.country_code == 1 and len(digits) == 10:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    plain = phonenumbers.PhoneNumber(read.country_code, read.national_number)
    return phonenumbers.format_number(plain, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def phone_link(number: str, extension: str = "", scheme: str = "tel") -> str:
    """What a telephone takes; short codes (988) as they are; empty for what is not a number."""
    read = _phone(number)
    if read is not None:
        dialled = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
        extension = extension or read.extension or ""
    else:
        dialled = _digits(number)
    if not dialled:
        return ""
    inner = _digits(extension) if scheme == "tel" else ""
    return f"{scheme}:{dialled}" + (f";ext={inner}" if inner else "")


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal() and c.isascii())


def _phone(number: str) -> phonenumbers.PhoneNumber | None:
    """The number read as one of this country; None for a short code or what is no number."""
    try:
        read = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        return None
    return read if phonenumbers.is_possible_number(read) else None
