"""Approve a waiting draft as the second person."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from transparency.errors import RecordError
from transparency.models import Draft
from transparency.release import decide


class Command(BaseCommand):
    help = "Publishes a draft that waits for a second person. Exit status 1: it may not go out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("draft", type=int, metavar="RELEASE", help="the draft's number")
        parser.add_argument("--as", dest="user", required=True, metavar="USER")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["user"], is_active=True).first()
        draft = Draft.objects.select_related("dataset").filter(pk=options["draft"]).first()
        if user is None or draft is None:
            raise CommandError("There is no such user or draft.", returncode=2)
        if not user.has_perm("transparency.approve_release"):
            raise CommandError(f"{user} may not approve releases.", returncode=1)
        try:
            release = decide(draft, user)
        except RecordError as error:
            raise CommandError(str(error), returncode=1) from None
        self.stdout.write(f"{release.get_absolute_url()} {release.sha256}")
