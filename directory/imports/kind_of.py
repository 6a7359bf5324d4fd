"""Which kind of file this is."""

from directory.imports.kinds import Kind
from directory.imports.listings_kind import ListingsKind
from directory.imports.mapping import Mapping
from directory.imports.readers import Package, Table
from directory.models import ImportBatch


def kind_for(source: Table | Package, mapping: Mapping | None) -> Kind:
    """The kind that reads a file. Raises MappingFault."""
    if isinstance(source, Table):
        return ListingsKind(mapping)
    from directory.imports.hsds_kind import HsdsKind

    return HsdsKind(source)


def kind_of(batch: ImportBatch) -> Kind:
    """The kind that writes what a batch holds."""
    if batch.kind == ImportBatch.Kind.TABLE:
        return ListingsKind()
    from directory.imports.hsds_kind import HsdsKind

    return HsdsKind()
