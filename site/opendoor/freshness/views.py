from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from opendoor.freshness.publication import SLUG, descriptor
from transparency.models import Dataset
from transparency.schema import Schema


@require_safe
def freshness(request: HttpRequest) -> HttpResponse:
    """To the newest figures; before the first month is counted, what will be counted and when."""
    if Dataset.objects.public().filter(slug=SLUG).exists():
        return redirect("transparency:dataset", SLUG)
    context = {"schema": Schema.read(descriptor())}
    return render(request, "freshness/not_yet.html", context)
