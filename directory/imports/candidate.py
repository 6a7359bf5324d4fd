"""A row on its way from the file to the staging table, and rows that share an id."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.listing import Listing, Problem
from directory.imports.readers import Row
from directory.models import StagedRow

LONGEST_CELL = 1_000


@dataclass(frozen=True)
class Candidate:
    """`listing` is None when the row is rejected; `repeated` when the very same listing stands
    earlier in the file.
    """

    row: Row
    listing: Listing | None
    problems: tuple[Problem, ...]
    repeated: bool = False
    confidential: bool = False

    def without_place(self) -> "Candidate":
        """The same without what tells the place of a confidential location."""
        return replace(
            self,
            listing=self.listing and self.listing.without_place(),
            problems=tuple(problem for problem in self.problems if not problem.place),
            confidential=True,
        )

    def warned(self, code: str, message: str, value: str = "") -> "Candidate":
        problem = Problem(self.row.number, None, code, message, value)
        return replace(self, problems=(*self.problems, problem))

    def compared_with(self, last: dict[str, Any]) -> "Candidate":
        """Warns when the id now stands at another organization and another place: the source
        may have numbered its rows anew, and the listing's address would change its meaning.
        """
        if self.listing is None or self.listing.organization == last["organization"]:
            return self
        place, before = self.listing.place, last["place"]
        if self.listing.texts["name"] == last["texts"]["name"] or place is None or before is None:
            return self
        if place.address.get("address_1") == before["address"].get("address_1"):
            return self
        return self.warned(
            "other-listing",
            _(
                "This id was another listing's last time. If the source has numbered its rows "
                "anew, discard this import and bring it in under a new --source."
            ),
            last["organization"],
        )

    def staged(self, action: StagedRow.Action) -> StagedRow:
        given = {} if self.confidential else self.row.cells
        return StagedRow(
            number=self.row.number,
            row=self.row.number,
            source_id=self.listing.source_id if self.listing else "",
            action=action,
            values=self.listing.as_values() if self.listing else {},
            given={name: cell[:LONGEST_CELL].replace("\0", "") for name, cell in given.items()},
            problems=[problem.as_report() for problem in self.problems],
        )


class Duplicates:
    """Rows of one file that have the same id: nothing valid is lost, and each is counted once.

    The very same listing again is unchanged; another one gets the id with "#2", "#3"… behind it.
    """

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}  # id → digest of the listing

    def told_apart(self, candidate: Candidate) -> Candidate:
        listing = candidate.listing
        if listing is None:
            return candidate
        digest = hash(str(listing))
        given = name = listing.source_id
        count = 1
        while name in self.seen:
            if self.seen[name] == digest:
                return self._repeated(candidate)
            count += 1
            name = f"{given}#{count}"
        self.seen[name] = digest
        if count == 1:
            return candidate
        told = replace(candidate, listing=replace(listing, source_id=name))
        message = _("Another row has this id: this one is kept as %(name)s.") % {"name": name}
        return told.warned("duplicate-id", message, given)

    @staticmethod
    def _repeated(candidate: Candidate) -> Candidate:
        again = replace(candidate, repeated=True)
        return again.warned("duplicate-row", _("The very same row stands earlier in the file."))
