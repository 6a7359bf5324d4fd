import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from directory.imports import mapping as mappings
from directory.imports.faults import ImportFault, MappingFault
from directory.imports.publish import publish
from directory.imports.readers import Table, open_table
from directory.imports.report import fault_report
from directory.imports.stage import Progress, preview, stage

SHOWN = 20
SOURCE_LENGTH = 100


class Command(BaseCommand):
    """Exit status: 0 when no row was rejected, 1 when some were (the rest is in), 2 when the file
    itself is at fault and nothing was changed.
    """

    help = (
        "Brings a CSV file of listings in. Without --publish they wait in the CMS (Directory, "
        "Imports) until a steward publishes them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--mapping", type=Path, help="a TOML file; default: one that fits")
        parser.add_argument(
            "--source", default="", help="where the rows come from (default: the file's name)"
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
        self._write_report(options["report"], report)
        self._tell(report)
        if report["rejected"]:
            message = _("%(count)s rows were rejected.") % {"count": f"{report['rejected']:,}"}
            raise CommandError(message, returncode=1)

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        table = open_table(options["path"])
        mapping = self._mapping(table, options["mapping"])
        source = (options["source"] or options["path"].stem)[:SOURCE_LENGTH]
        self.stdout.write(
            _("%(count)s rows, mapping “%(mapping)s”, source “%(source)s”")
            % {"count": f"{table.rows:,}", "mapping": mapping.name, "source": source}
        )
        if options["dry_run"]:
            return preview(table, mapping, source, self._progress("read", table.rows)).as_json()
        batch = stage(table, mapping, source, self._progress("read", table.rows))
        if options["publish"]:
            changed = batch.report["created"] + batch.report["updated"]
            publish(batch, progress=self._progress("published", changed))
        else:
            self.stdout.write(_("Staged: publish it in the CMS under Directory, Imports."))
        return dict(batch.report)

    def _mapping(self, table: Table, path: Path | None) -> mappings.Mapping:
        if path is None:
            return mappings.choose(table.headings, mappings.sample_of(table)).mapping
        mapping = mappings.load(path)
        if mapping.missing(table.headings):
            raise MappingFault("missing-column", mappings.explain(mapping, table.headings))
        return mapping

    def _progress(self, verb: str, total: int) -> Progress:
        """A line that counts, on a terminal alone."""
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            if sys.stderr.isatty():
                end = "\n" if done >= total else "\r"
                self.stderr.write(f"  {verb} {done:,} of {total:,}", ending=end)

        return told

    def _write_report(self, path: Path | None, report: dict[str, Any]) -> None:
        if path is not None:
            path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")

    def _tell(self, report: dict[str, Any]) -> None:
        names = ("rows", "created", "updated", "unchanged", "rejected")
        self.stdout.write(", ".join(f"{report[name]:,} {name}" for name in names))
        problems = report["errors"] + report["warnings"]
        for problem in problems[:SHOWN]:
            where = _("row %(row)s") % {"row": problem["row"]}
            where += f", {problem['column']}" if problem["column"] else ""
            value = f" ({problem['value']})" if problem["value"] else ""
            self.stdout.write(f"  {where}: {problem['message']}{value}")
        if len(problems) > SHOWN:
            more = _("… and %(count)s more: see --report")
            self.stdout.write("  " + more % {"count": f"{len(problems) - SHOWN:,}"})
