"""Links by which a provider answers for one listing without an account.

The address carries the id of a ProviderLink under our signature: it cannot be guessed or made up.
The row ends it after 30 days, or earlier when a steward takes it back. Whoever holds the link may
propose changes, no more: what they send waits for a steward.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone, translation

from directory.models import ProviderLink, Service

LASTS = timedelta(days=30)
SIGNER = Signer(salt="directory.provider-link", sep=".")


class NoSuchLink(Exception):
    """The address was never given out."""


class LinkEnded(Exception):
    """The link ran out, was taken back, or its listing is gone."""


def make_link(
    service: Service, email: str, by: Any = None, *, reminder: bool = False
) -> ProviderLink:
    """A new link for one listing; it does not send it."""
    return ProviderLink.objects.create(
        service=service,
        email=email,
        sent_by=by,
        reminder=reminder,
        expires_at=timezone.now() + LASTS,
    )


def token_of(link: ProviderLink) -> str:
    return SIGNER.sign(link.pk.hex)


def path_of(link: ProviderLink, language: str) -> str:
    """Where the provider's page is, in that language."""
    with translation.override(language):
        return reverse("directory:provider", args=[token_of(link)])


def link_of(token: str) -> ProviderLink:
    """The link that a token stands for. Raises NoSuchLink or LinkEnded."""
    try:
        pk = UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError) as error:
        raise NoSuchLink from error
    link = ProviderLink.objects.select_related("service").filter(pk=pk).first()
    if link is None:
        raise NoSuchLink
    if link.revoked_at or link.expires_at <= timezone.now():
        raise LinkEnded
    if not _answerable(link.service):
        raise LinkEnded
    return link


def _answerable(service: Service) -> bool:
    """A listing that is closed for now may be corrected too; one that was taken off may not."""
    open_to = (Service.Status.ACTIVE, Service.Status.TEMPORARILY_CLOSED)
    return service.status in open_to and service.set_aside_at is None and not service.merged_into_id


def revoke(link: ProviderLink) -> None:
    """Ends a link at once."""
    ProviderLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def wants_no_reminders(email: str) -> bool:
    """Whether whoever reads this mailbox asked for no reminders, about whichever listing."""
    return ProviderLink.objects.filter(email__iexact=email, no_reminders=True).exists()
