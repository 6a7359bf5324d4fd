from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.models import Service
from directory.search import indexing
from directory.search.interface import SearchError
from opendoor.demo.errors import DemoError
from opendoor.demo.load import load
from opendoor.demo.staff import first_administrator

TO_TRY = (
    ("/", "the front page"),
    ("/es/", "the same in Spanish"),
    ("/directory/?q=counselling&place=80203", "counselling near Denver, CO 80203"),
    ("/programmes/", "how police and mental-health workers respond together"),
    ("/transparency/", "figures of real cities, with their definitions"),
    ("/events/", "a month of events"),
    ("/cms/", "where staff work"),
)


class Command(BaseCommand):
    help = (
        "Loads a fictional county over the real geography of the Denver area: services, pages, "
        "events and figures. Run again, it puts back what was changed and moves the events on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only when the directory holds no service"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        held = Service.objects.count()
        if options["if_empty"] and held:
            self.stdout.write(f"{held:,} services are here: the demonstration is not loaded.")
            return
        self._load()
        self._index()
        self._administrator()
        self._addresses()

    def _load(self) -> None:
        started = monotonic()
        self.stdout.write("Loading the demonstration: Juniper County, which does not exist.")
        try:
            changes = load(timezone.localdate(), lambda line: self.stdout.write(f"  {line}"))
        except DemoError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        done = "Loaded" if changes else "Nothing changed: it was all there"
        self.stdout.write(self.style.SUCCESS(f"{done} ({monotonic() - started:.1f} s)."))

    def _index(self) -> None:
        try:
            count = indexing.rebuild()
        except (SearchError, OSError) as error:
            raise CommandError(f"Loaded, but the index could not be made: {error}") from error
        self.stdout.write(f"The search index holds {count:,} places and phone lines.")

    def _administrator(self) -> None:
        made = first_administrator()
        if made is not None:
            self.stdout.write(f"Sign in to /cms/ as “{made.username}” with {made.password}")
            self.stdout.write(f"  (kept in {made.path}, readable by you alone)")

    def _addresses(self) -> None:
        self.stdout.write("To try:")
        for path, what in TO_TRY:
            self.stdout.write(f"  {settings.WAGTAILADMIN_BASE_URL}{path}  {what}")
