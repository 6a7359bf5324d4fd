"""Publish a file as the next version of a dataset."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from transparency import report
from transparency.errors import RecordError, Unchanged
from transparency.models import Dataset
from transparency.release import decide, prepare, stage

DONE, REFUSED, FAULT, WAITS = 0, 1, 2, 3


class Command(BaseCommand):
    help = (
        "Validates a CSV file, controls what it discloses, and publishes it. Exit status: 0 "
        "published, or nothing changed; 1 refused, with every error; 2 the file or an argument "
        "cannot be used; 3 it waits for a second person."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dataset", metavar="DATASET", help="the dataset's address")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--notes", default="", help="what changed and why; published")
        parser.add_argument("--embargo", metavar="ISO-TIME", help="readers see it from then on")
        parser.add_argument("--allow-totals", default="", metavar="REASON", help="published")
        parser.add_argument("--as", dest="user", metavar="USER", help="who uploads it")
        parser.add_argument("--dry-run", action="store_true", help="keep nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        status, document = self._run(options)
        if options["report"]:
            options["report"].write_text(json.dumps(document, ensure_ascii=False, indent=1))
        if status != DONE:
            sys.exit(status)

    def _run(self, options: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        dataset, content = _dataset(options["dataset"]), _content(options["file"])
        try:
            if options["dry_run"]:
                prepared = prepare(dataset, content, allow_totals=options["allow_totals"])
                self.stdout.write(f"Version {prepared.figure.version} could be published.")
                return DONE, report.of_prepared(prepared, "checked")
            return self._publish(dataset, content, options)
        except Unchanged as error:
            self.stdout.write(str(error))
            return DONE, report.of_error(error, "unchanged") | {"errors": []}
        except RecordError as error:
            self.stderr.write(str(error))
            status = FAULT if report.is_fault_of_file(error) else REFUSED
            return status, report.of_error(error, "refused")

    @transaction.atomic
    def _publish(
        self, dataset: Dataset, content: bytes, options: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """Whole or not at all: what is refused leaves no draft waiting."""
        draft, prepared = stage(
            dataset,
            content,
            notes=options["notes"],
            by=_user(options["user"]),
            embargo=_moment(options["embargo"]),
            allow_totals=options["allow_totals"],
        )
        for cell in prepared.controlled.hidden:
            self.stdout.write(f"suppressed: row {cell.row}, {cell.column} ({cell.why})")
        if dataset.needs_approval:
            self.stdout.write(f"Draft {draft.pk} waits: approve_release {draft.pk} --as USER")
            return WAITS, report.of_prepared(prepared, "waiting") | {"draft": draft.pk}
        release = decide(draft, draft.made_by)
        self.stdout.write(f"{release.get_absolute_url()} {release.sha256}")
        document = report.of_prepared(prepared, "published")
        return DONE, document | {"version": release.number, "sha256": release.sha256}


def _dataset(slug: str) -> Dataset:
    try:
        return Dataset.objects.get(slug=slug)
    except Dataset.DoesNotExist:
        message = f"There is no dataset {slug}. Make it with define_dataset."
        raise CommandError(message, returncode=FAULT) from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error}", returncode=FAULT) from None


def _moment(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    if moment is None:
        message = f"--embargo {given} is not a time. Write it as 2026-12-01T09:00."
        raise CommandError(message, returncode=FAULT)
    return make_aware(moment) if is_naive(moment) else moment


def _user(name: str | None) -> Any:
    if name is None:
        return None
    model = get_user_model()
    try:
        return model.objects.get_by_natural_key(name)
    except model.DoesNotExist:
        raise CommandError(f"There is no user {name}.", returncode=FAULT) from None
