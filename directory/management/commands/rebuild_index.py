from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.geocoding import gazetteer_ready
from directory.imports import indexed
from directory.search.interface import SearchError

SHIPPED = "sqlite"


class Command(BaseCommand):
    help = "Makes the search index anew from the directory. Searches go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--engine", choices=[SHIPPED, "elasticsearch"], default=SHIPPED, help="which engine's"
        )
        parser.add_argument(
            "--if-due",
            action="store_true",
            help="only when an import was published or undone a while ago and its process was "
            "stopped before the index followed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["engine"] != SHIPPED:
            raise CommandError(f"This version ships the {SHIPPED} engine alone.")
        if not gazetteer_ready():
            self.stderr.write("The gazetteer could not be made: places will not be found.")
        started = monotonic()
        try:
            if options["if_due"]:
                indexed.catch_up(indexed.WORKED_ON)
                return
            count = indexed.rebuild(self._progress if options["verbosity"] > 1 else None)
        except (SearchError, OSError) as error:
            raise CommandError(f"The index could not be made: {error}") from error
        seconds = monotonic() - started
        self.stdout.write(self.style.SUCCESS(f"Indexed {count} documents in {seconds:.1f} s."))

    def _progress(self, services: int) -> None:
        self.stdout.write(f"{services} services", ending="\n")
