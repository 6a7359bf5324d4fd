"""A service at one place in the CMS: the hours, phones, contacts and areas that hold there alone.

It is a part of its service, so its service's history keeps what is changed here.
"""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from directory.models import ServiceAtLocation
from directory.publishing import listings_changed
from directory.stewardship.history import remembered
from directory.viewsets.following import FollowedViewSet, WholeIndexView
from directory.viewsets.hours_preview import preview_at
from directory.viewsets.listings_place import place_form
from directory.viewsets.phones import CONTACTS_WITH, PHONES_WITH


class PlaceFilters(WagtailFilterSet):
    city = django_filters.CharFilter(
        label=_("City"),
        field_name="location__addresses__city",
        lookup_expr="icontains",
        distinct=True,
    )
    hours = django_filters.BooleanFilter(
        label=_("Hours of its own"),
        field_name="schedules",
        lookup_expr="isnull",
        exclude=True,
        distinct=True,
    )
    confidential = django_filters.BooleanFilter(
        label=_("Confidential"), field_name="location__confidential"
    )

    class Meta:
        model = ServiceAtLocation
        fields: list[str] = []


class PlaceIndexView(WholeIndexView):
    joined = ("service", "location")
    fetched = ("location__addresses",)
    default_ordering = ("service__name", "pk")


class PlaceEditView(generic.EditView):
    """Of a confidential place the form takes nothing in words: they could tell it."""

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()
        joined = found.select_related("service", "location")
        return joined.prefetch_related(*PHONES_WITH, *CONTACTS_WITH)

    def get_object(self, queryset: QuerySet[Any] | None = None) -> ServiceAtLocation:
        place: ServiceAtLocation = super().get_object(queryset)
        if place.hidden:
            self.panel = SECRET_FORM.bind_to_model(ServiceAtLocation)
            self.form_class = self.panel.get_form_class()
        return place

    def get_page_subtitle(self) -> str:
        return _named(self.object)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        service = self.object.service_id
        edit = reverse("directory_services:edit", args=[service])
        history = reverse("directory_services:history", args=[service])
        return [
            HeaderButton(say("The service"), url=edit, icon_name="edit"),
            HeaderButton(say("History of the service"), url=history, icon_name="history"),
        ]

    def get_history_url(self) -> None:
        """The service's history is this one's."""

    def get_usage_url(self) -> None:
        """It belongs to its service alone."""

    def get_success_url(self) -> str:
        return reverse("directory_services:edit", args=[self.object.service_id])

    def get_success_message(self) -> str:
        return say("%(place)s: saved.") % {"place": _named(self.object)}

    def save_instance(self) -> ServiceAtLocation:
        with remembered(self.object.service, self.request.user):
            place: ServiceAtLocation = self.form.save()
        listings_changed([place.service_id])
        return place


SECRET_FORM = place_form(secret=True)


def _named(place: ServiceAtLocation) -> str:
    return f"{place.service}: {place.location}"


def _address(place: ServiceAtLocation) -> str:
    return "; ".join(str(address) for address in place.location.addresses.all())


class PlaceViewSet(FollowedViewSet):
    model = ServiceAtLocation
    index_view_class = PlaceIndexView
    edit_view_class = PlaceEditView
    icon = "thumbtack"
    menu_label = _("Services at places")
    list_display = [
        "service",
        Column("location", label=_("Location"), sort_key="location__name"),
        Column("address", label=_("Address"), accessor=_address),
        BooleanColumn("confidential", label=_("Confidential"), accessor="hidden"),
    ]
    filterset_class = PlaceFilters
    search_fields = [
        *("service__name", "location__name"),
        *("location__addresses__address_1", "location__addresses__city", "phones__number"),
    ]
    edit_handler = place_form(secret=False)

    def get_urlpatterns(self) -> list[URLPattern]:
        here = ("index", "index_results", "edit")
        found = [url for url in super().get_urlpatterns() if url.name in here]
        return [*found, path("hours/<uuid:pk>/", preview_at, name="hours_preview")]
