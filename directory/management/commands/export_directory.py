from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.export import ExportFault, write_hsds_csv, write_hsds_json, write_spreadsheet

WRITERS: dict[str, Callable[[Path], None]] = {
    "hsds-csv": write_hsds_csv,
    "hsds-json": write_hsds_json,
    "csv": write_spreadsheet,
}


class Command(BaseCommand):
    """Exit status: 0 when the export stands where it was asked for, 2 when it cannot be written
    there; what stood there before is then as it was.
    """

    help = (
        "Writes the directory to files. hsds-csv: tables of HSDS 3.1 with a datapackage.json, in "
        "a folder, or in a ZIP when OUT ends in .zip. hsds-json: the same tables in one JSON "
        "file. csv: one row a service and place, for a spreadsheet. Services that were set aside "
        "and merged duplicates are left out; so is what officers alone may read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT")
        parser.add_argument("--format", choices=list(WRITERS), required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        try:
            WRITERS[options["format"]](out)
        except ExportFault as fault:
            raise CommandError(str(fault), returncode=2) from fault
        self.stdout.write(str(out))
