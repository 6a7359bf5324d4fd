"""Loads the demonstration: directory, record, pages, events. All of it or nothing."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction
from wagtail.models import Locale, Site

from opendoor.demo.content import Content
from opendoor.demo.happenings import Happenings
from opendoor.demo.listings import load_directory
from opendoor.demo.publishing import PagePlan, Publisher
from opendoor.demo.reading import read_county
from opendoor.demo.record import load_figures
from opendoor.demo.sync import Changes
from opendoor.pages.models import SiteProfile
from opendoor.planting import plant

Told = Callable[[str], None]
PROFILE = {
    "place_name": "Juniper County",
    "publisher": "Juniper County Office of Behavioral Health (fictional)",
    "contact_email": "hello@juniper.example.org",
    "demonstration": True,
}


@transaction.atomic
def load(today: date, told: Told) -> Changes:
    """Raises DemoError when a data file is at fault; then nothing has changed.

    Run on another day it moves the events, so that there is always a month of them ahead.
    """
    county = read_county()
    plant()
    total = _profile()
    total += _told(told, "directory", load_directory(county, today))
    figures, datasets = load_figures()
    total += _told(told, "record", figures)
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    publisher = Publisher()
    for name, plans in (
        ("pages", Content(datasets, locales, today).plans()),
        ("events", Happenings(county, locales, today).plans()),
    ):
        total += _told(told, name, _publish(publisher, plans))
    return total


def _publish(publisher: Publisher, plans: Iterator[PagePlan]) -> Changes:
    return sum((publisher.put(plan) for plan in plans), Changes())


def _told(told: Told, name: str, changes: Changes) -> Changes:
    told(f"{name:<10} {changes}")
    return changes


def _profile() -> Changes:
    """Says who publishes, and that it is a demonstration."""
    profile = SiteProfile.for_site(Site.objects.get(is_default_site=True))
    if all(getattr(profile, name) == value for name, value in PROFILE.items()):
        return Changes(same=1)
    for name, value in PROFILE.items():
        setattr(profile, name, value)
    profile.save()
    return Changes(changed=1)
