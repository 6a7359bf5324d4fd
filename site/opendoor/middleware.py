"""Policies that depend on where a response goes."""

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from opendoor.context import profile_for


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


class DemonstrationMiddleware(MiddlewareMixin):
    """Keeps a demonstration, HTML or not, out of search engines (rule 10 of the design)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if profile_for(request).demonstration:
            response["X-Robots-Tag"] = "noindex"
        return response
