from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opendoor.freshness.publication import publish_freshness
from transparency.errors import RecordError


class Command(BaseCommand):
    help = (
        "Publishes how fresh the directory is (checked listings, time to fix, dead links) as this "
        "month's row of the dataset directory-freshness. Safe to run every day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = publish_freshness()
        except RecordError as error:
            raise CommandError(f"Nothing was published: {error}") from error
        if release is None:
            self.stdout.write("This month is published already.")
        else:
            self.stdout.write(f"Published version {release.number}: {release.get_absolute_url()}")
