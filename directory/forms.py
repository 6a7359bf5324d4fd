"""The search form: the one place that knows the names and limits of a search's parameters."""

from collections.abc import Iterable
from datetime import datetime
from math import isfinite
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from directory.search.engines import public_engine
from directory.search.interface import FILTERS, Box, Point, SearchError, Sort
from directory.search.interpret import Asked

SORTS = [("best", _("best match")), ("distance", _("nearest")), ("name", _("name"))]
MAX_TEXT = 200
MOST_UNKNOWN = 10  # names told about: an answer stays short, whatever was asked
MAX_PAGE = 1000
MAX_PER_PAGE = 100
DEFAULT_PER_PAGE = 20
DEFAULT_RADIUS_KM = 25.0
WORDS_FOR_YES = {"1", "true", "on", "yes"}
WORDS_FOR_NO = {"", "0", "false", "off", "no"}


def known_codes() -> dict[str, frozenset[str]] | None:
    """The codes of every filter; None when there is no index that could say."""
    try:
        terms = public_engine().terms()
    except SearchError:
        return None
    return {name: frozenset(t.code for t in terms if t.filter == name) for name in FILTERS}


class CodesField(forms.Field):
    """A parameter that may be given several times: codes of one filter."""

    widget = forms.SelectMultiple

    def __init__(self, name: str) -> None:
        super().__init__(required=False)
        self.name = name

    def clean(self, value: Any) -> tuple[str, ...]:
        given = tuple(dict.fromkeys(code.strip() for code in value or () if code.strip()))
        known = known_codes() if given else None
        for code in given:
            if len(code) > 50 or (known is not None and code not in known[self.name]):
                raise ValidationError(
                    _("This takes codes of the list “%(name)s”."), params={"name": self.name}
                )
        return given


class FlagField(forms.Field):
    """A yes or no that says what it takes when it gets something else."""

    widget = forms.TextInput

    def clean(self, value: Any) -> bool:
        word = str(value or "").strip().lower()
        if word not in WORDS_FOR_YES | WORDS_FOR_NO:
            raise ValidationError(_("This takes 1 or 0."))
        return word in WORDS_FOR_YES


class MomentField(forms.Field):
    """`now` or an ISO time; a time without a zone is the site's own."""

    widget = forms.TextInput

    def clean(self, value: Any) -> datetime | None:
        word = str(value or "").strip()
        if not word:
            return None
        if word.lower() == "now":
            return timezone.now()
        try:
            moment = parse_datetime(
                word.replace(" ", "+") if word.count(" ") == 1 and "T" in word else word
            )
            if moment is None:
                raise ValueError
            return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        except (ValueError, OverflowError):
            message = _("This takes “now” or a time such as 2026-11-24T18:30.")
            raise ValidationError(message) from None


class BoxField(forms.Field):
    """west,south,east,north in degrees; a box over the date line has its west above its east."""

    widget = forms.TextInput

    def clean(self, value: Any) -> Box | None:
        word = str(value or "").strip()
        if not word:
            return None
        try:
            west, south, east, north = (float(part) for part in word.split(","))
        except ValueError:
            west = south = east = north = float("nan")
        if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):
            raise ValidationError(_("This takes west,south,east,north in degrees."))
        return Box(west, south, east, north)


class NumberField(forms.FloatField):
    """A number between two ends, both allowed."""

    widget = forms.TextInput

    def __init__(self, low: float, high: float) -> None:
        super().__init__(required=False, min_value=low, max_value=high)
        message = _("This takes a number from %(low)s to %(high)s.")
        self.failure = ValidationError(message, params={"low": f"{low:g}", "high": f"{high:g}"})
        self.low, self.high = low, high

    def clean(self, value: Any) -> float | None:
        try:
            number = super().clean(value)
        except ValidationError:
            raise self.failure from None
        if number is not None and not isfinite(number):
            raise self.failure
        return cast("float | None", number)


class WholeNumberField(NumberField):
    """A whole number between two ends."""

    def clean(self, value: Any) -> int | None:
        number = super().clean(value)
        if number is not None and number != int(number):
            raise self.failure
        return None if number is None else int(number)


class SearchForm(forms.Form):
    """A search, from a query string, a posted form or JSON. Every parameter may be empty or absent.

    `strict` makes a parameter that is not one of these an error; pages ignore it.
    """

    q = forms.CharField(required=False, max_length=MAX_TEXT, label=_("What do you need?"))
    place = forms.CharField(required=False, max_length=MAX_TEXT, label=_("Where?"))
    lat = NumberField(-90, 90)
    lon = NumberField(-180, 180)
    radius_km = NumberField(0.1, 500)
    need = CodesField("need")
    population = CodesField("population")
    language = CodesField("language")
    cost = CodesField("cost")
    insurance = CodesField("insurance")
    accessibility = CodesField("accessibility")
    open = MomentField(required=False)
    telehealth = FlagField(required=False)
    accepts_drop_off = FlagField(required=False)
    bbox = BoxField(required=False)
    sort = forms.ChoiceField(required=False, choices=SORTS)
    page = WholeNumberField(1, MAX_PAGE)
    per_page = WholeNumberField(1, MAX_PER_PAGE)

    def __init__(self, data: QueryDict | None = None, *, strict: bool = False) -> None:
        super().__init__(QueryDict() if data is None else data)
        self.strict = strict
        names = ", ".join(value for value, _label in SORTS)
        self.fields["sort"].error_messages["invalid_choice"] = _(
            "This takes one of: %(names)s."
        ) % {"names": names}

    def clean(self) -> dict[str, Any]:
        if self.strict:
            self._refuse_unknown(self.data)
        lat, lon = self.cleaned_data.get("lat"), self.cleaned_data.get("lon")
        if (lat is None) != (lon is None) and not {"lat", "lon"} & set(self.errors):
            missing = "lat" if lat is None else "lon"
            self.add_error(missing, _("Give lat and lon together."))
        return self.cleaned_data

    def _refuse_unknown(self, names: Iterable[str]) -> None:
        """As `add_error` cannot: it knows fields alone."""
        errors, taken = self.errors, ", ".join(self.fields)
        for name in sorted(set(names) - set(self.fields))[:MOST_UNKNOWN]:
            message = _("There is no such parameter. This takes: %(names)s.") % {"names": taken}
            errors[name[:50]] = self.error_class([message])

    def asked(self) -> Asked:
        """The search of a valid form."""
        given = self.cleaned_data
        point = None if given["lat"] is None else Point(given["lat"], given["lon"])
        return Asked(
            text=given["q"],
            place=given["place"],
            point=point,
            radius_km=given["radius_km"] or DEFAULT_RADIUS_KM,
            filters={name: given[name] for name in FILTERS if given[name]},
            open_at=given["open"],
            telehealth=given["telehealth"],
            accepts_drop_off=given["accepts_drop_off"],
            bbox=given["bbox"],
            sort=cast("Sort", given["sort"] or "best"),
            page=given["page"] or 1,
            per_page=given["per_page"] or DEFAULT_PER_PAGE,
        )
