"""Checks the websites and phone numbers of public listings; stewards find the result on their desk.

Run it once a night. OPENDOOR_CONTACT_CHECKS=0 switches it off.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from directory.stewardship.links import check_links
from directory.stewardship.numbers import check_numbers
from directory.stewardship.visiting import Visitor


class Command(BaseCommand):
    help = "Checks the websites and phone numbers of listings, politely."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=500, help="Websites to ask in this run.")
        parser.add_argument(
            "--pause", type=float, default=2.0, help="Seconds between two requests to one host."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OPENDOOR_CONTACT_CHECKS:
            self.stdout.write("Contact checks are switched off (OPENDOOR_CONTACT_CHECKS=0).")
            return
        visitor = Visitor(
            site=settings.WAGTAILADMIN_BASE_URL,
            pause=options["pause"],
            allowed=getattr(settings, "OPENDOOR_CONTACT_CHECKS_ALLOWED", ()),
        )
        now = timezone.now()
        links = check_links(visitor.visit, now, options["most"])
        numbers = check_numbers(now)
        self.stdout.write(
            f"Websites: {links.works} work, {links.unsure} unsure, {links.broken} broken. "
            f"Numbers with something against them: {numbers}."
        )
