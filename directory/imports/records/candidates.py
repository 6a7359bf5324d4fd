"""A row whose cells are read and whose links are known, as the staging engine takes it."""

from directory.hsds.objects import OBJECTS
from directory.hsds.spec import Link
from directory.imports.kinds import Candidate, Values
from directory.imports.messages import said as _
from directory.imports.records.links import SUBJECTS, Links, Target
from directory.imports.records.reading import Reading
from directory.imports.records.self_links import SELF_LINKS, Circles
from directory.models.place_traces import KEPT, SECRET

# In whose listing a row is shown for review: the first of these that it names.
ROOTS = (
    ("service_id", "service"),
    ("service_at_location_id", "service_at_location"),
    ("location_id", "location"),
    ("organization_id", "organization"),
    ("contact_id", "contact"),
    ("phone_id", "phone"),
)
LONGEST_ROOT = 240


def as_candidate(
    reading: Reading,
    links: Links,
    found: set[Target],
    circles: Circles,
    *,
    secret: bool,
    double: bool,
    waits: bool,
) -> Candidate:
    """Links that lead nowhere are kept as given. A row that belongs to nothing waits: `links`
    learns that no other row can belong to it.
    """
    values: Values | None = None
    if not reading.rejected:
        values = _values(reading, found, circles)
        if secret and not KEPT[reading.table]:
            values = dict(SECRET)
        if not _has_home(reading, values):
            links.absent.add((reading.table, reading.source_id))
            if not secret:
                _waits(reading)
        if double:
            message = _(
                "Another row has the same service and location: both are one place in the "
                "directory. Delete one of them."
            )
            reading.warn("location_id", "same-pair", message, reading.links["location_id"])
    return Candidate(
        row=reading.row,
        table=reading.table,
        source_id=reading.source_id,
        values=values,
        root=_root(reading),
        problems=tuple(reading.problems),
        secret=secret,
        waits=waits,
    )


def _values(reading: Reading, found: set[Target], circles: Circles) -> Values:
    values: Values = reading.values
    for link in OBJECTS[reading.table].links:
        given = reading.links.get(link.name)
        if given is None:
            continue
        if not _leads(reading, link, given, found):
            reading.as_given[link.name] = given
            reading.warn(link.name, "leads-nowhere", _lost(reading, link), given)
        elif link.name == SELF_LINKS.get(reading.table) and circles.closed_by(
            reading.table, reading.source_id, given
        ):
            reading.as_given[link.name] = given
            message = _("By this it would belong to itself: the link is only kept.")
            reading.warn(link.name, "circle", message, given)
        else:
            values[link.name] = given
    if reading.subject and SUBJECTS[reading.table][0] in values:
        values["of"] = reading.subject
    if reading.as_given:
        values["as_given"] = reading.as_given
    return values


def _leads(reading: Reading, link: Link, given: str, found: set[Target]) -> bool:
    to = link.to if link.to in OBJECTS else reading.subject
    return (to, given) in found


def _lost(reading: Reading, link: Link) -> str:
    if (reading.table, link.name) == ("service", "organization_id"):
        return _(
            "There is no organization with this id: one without a description stands in for it. "
            "Add its row."
        )
    return _("There is no record with this id: the link is only kept. Correct the id.")


def _has_home(reading: Reading, values: Values) -> bool:
    """Whether what the row belongs to exists; a service's organization is made if it does not."""
    owners = OBJECTS[reading.table].owners
    if not owners or reading.table in ("service", "location"):
        return True
    here = [owner.name in values for owner in owners]
    return all(here) if any(owner.required for owner in owners) else any(here)


def _waits(reading: Reading) -> None:
    message = _(
        "What this row belongs to does not exist: it is kept, and shown once that has come. "
        "Add it, or correct the id."
    )
    reading.warn(None, "no-owner", message)


def _root(reading: Reading) -> str:
    if reading.table == "service":
        return f"service:{reading.source_id}"[:LONGEST_ROOT]
    for column, name in ROOTS:
        given = reading.links.get(column)
        if given:
            return f"{name}:{given}"[:LONGEST_ROOT]
    about = reading.links.get(SUBJECTS.get(reading.table, ("", ""))[0])
    if about and reading.subject:
        return f"{reading.subject}:{about}"[:LONGEST_ROOT]
    return f"{reading.table}:{reading.source_id}"[:LONGEST_ROOT]
