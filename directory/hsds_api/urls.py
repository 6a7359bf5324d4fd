"""Addresses of the API; the site mounts them at /hsds/, after docs_urls.py, whose page is of the
site's languages.
"""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from directory.hsds_api.resources import RESOURCES
from directory.hsds_api.views import absent, index, openapi, several, single


class AnythingConverter(StringConverter):
    """All that an address may hold, slashes and line breaks too: it is answered as JSON."""

    regex = r"(?s:.+)"


register_converter(AnythingConverter, "anything")
app_name = "hsds"
urlpatterns: list[URLPattern] = [
    path("", index, name="index"),
    path("openapi.json", openapi, name="openapi"),
]
for resource in RESOURCES:
    found = {"resource": resource}
    urlpatterns += [
        path(resource.path, several, found, name=resource.path),
        path(f"{resource.path}/<anything:pk>", single, found, name=resource.object),
    ]
urlpatterns.append(path("<anything:rest>", absent))
