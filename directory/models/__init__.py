"""The directory after HSDS 3.1 (https://docs.openreferral.org/en/3.1/). Names are HSDS's own."""

from directory.models.contact import Contact
from directory.models.details import (
    Accessibility,
    CostOption,
    Funding,
    Metadata,
    MetaTableDescription,
    RequiredDocument,
    ServiceArea,
    ServiceCapacity,
    Unit,
    Url,
)
from directory.models.holidays import Holiday, HolidayCalendar
from directory.models.import_batch import ImportBatch, SavedMapping, SourceRow, StagedRow
from directory.models.import_change import ImportChange
from directory.models.language import Language
from directory.models.location import Address, Location
from directory.models.officer_details import OfficerDetails
from directory.models.organization import Organization, OrganizationIdentifier, Program
from directory.models.phone import Phone
from directory.models.problem_report import ProblemReport
from directory.models.schedule import Schedule, ScheduleException
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.service_translation import ServiceTranslation
from directory.models.stewardship import (
    ContactCheck,
    DuplicatePair,
    DuplicateRows,
    ProviderAnswer,
    ProviderLink,
)
from directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm
from directory.models.verification import Verification

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "ContactCheck",
    "CostOption",
    "DuplicatePair",
    "DuplicateRows",
    "Funding",
    "Holiday",
    "HolidayCalendar",
    "ImportBatch",
    "ImportChange",
    "Language",
    "Location",
    "MetaTableDescription",
    "Metadata",
    "OfficerDetails",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "ProblemReport",
    "Program",
    "ProviderAnswer",
    "ProviderLink",
    "RequiredDocument",
    "SavedMapping",
    "Schedule",
    "ScheduleException",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceTranslation",
    "SourceRow",
    "StagedRow",
    "Taxonomy",
    "TaxonomyTerm",
    "Unit",
    "Url",
    "Verification",
]
