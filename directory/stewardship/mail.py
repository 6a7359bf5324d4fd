"""The e-mail that brings a provider their link: plain text, in every language of the site."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from directory.models import ProviderLink, Service
from directory.stewardship.provider_links import path_of

RULE = "\n\n" + "-" * 40 + "\n\n"
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
    """One mail to one mailbox: each listing's name and its link; nothing of a place."""
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            subjects.append(_("Please check what our directory says of you"))
            bodies.append(_body(links, language))
    return EmailMessage(
        subject=" / ".join(dict.fromkeys(subjects)),
        body=RULE.join(bodies),
        to=[links[0].email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )


def _body(links: Sequence[ProviderLink], language: str) -> str:
    lasts = _("Each link is for you alone and lasts until %(day)s.")
    told = _("People who look for help find you in %(site)s (%(address)s). Is it all still right?")
    named = {"site": settings.WAGTAIL_SITE_NAME, "address": f"{_site()}/"}
    parts = [
        _("Hello,"),
        told % named,
        _("It takes a few minutes, without an account:"),
        *(_line(link, language) for link in links),
        lasts % {"day": f"{links[0].expires_at:%Y-%m-%d}"},
        _("A person looks at what you send before anything changes."),
        _("On the same page you can say that you have closed, or that you want no reminders."),
        _("Thank you. The stewards of %(site)s") % named,
    ]
    return "\n\n".join(parts)


def _line(link: ProviderLink, language: str) -> str:
    """The name on one line: what was imported must not look like a part of our text."""
    name = " ".join(link.service.name.split())
    return f"{name}\n{address_of(link, language)}"
