"""Takes in what a provider sends about their listing, and keeps it until a steward has read it.

Nothing they send is public by itself. Of each link at most one answer waits: what is sent later
takes its place, so that whoever holds a link cannot fill the stewards' desk.
"""

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.ceiling import Ceiling
from directory.guard import Guard, Refused
from directory.imports.text import clean_text
from directory.models import ProviderAnswer, ProviderLink
from directory.stewardship.answers import ProviderForm

# The page tells no other site where it is, so an old browser sends the origin "null" from it.
GUARD = Guard("provider-answer", Ceiling(each=10, all=300, seconds=3600), hides_origin=True)
OF_A_LINK = Ceiling(each=10, all=300, seconds=3600)
State = ProviderAnswer.State


def waiting(link: ProviderLink) -> ProviderAnswer | None:
    """What was sent by this link and nobody has read yet."""
    return ProviderAnswer.objects.filter(link=link, state=State.WAITING).first()


def read(link: ProviderLink) -> ProviderAnswer | None:
    """The newest answer of this link that a steward has decided on."""
    return ProviderAnswer.objects.filter(link=link).exclude(state=State.WAITING).first()


def receive(request: HttpRequest, form: ProviderForm, link: ProviderLink) -> int:
    """Keeps the answer if it may be kept; errors stand on the form. Returns the HTTP status."""
    try:
        GUARD.check(request)
        if not form.is_valid():
            return 400
        GUARD.admit(request)
        _admit(link)
    except Refused as refusal:
        form.add_error(None, str(refusal.text))
        return refusal.status
    _keep(form, link)
    return 302


def _admit(link: ProviderLink) -> None:
    """A link may be passed around: the limit holds wherever it is used from."""
    if not OF_A_LINK.admits(link.pk.hex):
        text = _("This link was used too often in the last hour. Please try again later.")
        raise Refused(text, 429)


@transaction.atomic
def _keep(form: ProviderForm, link: ProviderLink) -> None:
    ProviderLink.objects.select_for_update().get(pk=link.pk)  # of two at once the later one stays
    before, values = form.answered(), form.corrections()
    note, closed = clean_text(form.cleaned_data["note"], lines=True), form.cleaned_data["closed"]
    ProviderAnswer.objects.filter(link=link, state=State.WAITING).delete()  # or it is withdrawn
    if before or note or closed:
        ProviderAnswer.objects.create(
            service=link.service,
            link=link,
            confirmed=not values and not closed and len(before) == len(form.said),
            closed=closed,
            values=values,
            before=before,
            note=note,
        )
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
    ProviderLink.objects.filter(email__iexact=link.email).update(
        no_reminders=form.cleaned_data["no_reminders"]
    )
