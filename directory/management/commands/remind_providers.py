"""Reminds providers by e-mail to check listings that are about to grow stale. Run it once a day.

OPENDOOR_REMINDERS=0 switches it off. What it prints are counts: no name, no address.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from directory.stewardship.reminders import remind


class Command(BaseCommand):
    help = "Sends providers a link to check their listing, 30 days before it grows stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=100, help="Mails to send in this run.")
        parser.add_argument("--dry-run", action="store_true", help="Only count; send nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OPENDOOR_REMINDERS:
            self.stdout.write("Reminders are switched off (OPENDOOR_REMINDERS=0).")
            return
        done = remind(timezone.now(), options["most"], dry_run=options["dry_run"])
        what = "to send" if options["dry_run"] else "sent"
        self.stdout.write(
            f"Mails {what}: {done.sent}; failed: {done.failed}; left for next time: {done.left}."
        )
