"""When each critical field of a listing was last found true, and by which role.

Two things say so: a verification of the field, and the listing's own `assured_date`, which speaks
for all of its fields (a source that gives a date means the whole row). The newer of them counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.models import Service, Verification
from directory.stewardship.lifetimes import Subject, lifetime


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


def needed(service: Service) -> tuple[Verification.Subject, ...]:
    """The fields that a listing has to have checked: its address only when it shows one."""
    shows_place = any(not at.location.confidential for at in service.service_at_locations.all())
    return tuple(s for s in Subject if s is not Subject.ADDRESS or shows_place)


def checks(service: Service, verifications: Iterable[Verification]) -> tuple[Check, ...]:
    """The newest check of each needed field. Asks the database nothing beyond what is prefetched
    (`service_at_locations__location`)."""
    newest: dict[str, Verification] = {}
    current = (row for row in verifications if row.ended_on is None)
    for row in sorted(current, key=lambda v: (v.verified_on, v.created_at)):
        newest[row.field] = row
    return tuple(_check(service, subject, newest.get(subject)) for subject in needed(service))


def _check(service: Service, subject: Verification.Subject, row: Verification | None) -> Check:
    whole = service.assured_date
    if row is not None and (whole is None or whole <= row.verified_on):
        return Check(subject, row.verified_on, row.role, row.method, row.valid_until)
    if whole is None:
        return Check(subject)
    return Check(subject, whole, service.assurer_role, "", whole + lifetime(subject))


def overdue(found: Iterable[Check], on: date) -> tuple[Check, ...]:
    """The checks that no longer hold on that day, or were never made."""
    return tuple(check for check in found if not check.holds(on))
