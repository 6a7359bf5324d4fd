"""When each critical field of a listing was last found true, and by which role.

Two things say so: a verification of the field, and the listing's own `assured_date`, which speaks
for all of its fields (a source that gives a date means the whole row). The newer of them counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.lasting import holds_until, needed
from directory.models import Service, Verification


@dataclass(frozen=True)
class Check:
    """One field's newest check; `on` and `until` are None when nobody has checked it."""

    subject: Verification.Subject
    on: date | None = None
    role: str = ""
    method: str = ""
    until: date | None = None

    @property
    def label(self) -> str:
        return str(self.subject.label)

    @property
    def role_label(self) -> str:
        return str(Service.AssurerRole(self.role).label) if self.role else ""

    @property
    def method_label(self) -> str:
        return str(Verification.Method(self.method).label) if self.method else ""

    def holds(self, on: date) -> bool:
        return self.until is not None and on <= self.until


def shows_place(service: Service) -> bool:
    """Reads prefetched `service_at_locations__location`."""
    return any(not at.location.confidential for at in service.service_at_locations.all())


def checks(service: Service, verifications: Iterable[Verification]) -> tuple[Check, ...]:
    """The newest check of each needed field. Asks the database nothing beyond what is prefetched
    (`service_at_locations__location`)."""
    own: dict[str, list[Verification]] = defaultdict(list)
    for row in verifications:
        if row.ended_on is None:
            own[row.field].append(row)
    subjects = needed(shows_place=shows_place(service))
    return tuple(_check(service, subject, own[subject]) for subject in subjects)


def _check(service: Service, subject: Verification.Subject, rows: list[Verification]) -> Check:
    whole = service.assured_date
    until = holds_until(subject, whole, (row.valid_until for row in rows))
    newest = max(rows, key=lambda row: (row.verified_on, row.created_at), default=None)
    if newest is not None and (whole is None or whole <= newest.verified_on):
        return Check(subject, newest.verified_on, newest.role, newest.method, until)
    return Check(subject, whole, service.assurer_role if whole else "", "", until)


def overdue(found: Iterable[Check], on: date) -> tuple[Check, ...]:
    """The checks that no longer hold on that day, or were never made."""
    return tuple(check for check in found if not check.holds(on))
