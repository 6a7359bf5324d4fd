""" "How to read this file": what each column is for, said by a steward and saved for next time."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports.columns import Mapping
from directory.imports.faults import ImportFault, MappingFault
from directory.imports.listings_kind import ListingsKind
from directory.imports.mapping import Choice, Origin, choose, remember
from directory.imports.messages import shown
from directory.imports.proposing import TARGETS, ColumnProposal, mapping_from_choices, propose
from directory.imports.rows import Row
from directory.models import SavedMapping
from directory.viewsets.imports import kept
from directory.viewsets.imports.background import SMALL_FILE, start
from directory.viewsets.imports.facts import Fact, TermNames, facts_of, title_of
from directory.viewsets.imports.kept import State, Work
from directory.viewsets.imports.progress import follow

PREVIEWED = 5
SAMPLES = 3
LONGEST_NAME = 100
SURE, LIKELY = 0.85, 0.65


@dataclass(frozen=True)
class Column:
    """One column on the page; `field` is the name of its choice."""

    field: str
    proposal: ColumnProposal
    chosen: str

    @property
    def heading(self) -> str:
        return self.proposal.column

    @property
    def samples(self) -> tuple[str, ...]:
        return self.proposal.samples[:SAMPLES]

    @property
    def confidence(self) -> Promise | str:
        """In words; nothing once a person has chosen otherwise."""
        if self.chosen != self.proposal.target:
            return gettext_lazy("your choice")
        if self.proposal.confidence >= SURE:
            return gettext_lazy("sure")
        return (
            gettext_lazy("likely")
            if self.proposal.confidence >= LIKELY
            else gettext_lazy("a guess")
        )


@dataclass(frozen=True)
class Preview:
    """A listing as it would be read, or why the row would be rejected."""

    number: int
    title: str
    facts: tuple[Fact, ...]
    problems: tuple[str, ...]


def columns(request: HttpRequest, token: str) -> HttpResponse:
    """The page; a POST shows what the choices give, reads the file so, or gives it up."""
    if not request.user.has_perm("directory.add_importbatch"):
        raise PermissionDenied
    work = kept.found(token)
    if work is None or work.state != State.COLUMNS or not work.has_file:
        messages.info(request, _("This file is not kept any more: bring it in again."))
        return redirect("directory_imports:add")
    what = request.POST.get("do", "")
    if what == "drop":
        work.drop()
        messages.success(request, _("The file was given up. Nothing changed."))
        return redirect("directory_imports:index")
    page = _Page(work, request)
    if what in ("read", "known") and page.read(what):
        return page.answer
    return render(request, "directory/admin/mapping.html", page.context())


class _Page:
    def __init__(self, work: Work, request: HttpRequest) -> None:
        self.work, self.request = work, request
        self.fault = ""
        self.columns = _columns(work, request.POST)
        self.name = request.POST.get("name", work.source).strip()[:LONGEST_NAME]

    @property
    def choices(self) -> dict[str, str]:
        return {column.heading: column.chosen for column in self.columns}

    def read(self, what: str) -> bool:
        """Saves what was chosen and reads the file; False when the choices cannot be so."""
        name = ""
        if what == "read":
            try:
                saved = remember(self._confirmed(), self.work.headings, by=self.request.user)
            except MappingFault as fault:
                self.fault = str(fault)
                return False
            name = saved.name
        work = self.work.noted(mapping=name, check=False, state=State.WAITING)
        work = start(work, "read", small=work.file.stat().st_size <= SMALL_FILE)
        self.answer = follow(work)
        return True

    def _confirmed(self) -> Mapping:
        if not self.name:
            raise MappingFault("no-name", _("Give this way of reading a name."))
        other = SavedMapping.objects.filter(name=self.name).first()
        if other and set(other.headings) != set(self.work.headings):
            raise MappingFault(
                "name-taken", _("Other columns are read by that name: choose another.")
            )
        return mapping_from_choices(self.name, self.choices, self.work.sample)

    def known(self) -> Choice | None:
        """The saved or shipped mapping that fits this file."""
        try:
            choice = choose(tuple(self.work.headings), self.work.sample)
        except MappingFault:
            return None
        return None if choice.origin == Origin.PROPOSED else choice

    def previews(self) -> list[Preview]:
        try:
            mapping = mapping_from_choices("preview", self.choices, self.work.sample)
            return _previews(self.work, mapping)
        except ImportFault as fault:
            self.fault = self.fault or str(fault)
            return []

    def context(self) -> dict[str, Any]:
        known = self.known()
        return {
            "work": self.work,
            "columns": self.columns,
            "targets": TARGETS.values(),
            "name": self.name,
            "known": known.mapping if known else None,
            "previews": self.previews(),
            "fault": self.fault,
            "header_icon": "download",
        }


def _columns(work: Work, given: Table[str, Any]) -> list[Column]:
    """Every column with what is chosen for it, else what is proposed."""
    proposal = propose(tuple(work.headings), work.sample)
    found = []
    for number, column in enumerate(proposal.columns):
        field = f"column-{number}"
        chosen = given.get(field, column.target)
        found.append(Column(field, column, chosen if chosen in TARGETS else column.target))
    return found


def _previews(work: Work, mapping: Mapping) -> list[Preview]:
    rows = [Row(n, cells) for n, cells in enumerate(islice(work.sample, PREVIEWED), start=1)]
    names = TermNames()
    return [
        Preview(
            candidate.row.number,
            title_of("listing", candidate.values or {}),
            facts_of("listing", candidate.values, names) if candidate.values else (),
            tuple(shown(problem.as_report()) for problem in candidate.problems),
        )
        for candidate in ListingsKind(mapping).read(work.source, rows)
    ]
