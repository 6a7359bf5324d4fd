"""Organizations that services name and that nobody has described: one stands in for each."""

from collections.abc import Sequence
from uuid import UUID

from directory.imports.records.identity import record_id, stand_in_id
from directory.imports.records.lines import Line
from directory.models import Organization, Service


def stand_in(source: str, lines: Sequence[Line]) -> None:
    """Gives every service without an organization one, under the service's own name."""
    wanted: dict[UUID, Organization] = {}
    for line in lines:
        service = line.record
        if not isinstance(service, Service) or service.organization_id is not None:
            continue
        given = line.as_given.get("organization_id", "")
        pk = record_id(source, "organization", given) if given else None
        pk = pk or stand_in_id(source, line.change.source_id)
        made = Organization(pk=pk, name=service.name, unknown=True, source=source, source_id=given)
        wanted.setdefault(pk, made)
        service.organization_id = pk
        line.written.add("organization_id")
    if not wanted:
        return
    there = Organization.objects.filter(pk__in=wanted).values_list("pk", flat=True)
    for pk in list(there):
        del wanted[pk]
    Organization.objects.bulk_create(wanted.values())
