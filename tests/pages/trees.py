"""Pages to test with, put under the first pages that every site has."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from directory.models import Organization, Service
from opendoor.events.models import EventIndexPage, EventPage
from opendoor.pages.models import (
    ContentPage,
    GlossaryPage,
    HomeFigure,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProgrammeFigure,
    ProgrammeIndexPage,
    ProgrammePage,
    ProgrammePartner,
)
from opendoor.planting import plant
from transparency.descriptor import define
from transparency.models import Dataset
from transparency.release import publish

LANGUAGES = [code for code, _ in settings.LANGUAGES]
PREFIX = {"en": "", "es": "/es"}


def home(language: str = "en") -> HomePage:
    plant()
    return HomePage.objects.get(locale__language_code=language)


def index(kind: type[Any], language: str = "en") -> Any:
    """A first page of that kind."""
    home()
    return kind.objects.get(locale__language_code=language)


def add(parent: Any, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def add_event(title: str = "Open house", language: str = "en", **values: Any) -> EventPage:
    """Tomorrow for two hours unless told otherwise."""
    start = values.pop("start", timezone.now() + dt.timedelta(days=1))
    end = values.pop("end", start + dt.timedelta(hours=2))
    event = EventPage(title=title, start=start, end=end, **values)
    return add(index(EventIndexPage, language), event)


def add_news(title: str = "A new team", language: str = "en", **values: Any) -> NewsPage:
    values = {"lead": "It starts on Monday.", "author_role": "Communications office"} | values
    return add(index(NewsIndexPage, language), NewsPage(title=title, **values))


def add_content(title: str = "About us", language: str = "en", body: Any = ()) -> ContentPage:
    return add(home(language), ContentPage(title=title, body=body))


def fill_glossary(words: dict[str, str], language: str = "en") -> GlossaryPage:
    page = index(GlossaryPage, language)
    page.terms = [
        ("term", {"term": word, "definition": definition}) for word, definition in words.items()
    ]
    page.save_revision().publish()
    return page


def add_programme(title: str = "Night team", language: str = "en", **values: Any) -> ProgrammePage:
    given: dict[str, Any] = {
        "kind": ProgrammePage.Kind.CO_RESPONDER,
        "lead": "A clinician and an officer come together.",
        "who_responds": "<p>A clinician and an officer.</p>",
        "hours": "Every day, 10 a.m. to 2 a.m.",
        "phone": "303-555-0123",
        "through_911": True,
        "protocol": [("step", {"who": "Dispatcher", "title": "Asks three questions", "text": ""})],
    }
    page = ProgrammePage(title=title, **(given | values))
    return add(index(ProgrammeIndexPage, language), page)


def add_partner(programme: ProgrammePage, name: str, services: int = 2) -> Organization:
    organization = Organization.objects.create(name=name, website="https://partner.example")
    for number in range(services):
        Service.objects.create(organization=organization, name=f"{name} service {number}")
    programme.partners.add(ProgrammePartner(organization=organization, part="Sends clinicians."))
    programme.save_revision().publish()
    return organization


def add_dataset(name: str = "calls") -> Dataset:
    """A dataset with one public release that says "In 2024 the team answered 1,204 calls."."""
    dataset = define(
        {
            "name": name,
            "title": {"en": f"Calls of the team ({name})"},
            "description": {"en": "Calls that the team answered."},
            "coverage": {"en": "All calls."},
            "method": {"en": "Counted by the dispatch system."},
            "limits": {"en": "None known."},
            "place": "Eugene, Oregon",
            "publisher": "City of Eugene",
            "rhythm": "yearly",
            "sources": [{"title": "Annual report", "path": "https://example.org/report"}],
            "licenses": [{"title": "CC BY 4.0", "path": "https://example.org/license"}],
            "schema": {
                "fields": [
                    {
                        "name": "year",
                        "type": "year",
                        "role": "dimension",
                        "title": {"en": "Year"},
                        "definition": {"en": "Calendar year."},
                    },
                    {
                        "name": "answered",
                        "type": "integer",
                        "role": "count",
                        "unit": {"en": "calls"},
                        "title": {"en": "Answered"},
                        "definition": {"en": "Calls answered."},
                    },
                ],
                "primaryKey": ["year"],
            },
            "chart": {"kind": "bar", "x": "year", "y": ["answered"]},
            "lead": {"year": "2024"},
            "sentence": {"en": "In {year} the team answered {answered} calls."},
        }
    )
    publish(dataset, b"year,answered\n2023,1100\n2024,1204\n")
    return dataset


def show_on_home(dataset: Dataset, language: str = "en") -> None:
    page = home(language)
    page.figures.add(HomeFigure(dataset=dataset))
    page.save_revision().publish()


def show_on_programme(programme: ProgrammePage, dataset: Dataset) -> None:
    programme.figures.add(ProgrammeFigure(dataset=dataset))
    programme.save_revision().publish()
