"""Asks providers to check their listings before these grow stale: rarely, and never against their
will.

A mailbox gets at most one mail in 60 days, with all of its listings that are due; those who asked
for none get none. Logs and messages hold counts, never an address.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils import timezone

from directory.models import ProviderAnswer, ProviderLink, Service
from directory.stewardship.due import due
from directory.stewardship.mail import email_of, message
from directory.stewardship.provider_links import make_link

AHEAD = timedelta(days=30)
REST = timedelta(days=60)
MOST_IN_A_MAIL = 20


@dataclass
class Sent:
    """What a run did, in mails. `failed`: the mail server did not take it; next time again."""

    sent: int = 0
    failed: int = 0
    left: int = 0


def remind(now: datetime, most: int, *, dry_run: bool = False) -> Sent:
    """Sends at most `most` mails; a dry run only counts."""
    done = Sent()
    for services in to_remind(now):
        if done.sent + done.failed >= most:
            done.left += 1
        elif dry_run or send_links(services, reminder=True):
            done.sent += 1
        else:
            done.failed += 1
    return done


def to_remind(now: datetime) -> list[list[Service]]:
    """The listings that are stale within 30 days, by mailbox, those unchecked for longest first."""
    mailboxes: dict[str, list[Service]] = {}
    for service in _candidates(now):
        mailboxes.setdefault(email_of(service).lower(), []).append(service)
    return [services[:MOST_IN_A_MAIL] for services in mailboxes.values()]


def _candidates(now: datetime) -> Iterator[Service]:
    same_mailbox = ProviderLink.objects.annotate(to=Lower("email")).filter(to=OuterRef("mailbox"))
    lately = Q(created_at__gt=now - REST)
    refused = same_mailbox.filter(Q(no_reminders=True) | lately & Q(reminder=True))
    asked = ProviderLink.objects.filter(lately, service=OuterRef("pk"))
    waits = Q(service=OuterRef("pk"), state=ProviderAnswer.State.WAITING)
    return (
        due(timezone.localdate(now) + AHEAD)
        .select_related("organization")
        .annotate(mailbox=Lower(Coalesce(NullIf("email", Value("")), "organization__email")))
        .exclude(mailbox="")
        .filter(~Exists(refused), ~Exists(asked), ~Exists(ProviderAnswer.objects.filter(waits)))
        .order_by("assured_date", "pk")
        .iterator(chunk_size=500)
    )


def send_links(services: Sequence[Service], by: Any = None, *, reminder: bool = False) -> bool:
    """Sends one mailbox a link for each of these listings; False when the mail server did not take
    it, and then there are no links either."""
    email = email_of(services[0])
    links = [make_link(service, email, by, reminder=reminder) for service in services]
    try:
        message(links).send()
    except OSError:  # smtplib's errors are such, and so is a server that is not there
        ProviderLink.objects.filter(pk__in=[link.pk for link in links]).delete()
        return False
    return True
