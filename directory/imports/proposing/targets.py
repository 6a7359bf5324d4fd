"""What a column of a file can be for. The keys are what a steward's choices are saved by."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNUSED = "unused"


@dataclass(frozen=True)
class Target:
    """`many`: several columns may be for it. `field`: the field of Service, Address or the
    taxonomy that it fills, where that is all there is to it.
    """

    key: str
    label: Promise
    many: bool = False
    service: str = ""
    address: str = ""
    taxonomy: str = ""
    phone: str = ""


def _service(key: str, label: Promise, field: str = "") -> Target:
    return Target(key, label, service=field or key)


def _address(key: str, label: Promise, field: str = "") -> Target:
    return Target(key, label, address=field or key)


def _terms(key: str, label: Promise, taxonomy: str) -> Target:
    return Target(key, label, many=True, taxonomy=taxonomy)


def _phone(key: str, label: Promise, kind: str = "voice") -> Target:
    return Target(key, label, many=True, phone=kind)


ALL = (
    Target("organization", _("Name of the organization")),
    Target("program", _("Second name, programme or department")),
    Target("service", _("Name of the service")),
    _service("alternate_name", _("Also known as")),
    Target("source_id", _("Number or id at the source")),
    _service("description", _("Description")),
    _service("url", _("Website")),
    _service("email", _("E-mail")),
    _phone("phone", _("Phone")),
    _phone("intake", _("Phone for new patients")),
    _phone("hotline", _("Crisis line")),
    _phone("fax", _("Fax"), "fax"),
    _phone("text_line", _("Text messages"), "text"),
    _phone("tty", _("TTY"), "tty"),
    Target("extension", _("Extension of a phone"), many=True),
    _address("address_1", _("Street")),
    _address("address_2", _("Suite, floor")),
    Target("whole_address", _("Whole address in one cell")),
    _address("city", _("City")),
    _address("county", _("County"), "region"),
    _address("state", _("State"), "state_province"),
    _address("postal_code", _("ZIP")),
    _address("zip4", _("ZIP+4")),
    _address("country", _("Country")),
    Target("latitude", _("Latitude")),
    Target("longitude", _("Longitude")),
    Target("time_zone", _("Time zone")),
    Target("languages", _("Languages")),
    _service("interpreters", _("Interpreters"), "interpretation_services"),
    Target("hours", _("Opening hours")),
    _service("fees", _("What it costs"), "fees_description"),
    _service("eligibility", _("Who can come"), "eligibility_description"),
    Target("ages", _("Ages, from and to in one cell")),
    _service("minimum_age", _("From age")),
    _service("maximum_age", _("To age")),
    _service("status", _("Status")),
    _service("how_to_start", _("How to start"), "application_process"),
    _service("what_happens", _("What happens when you call")),
    _service("telehealth", _("By phone or video (yes or no)")),
    _service("accepts_drop_off", _("Accepts police drop-off (yes or no)")),
    _service("checked_on", _("Last checked on"), "assured_date"),
    _service("checked_by", _("Last checked by"), "assurer_role"),
    _terms("needs", _("Needs or kinds of service"), "need"),
    _terms("populations", _("Who it is for"), "population"),
    _terms("costs", _("Ways to pay (codes)"), "cost"),
    _terms("insurances", _("Insurance"), "insurance"),
    _terms("accessibility", _("Accessibility"), "accessibility"),
    Target(UNUSED, _("Not used"), many=True),
)
TARGETS: dict[str, Target] = {target.key: target for target in ALL}
