"""Keeps machines away from forms that strangers post, without a cookie (the site sets none).

Four checks: the browser says the form is ours (Sec-Fetch-Site, else Origin), a signed token that is
neither too young nor too old, a field that only machines fill in, and a ceiling on how often.
`check` raises `Refused`, whose text is for the visitor.
"""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.ceiling import Ceiling

YOUNGEST = 3  # seconds: nobody reads and fills in a form faster
OLDEST = 24 * 60 * 60
TOKEN, TRAP = "token", "subject"  # names of the two fields that a guarded form carries


class Refused(Exception):
    """A form that is not taken; `text` tells the visitor why and what to do."""

    def __init__(self, text: str | Promise, status: int = 400) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


@dataclass(frozen=True)
class Guard:
    """Guards one kind of form; `purpose` keeps the tokens of two kinds apart. `hides_origin`: the
    page sends no referrer, so a browser that has no Sec-Fetch-Site gives its origin as "null".
    """

    purpose: str
    ceiling: Ceiling
    hides_origin: bool = False

    def token(self, request: HttpRequest) -> str:
        """What the form carries in its hidden field TOKEN: the one it had, if that still holds,
        so that a visitor who mends an error need not wait again.
        """
        had = request.POST.get(TOKEN, "")
        return had if self._age(had) is not None else self._signer().sign(self.purpose)

    def check(self, request: HttpRequest) -> None:
        """Raises Refused unless a person on our own page seems to have sent this."""
        if not from_our_page(request, hides_origin=self.hides_origin):
            raise Refused(_("This was sent from another website. Please send it from here."), 403)
        if request.POST.get(TRAP):
            raise Refused(_("Leave the field named “Leave this empty” empty, then send again."))
        self._check_token(request.POST.get(TOKEN, ""))

    def admit(self, request: HttpRequest) -> None:
        """Counts a form that will be kept. Raises Refused when there were too many."""
        if not self.ceiling.admits(client_address(request)):
            raise Refused(_("Too many were sent in the last hour. Please try again later."), 429)

    def _check_token(self, token: str) -> None:
        age = self._age(token)
        if age is None:
            raise Refused(_("The page was open for too long. Please send again."))
        if age < YOUNGEST:
            raise Refused(_("That was very fast. Please wait a moment, then send again."))

    def _age(self, token: str) -> float | None:
        """Seconds since the token was signed; None when it is not ours or too old."""
        try:
            self._signer().unsign(token, max_age=OLDEST)
        except BadSignature:
            return None
        signed_at = b62_decode(token.rsplit(":", 2)[1])
        return time.time() - signed_at

    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=f"directory.guard.{self.purpose}")


def from_our_page(request: HttpRequest, *, hides_origin: bool = False) -> bool:
    """What the browser says; a browser that says nothing is too old to be turned away for it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin == "null" and hides_origin:
        return True
    return origin is None or urlsplit(origin).netloc == request.get_host()


def client_address(request: HttpRequest) -> str:
    """The visitor's address as the outermost of our own proxies saw it. Never kept or logged."""
    proxies: int = settings.OPENDOOR_TRUSTED_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(seen) >= proxies and seen[-proxies]:
        return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
