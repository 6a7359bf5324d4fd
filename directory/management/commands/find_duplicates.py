from typing import Any

from django.core.management.base import BaseCommand

from directory.duplicates.finding import find_all


class Command(BaseCommand):
    help = "Compares all listings with each other; likely duplicates wait in the CMS."

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = find_all()
        self.stdout.write(f"{waiting:,} likely duplicates wait for a steward")
