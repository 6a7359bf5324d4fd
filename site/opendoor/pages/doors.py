"""The three doors of the front page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opendoor.pages.translations import home_url


@dataclass(frozen=True)
class Door:
    """A way in: where it leads, and one sentence on what is behind it."""

    title: str
    text: str
    url: str


def doors(language: str, find_help: str, record: str, meeting_place: str) -> list[Door]:
    """Find help, the record, the meeting place. A sentence left empty gets the site's own."""
    home = home_url(language)
    return [
        Door(
            _("Find help"),
            find_help or _("Counselling, crisis centres, support groups: by need and by place."),
            f"{home}directory/",
        ),
        Door(
            _("The record"),
            record or _("What the programmes do and achieve, in figures that you can check."),
            f"{home}transparency/",
        ),
        Door(
            _("The meeting place"),
            meeting_place or _("Events where you can ask, learn and be heard."),
            f"{home}events/",
        ),
    ]
