"""Brings the data up to this version of the code: one command after each deployment."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from directory.geocoding import gazetteer_ready
from directory.search.engines import public_engine
from directory.search.indexing import rebuild
from directory.search.interface import IndexMissing
from opendoor.settings.environment import BASE_DIR


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

    def _build_index(self) -> None:
        try:
            public_engine().terms()
        except IndexMissing:
            self.stdout.write("Building the search index …")
            rebuild()
