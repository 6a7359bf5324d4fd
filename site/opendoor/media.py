"""Uploaded files that anyone may have: the pictures that pages show."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

PUBLIC = "images/"  # Wagtail's renditions


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition. Documents have a view of their own, which knows who may read them, and a
    picture as it was uploaded may say where it was taken.
    """
    if not posixpath.normpath(path).startswith((PUBLIC, "..")):  # `serve` refuses the latter
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
