"""The e-mail that brings a provider their link: plain text, in every language of the site."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.listing import address_lines
from directory.models import ProviderLink, Service
from directory.stewardship.provider_links import path_of

RULE = "\n\n" + "-" * 40 + "\n\n"
MOST_PLACES = 3  # of one listing
Places = Mapping[UUID, Sequence[str]]
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def email_of(service: Service) -> str:
    """Where the provider reads: the listing's own address, else the organization's."""
    return service.email or service.organization.email


def why_unsent() -> str:
    """What to tell a steward whose mail went nowhere."""
    if settings.OPENDOOR_MAIL_SET_UP:
        return _("The mail server did not take every mail. Try again later.")
    return _(
        "No mail server is set up, so no mail went out. Whoever runs this site sets one up with "
        "OPENDOOR_EMAIL_URL (see docs/operators.md)."
    )


def address_of(link: ProviderLink, language: str) -> str:
    """The whole address of the provider's page."""
    return f"{_site()}{path_of(link, language)}"


def _site() -> str:
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def message(links: Sequence[ProviderLink]) -> EmailMessage:
    """One mail to one mailbox: of each listing its name, where it is and its link."""
    places = _places(links)
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            subjects.append(_("Please check what our directory says of you"))
            bodies.append(_body(links, language, places))
    return EmailMessage(
        subject=" / ".join(dict.fromkeys(subjects)),
        body=RULE.join(bodies),
        to=[links[0].email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )


def _places(links: Sequence[ProviderLink]) -> Places:
    """By link the addresses that the public reads, so that whoever has five places knows which."""
    services = Service.objects.prefetch_related(
        "service_at_locations__location__addresses"
    ).in_bulk([link.service_id for link in links])
    return {link.pk: _addresses(services[link.service_id]) for link in links}


def _addresses(service: Service) -> list[str]:
    shown = [
        _on_one_line(", ".join(address_lines(at.location)))
        for at in service.service_at_locations.all()
        if not at.location.confidential
    ]
    return sorted(set(filter(None, shown)))


def _body(links: Sequence[ProviderLink], language: str, places: Places) -> str:
    lasts = _("Each link is for you alone and lasts until %(day)s.")
    told = _("People who look for help find you in %(site)s (%(address)s). Is it all still right?")
    named = {"site": settings.WAGTAIL_SITE_NAME, "address": f"{_site()}/"}
    parts = [
        _("Hello,"),
        told % named,
        _("It takes a few minutes, without an account:"),
        *(_listing(link, language, places[link.pk]) for link in links),
        lasts % {"day": f"{links[0].expires_at:%Y-%m-%d}"},
        _("A person looks at what you send before anything changes."),
        _("On the same page you can say that you have closed, or that you want no reminders."),
        _("Thank you. The stewards of %(site)s") % named,
    ]
    return "\n\n".join(parts)


def _listing(link: ProviderLink, language: str, addresses: Sequence[str]) -> str:
    lines = [_on_one_line(link.service.name), *addresses[:MOST_PLACES]]
    more = len(addresses) - MOST_PLACES
    if more > 0:
        told = ngettext("and %(count)s more place", "and %(count)s more places", more)
        lines.append(told % {"count": more})
    return "\n".join([*lines, address_of(link, language)])


def _on_one_line(text: str) -> str:
    """What was imported must not look like a part of our own text."""
    return " ".join(text.split())
