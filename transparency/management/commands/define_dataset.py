"""Make or change a dataset from its descriptor."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from transparency.descriptor import define
from transparency.errors import DescriptorError


class Command(BaseCommand):
    help = "Makes the dataset a descriptor describes, or changes the one of the same name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("descriptor", type=Path, metavar="DESCRIPTOR.json")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["descriptor"]
        try:
            dataset = define(json.loads(path.read_bytes()))
        except (OSError, ValueError) as error:
            self.stderr.write(f"{path} cannot be read as JSON: {error}")
            sys.exit(2)
        except DescriptorError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(f"{dataset.slug}: {dataset.get_absolute_url()}")
