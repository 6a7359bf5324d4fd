"""Every address of the site (the table in docs/architecture.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from directory.urls import api_urlpatterns
from opendoor import health, media
from opendoor.freshness.views import freshness

# Wagtail's second way to sign in has a page of its own, without the crisis lines.
TO_SIGN_IN = RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)

urlpatterns = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("robots.txt", health.robots),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", media.picture),
    path("_util/login/", TO_SIGN_IN),
    path("api/", include(api_urlpatterns)),
    *i18n_patterns(
        path("hsds/", include("directory.hsds_api.docs_urls")), prefix_default_language=False
    ),
    path("hsds/", include("directory.hsds_api.urls")),
]

urlpatterns += i18n_patterns(
    path("directory/freshness/", freshness, name="freshness"),
    path("directory/", include("directory.urls")),
    path("transparency/", include("transparency.urls")),
    path("events/", include("opendoor.events.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "opendoor.errors.refused"
handler403 = "opendoor.errors.forbidden"
handler404 = "opendoor.errors.not_found"
handler500 = "opendoor.errors.server_error"
