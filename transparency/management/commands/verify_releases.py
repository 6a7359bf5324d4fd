"""Prove that every release is what was published."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from transparency.models import Release
from transparency.verify import verify


class Command(BaseCommand):
    help = "Hashes all stored bytes again and follows the chains. Exit status 1: a fault was found."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(verify())
        for release, fault in faults:
            self.stderr.write(f"{release}: {fault}" if release else fault)
        if faults:
            sys.exit(1)
        self.stdout.write(f"{Release.objects.count()} releases are what was published.")
