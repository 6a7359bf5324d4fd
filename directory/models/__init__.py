"""The directory after HSDS 3.1 (https://docs.openreferral.org/en/3.1/). Names are HSDS's own."""

from directory.models.import_batch import ImportBatch, SourceRow, StagedRow
from directory.models.location import Address, Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.problem_report import ProblemReport
from directory.models.schedule import Schedule
from directory.models.service import Language, Service, ServiceTranslation
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm

__all__ = [
    "Address",
    "Attribute",
    "ImportBatch",
    "Language",
    "Location",
    "Organization",
    "Phone",
    "ProblemReport",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "ServiceTranslation",
    "SourceRow",
    "StagedRow",
    "Taxonomy",
    "TaxonomyTerm",
]
