import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from directory.imports import mapping as mappings
from directory.imports.faults import ImportFault, MappingFault, PublishRefused
from directory.imports.indexed import catch_up
from directory.imports.leftover import leave_open, only_waits
from directory.imports.publish import publish
from directory.imports.readers import Package, Table, open_source
from directory.imports.report import fault_as_problem, fault_report, in_words
from directory.imports.stage import Progress, preview, stage
from directory.models import ImportBatch
from directory.search.interface import SearchError

SHOWN = 20
SOURCE_LENGTH = 100
BAR = 30
INTERRUPTED = 130


class Command(BaseCommand):
    """Exit status: 0 when no row was rejected, 1 when some were (the rest is in), 2 when the file
    itself is at fault and nothing was changed, or so much would vanish that a person has to look.
    """

    help = (
        "Brings a file of listings in: CSV, TSV, Excel, or HSDS data as a folder, ZIP, "
        "datapackage.json or JSON. Without --publish they wait in the CMS (Directory, Imports) "
        "until a steward publishes them. An import that was stopped goes on where it was when the "
        "same command is given again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--mapping", type=Path, help="a TOML file; default: one that fits")
        parser.add_argument(
            "--source", default="", help="where the rows come from (default: the file's name)"
        )
        parser.add_argument(
            "--part",
            action="store_true",
            help="the file holds only a part of its source: what is not in it stays",
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="say what would change, no more")
        what.add_argument("--publish", action="store_true", help="publish what is staged at once")
        parser.add_argument("--report", type=Path, help="write the report to this JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self._import(options)
        except ImportFault as fault:
            self._write_report(options["report"], fault_report(fault))
            raise CommandError(str(fault), returncode=2) from fault
        except KeyboardInterrupt:
            message = _("Stopped. Give the same command again to go on where it was.")
            raise CommandError(message, returncode=INTERRUPTED) from None
        self._write_report(options["report"], report)
        self._tell(report)
        if report["rejected"]:
            message = _("%(count)s rows were rejected.") % {"count": f"{report['rejected']:,}"}
            raise CommandError(message, returncode=1)

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        file = open_source(options["path"])
        mapping = self._mapping(file, options["mapping"])
        source = (options["source"] or options["path"].stem)[:SOURCE_LENGTH]
        self.stdout.write(
            _("%(count)s rows, source “%(source)s”") % {"count": f"{file.rows:,}", "source": source}
        )
        told, whole = self._progress(_("read"), file.rows), not options["part"]
        if options["dry_run"]:
            return in_words(preview(file, mapping, source, told, whole=whole).as_json())
        batch = stage(file, mapping, source, told, whole=whole)
        if options["publish"]:
            if not only_waits(batch):
                self._publish(batch, options["report"])
            self._tell_waiting(batch, file, mapping)
        else:
            self.stdout.write(_("Staged: publish it in the CMS under Directory, Imports."))
        return in_words(batch.report)

    def _publish(self, batch: ImportBatch, report: Path | None) -> None:
        """A batch that may not be published waits in the CMS; its report says why."""
        self._catch_up()
        counts = ("created", "updated", "vanished")
        try:
            total = sum(batch.report[name] for name in counts)
            publish(batch, progress=self._progress(_("published"), total))
        except PublishRefused as refused:
            told = in_words(batch.report)
            told["errors"] = [fault_as_problem(refused), *told["errors"]]
            self._write_report(report, told)
            raise CommandError(str(refused), returncode=2) from refused

    def _tell_waiting(
        self, batch: ImportBatch, file: Table | Package, mapping: mappings.Mapping | None
    ) -> None:
        batch.refresh_from_db()
        if count := leave_open(batch, file, mapping):
            message = _(
                "Rows that would change what came from elsewhere, or add to it: %(count)s. They "
                "wait for a person in the CMS under Directory, Imports. The rest is published."
            )
            self.stdout.write(message % {"count": f"{count:,}"})

    def _catch_up(self) -> None:
        try:
            catch_up()
        except SearchError as error:
            self.stderr.write(str(error))

    def _mapping(self, file: Table | Package, path: Path | None) -> mappings.Mapping | None:
        """The mapping named, or the one that fits best; says which. HSDS data needs none."""
        if isinstance(file, Package):
            tables = ", ".join(f"{name} {count:,}" for name, count in file.counts.items())
            self.stdout.write(_("HSDS data: %(tables)s") % {"tables": tables})
            return None
        if path is None:
            choice = mappings.choose(file.headings, mappings.sample_of(file))
            self._tell_choice(choice)
            return choice.mapping
        mapping = mappings.load(path)
        if mapping.missing(file.headings):
            raise MappingFault("missing-column", mappings.explain(mapping, file.headings))
        return mapping

    def _tell_choice(self, choice: mappings.Choice) -> None:
        origins = {
            mappings.Origin.SAVED: _("Mapping “%(name)s”, saved by a steward"),
            mappings.Origin.SHIPPED: _("Mapping “%(name)s”, shipped"),
            mappings.Origin.PROPOSED: _("No mapping fits: this one is proposed"),
        }
        self.stdout.write(origins[choice.origin] % {"name": choice.mapping.name})
        if choice.origin == mappings.Origin.PROPOSED and choice.proposal:
            for column in choice.proposal.columns:
                sure = f"{column.confidence:.0%}"
                self.stdout.write(f"  {column.column or '(…)'} → {column.label} ({sure})")
            self.stdout.write(_("To correct it, save this as a file and give it with --mapping:"))
            self.stdout.write(f"\n{choice.proposal.as_toml()}\n")

    def _progress(self, verb: str, total: int) -> Progress:
        """A bar, on a terminal alone."""
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            if sys.stderr.isatty():
                filled = "█" * (BAR * done // max(total, 1))
                end = "\n" if done >= total else "\r"
                self.stderr.write(f"  {filled:·<{BAR}} {verb} {done:,} / {total:,}", ending=end)

        return told

    def _write_report(self, path: Path | None, report: dict[str, Any]) -> None:
        if path is not None:
            path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")

    def _tell(self, report: dict[str, Any]) -> None:
        names = ("rows", "created", "updated", "unchanged", "rejected", "vanished")
        self.stdout.write(", ".join(f"{report[name]:,} {name}" for name in names))
        problems = report["errors"] + report["warnings"]
        for problem in problems[:SHOWN]:
            self.stdout.write(f"  {_where(problem)}: {problem['message']}{_quoted(problem)}")
        if len(problems) > SHOWN:
            more = _("… and %(count)s more: see --report")
            self.stdout.write("  " + more % {"count": f"{len(problems) - SHOWN:,}"})


def _where(problem: dict[str, Any]) -> str:
    """Table, row and column, as far as they are told."""
    row = _("row %(row)s") % {"row": problem["row"]} if problem["row"] else ""
    parts = (problem.get("table"), row, problem["column"])
    return ", ".join(part for part in parts if part) or _("the file")


def _quoted(problem: dict[str, Any]) -> str:
    return f" ({problem['value']})" if problem["value"] else ""
