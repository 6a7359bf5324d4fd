"""What tests of proposals share: files as the import samples them, and what their columns are."""

from dataclasses import dataclass
from pathlib import Path

from directory.imports.mapping import sample_of
from directory.imports.proposing import Proposal, propose
from tests.directory.importing import table_of

LAYOUTS = Path(__file__).parent / "layouts"
SAMHSA = {
    "": "source_id",
    "name1": "organization",
    "name2": "program",
    "street1": "address_1",
    "street2": "address_2",
    "city": "city",
    "state": "state",
    "zip": "postal_code",
    "zip4": "zip4",
    "county": "county",
    "phone": "phone",
    "intake_prompt": "unused",
    "intake1": "intake",
    "intake2": "intake",
    "website": "url",
    "latitude": "latitude",
    "longitude": "longitude",
    "type_facility": "needs",
}
# Columns in Spanish, in an order of their own, set apart by semicolons.
SPANISH = {
    "teléfono": "phone",
    "horario de atención": "hours",
    "nombre de la entidad": "organization",
    "nombre del programa": "program",
    "domicilio": "address_1",
    "piso o interior": "address_2",
    "municipio": "city",
    "condado": "county",
    "estado": "state",
    "c.p.": "postal_code",
    "correo electrónico": "email",
    "sitio web": "url",
    "idiomas": "languages",
    "costo": "fees",
    "requisitos": "eligibility",
    "edad mínima": "minimum_age",
    "edad máxima": "maximum_age",
    "situación": "status",
    "última revisión": "checked_on",
    "clave": "source_id",
    "fax": "fax",
    "línea de crisis": "hotline",
    "latitud": "latitude",
    "longitud": "longitude",
    "observaciones internas": "unused",
}
# The whole address in one cell, and a first and a second name.
ONE_CELL = {
    "insurance accepted": "insurances",
    "agency": "organization",
    "where": "whole_address",
    "site / program": "program",
    "main phone": "phone",
    "phone ext.": "extension",
    "tty": "tty",
    "text line": "text_line",
    "services offered": "needs",
    "web page": "url",
    "contact e-mail": "email",
    "hours of operation": "hours",
    "ages served": "ages",
    "spoken languages": "languages",
    "verified on": "checked_on",
    "verified by": "checked_by",
    "record #": "source_id",
    "accessibility": "accessibility",
    "virtual visits": "telehealth",
    "data entry initials": "unused",
}
# Headings that say nothing: the values decide.
SILENT = {
    "field1": "city",
    "campo 2": "source_id",
    "column3": "organization",
    "f4": "latitude",
    "dato 5": "hours",
    "col_06": "languages",
    "spalte": "state",
    "field8": "postal_code",
    "campo 9": "county",
    "column10": "longitude",
    "f11": "address_2",
    "dato 12": "phone",
    "field13": "address_1",
    "campo 14": "email",
    "column15": "url",
    "f16": "program",
}
# Typing errors, abbreviations, words run together.
TYPING_ERRORS = {
    "recid": "source_id",
    "orgnization": "organization",
    "svc nme": "service",
    "descrpition": "description",
    "staddr": "address_1",
    "ste no": "address_2",
    "citytown": "city",
    "st": "state",
    "zpcode": "postal_code",
    "cnty": "county",
    "phne": "phone",
    "toll free ph": "phone",
    "faxnum": "fax",
    "emial addrs": "email",
    "wesbite": "url",
    "lattitude": "latitude",
    "longtitude": "longitude",
    "langs": "languages",
    "elig critria": "eligibility",
    "fee struct": "fees",
    "pmt types": "costs",
    "catgory": "needs",
    "hrs": "hours",
    "minage": "minimum_age",
    "maxage": "maximum_age",
    "statuss": "status",
    "lastupdtd": "checked_on",
    "notes_intrnl": "unused",
}
TRUTHS = {
    "spanish.csv": SPANISH,
    "one_cell.csv": ONE_CELL,
    "silent.csv": SILENT,
    "typing_errors.csv": TYPING_ERRORS,
}


@dataclass(frozen=True)
class Sampled:
    headings: tuple[str, ...]
    rows: list[dict[str, str]]

    def proposal(self) -> Proposal:
        return propose(self.headings, self.rows)


def sampled(path: Path) -> Sampled:
    """A file as `choose` sees it."""
    table = table_of(path)
    return Sampled(table.headings, sample_of(table))


def right(proposal: Proposal, truth: dict[str, str]) -> float:
    """The share of the columns that were proposed for what they are."""
    assert {c.column for c in proposal.columns} == set(truth)
    return sum(c.target == truth[c.column] for c in proposal.columns) / len(truth)
