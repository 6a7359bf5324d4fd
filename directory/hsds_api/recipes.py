"""What people do with the API, as commands to copy. `{base}` stands for where it begins."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Recipe:
    """`about` says what the command is for; `id` is where it stands on the page."""

    id: str
    about: Promise
    command: str

    def at(self, base: str) -> str:
        """The command for the API that begins at `base`."""
        return self.command.replace("{base}", base)


FIRST = (
    Recipe("words", _("Services that speak of grief"), "curl '{base}services?search=grief'"),
    Recipe(
        "near",
        _("Where to go within 5 km of a ZIP's middle, the nearest first"),
        "curl '{base}service_at_locations?postcode=80203&proximity=5000&full=true'",
    ),
    Recipe(
        "everything",
        _("Everything, one service a line with all that belongs to it"),
        "curl '{base}services?format=ndjson&full=true' > services.ndjson",
    ),
    Recipe(
        "table",
        _("A table for a spreadsheet"),
        "curl -H 'Accept: text/csv' '{base}organizations' > organizations.csv",
    ),
    Recipe(
        "quietly",
        _("Asked by POST, so that the words stand in no address"),
        "curl '{base}services' -H 'Content-Type: application/json' -d '{\"search\": \"grief\"}'",
    ),
)
HARVEST = (
    Recipe(
        "first-time",
        _(
            "The first time, take everything, and keep the time one hour before you began: what an "
            "import brings is dated when it is written and seen when all of it is in."
        ),
        "date -u -d '1 hour ago' +%FT%TZ > began\n"
        "curl '{base}services?format=ndjson&full=true' > services.ndjson",
    ),
    Recipe(
        "each-time",
        _(
            "Each time after that, take what was changed since you last began: put the line of "
            "each in the place of the one with its id. Whatever belongs to a service changes the "
            "service too, so a new phone number is among them."
        ),
        "since=$(cat began); date -u -d '1 hour ago' +%FT%TZ > began\n"
        'curl "{base}services?format=ndjson&full=true&modified_after=$since" > changed.ndjson',
    ),
    Recipe(
        "gone",
        _(
            "Take away what is gone: ids that you have and this list has not. Do it each time: a "
            "shelter may have become a secret, or a number may have gone to someone else."
        ),
        "curl '{base}services?format=ndjson&minimal=true' > ids.ndjson",
    ),
)
AGAIN = Recipe(
    "again",
    _("Send back the ETag of an answer: what has not changed is answered by 304, without a body."),
    "curl -i '{base}services?page=2' -H 'If-None-Match: \"37e0f42a1586a450298f1ed3f32aca6a\"'",
)
