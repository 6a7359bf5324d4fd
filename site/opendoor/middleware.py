"""Policies that depend on where a response goes."""

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from opendoor.context import profile_for
from opendoor.errors import refused

MOST_FROM_STRANGERS = 100_000  # bytes: the longest form that a visitor fills in is a quarter of it


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; Wagtail's own under /cms/ alone, which may frame previews."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if getattr(request, "is_preview", False):
            parts.replace = {"frame-ancestors": [SELF]}
        elif request.path.startswith("/cms/"):
            parts.config = settings.CMS_CONTENT_SECURITY_POLICY
        return parts


class StrangersMiddleware(MiddlewareMixin):
    """Reads no large body of somebody who is not signed in: a file would fill the disk."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if _length(request) <= MOST_FROM_STRANGERS or request.user.is_authenticated:
            return None
        return refused(request, RequestDataTooBig(), status=413)


def _length(request: HttpRequest) -> int:
    """As WSGI reads it: a length that is none counts as no body."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class DemonstrationMiddleware(MiddlewareMixin):
    """Keeps a demonstration, HTML or not, out of search engines (rule 10 of the design)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if profile_for(request).demonstration:
            response["X-Robots-Tag"] = "noindex"
        return response
