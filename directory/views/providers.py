"""The page on which a provider answers for their own listing. No account, no cookie, no JavaScript.

Its address is a secret that was sent by e-mail: no other site learns of it (no referrer), no search
engine keeps it, no cache stores it, and our logs mask it (opendoor.logs).
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory.guard import TOKEN, TRAP
from directory.models import ProviderLink, Service
from directory.stewardship.answers import ProviderForm
from directory.stewardship.provider_links import LinkEnded, NoSuchLink, link_of
from directory.stewardship.receiving import GUARD, read, receive, waiting
from directory.stewardship.shown import shown

View = Callable[[HttpRequest, ProviderLink], HttpResponse]


def behind_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Calls the view with the link that the token stands for; keeps every answer private."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, link_of(token))
        except (NoSuchLink, LinkEnded) as error:
            ended = isinstance(error, LinkEnded)
            context = {"ended": ended}
            response = render(
                request, "directory/provider_gone.html", context, status=410 if ended else 404
            )
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def provider(request: HttpRequest, link: ProviderLink) -> HttpResponse:
    """The listing field by field; what the provider sends waits for a steward."""
    service = Service.objects.with_details().get(pk=link.service_id)
    said, sent, status = shown(service), waiting(link), 200
    form = ProviderForm(said, link, sent)
    if request.method == "POST":
        form = ProviderForm(said, link, sent, request.POST)
        status = receive(request, form, link)
        if status == 302:
            return redirect(f"{request.path}thanks/")
    context = {
        "name": service.name,
        "organization": service.organization.name,
        "form": form,
        "sent": sent,
        "read": None if sent else read(link),
        "token_name": TOKEN,
        "token": GUARD.token(request),
        "trap_name": TRAP,
    }
    return render(request, "directory/provider.html", context, status=status)


@require_safe
@behind_link
def provider_thanks(request: HttpRequest, link: ProviderLink) -> HttpResponse:
    """Says that the answer arrived and what happens now."""
    return render(request, "directory/provider_thanks.html", {"name": link.service.name})
