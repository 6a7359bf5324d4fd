from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.imports.pruning import prune


class Command(BaseCommand):
    help = (
        "Drops the rows of imports that were discarded, and of those that a newer one of the same "
        "source replaced and that were published more than 90 days ago. Their reports stay."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        batches, rows = prune(timezone.now())
        self.stdout.write(f"{rows:,} rows of {batches:,} imports dropped")
