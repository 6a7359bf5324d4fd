from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from opendoor.freshness.publication import SLUG
from transparency.models import Dataset


@require_safe
def freshness(request: HttpRequest) -> HttpResponse:
    """To the newest figures; before the first month is counted, to all figures."""
    if Dataset.objects.public().filter(slug=SLUG).exists():
        return redirect("transparency:dataset", SLUG)
    return redirect("transparency:index")
