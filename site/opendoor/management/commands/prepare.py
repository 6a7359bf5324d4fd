"""Brings the data up to this version of the code: one command after each deployment."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from directory.geocoding import gazetteer_ready
from directory.imports import indexed
from directory.search.engines import public_engine
from directory.search.interface import IndexMissing, SearchError
from opendoor.pages.models import SiteProfile
from opendoor.settings.environment import BASE_DIR, DEMONSTRATION_LINE


class Command(BaseCommand):
    help = (
        "Migrates the database, gathers static files and builds the index, each only when needed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--static", action="store_true", help="also gather static files")
        parser.add_argument(
            "--demonstration", action="store_true", help="load the demonstration if empty"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        if options["static"]:
            self._gather_static()
        if options["demonstration"]:
            call_command("load_demo", if_empty=True)
            self._keep_line()
        self._build_index()
        if not gazetteer_ready():
            self.stderr.write("Places cannot be looked up: see /readyz.")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Setting up the database …")
            call_command("migrate", verbosity=0, interactive=False)

    def _gather_static(self) -> None:
        """Gathers when a source file is newer than the last gathering."""
        marker = Path(settings.STATIC_ROOT) / "staticfiles.json"
        sources = [p for d in settings.STATICFILES_DIRS for p in Path(d).rglob("*")]
        sources.append(BASE_DIR / "requirements" / "run.txt")
        newest = max(p.stat().st_mtime for p in sources)
        if not marker.exists() or marker.stat().st_mtime < newest:
            self.stdout.write("Gathering and compressing static files …")
            call_command("collectstatic", verbosity=0, interactive=False)

    def _keep_line(self) -> None:
        """Later commands on a demonstration know its crisis line, whoever starts them."""
        kept = Path(settings.DATA_DIR) / DEMONSTRATION_LINE
        line = settings.OPENDOOR_CRISIS_LINE
        profile = SiteProfile.for_site(Site.objects.get(is_default_site=True))
        if profile.demonstration and line and not kept.exists():
            kept.write_text(f"{line}\n", encoding="utf-8")

    def _build_index(self) -> None:
        try:
            public_engine().terms()
        except IndexMissing:
            self.stdout.write("Building the search index …")
            indexed.rebuild()
        try:
            if indexed.catch_up():
                self.stdout.write("The search index has followed an import that was stopped.")
        except SearchError as error:
            self.stderr.write(f"The search index did not follow an import: {error}")
