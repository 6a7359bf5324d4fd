"""Every address of the site (the table in docs/architecture.md)."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from directory.urls import api_urlpatterns
from opendoor import health

urlpatterns = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("robots.txt", health.robots),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("api/", include(api_urlpatterns)),
]

urlpatterns += i18n_patterns(
    path("directory/", include("directory.urls")),
    path("transparency/", include("transparency.urls")),
    path("events/", include("opendoor.events.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler404 = "opendoor.errors.not_found"
handler500 = "opendoor.errors.server_error"
