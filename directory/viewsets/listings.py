"""Services, organizations and locations in the CMS."""

import django_filters
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn

from directory.models import Location, Organization, Service, TaxonomyTerm
from directory.viewsets.following import FollowedViewSet, WholeIndexView
from directory.viewsets.hours_preview import preview
from directory.viewsets.import_changes import ImportChangesView
from directory.viewsets.listings_edit import (
    LocationEditView,
    OrganizationEditView,
    ServiceEditView,
)
from directory.viewsets.listings_location import location_form
from directory.viewsets.listings_organization import organization_form
from directory.viewsets.listings_service import service_form
from directory.viewsets.map_picker import find_place, near_point
from directory.viewsets.times import DateInput


class ServiceFilters(WagtailFilterSet):
    need = django_filters.ModelChoiceFilter(
        label=_("Need"),
        field_name="attributes__taxonomy_term",
        queryset=TaxonomyTerm.objects.filter(taxonomy__slug="need"),
    )
    assured_before = django_filters.DateFilter(
        label=_("Last checked before"),
        field_name="assured_date",
        lookup_expr="lt",
        widget=DateInput,
    )
    unchecked = django_filters.BooleanFilter(
        label=_("Never checked"), field_name="assured_date", lookup_expr="isnull"
    )
    organization = django_filters.CharFilter(
        label=_("Organization"), field_name="organization__name", lookup_expr="icontains"
    )
    city = django_filters.CharFilter(
        label=_("City"),
        field_name="service_at_locations__location__addresses__city",
        lookup_expr="icontains",
        distinct=True,
    )

    class Meta:
        model = Service
        fields = [
            "status",
            "availability",
            "holidays",
            "telehealth",
            "accepts_drop_off",
            "assigned_to",
        ]


class ServiceIndexView(WholeIndexView):
    joined = ("organization", "assigned_to")


class ServiceViewSet(FollowedViewSet):
    model = Service
    index_view_class = ServiceIndexView
    edit_view_class = ServiceEditView
    icon = "help"
    menu_label = _("Services")
    list_display = [
        "name",
        Column("organization", label=_("Organization"), sort_key="organization__name"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("assigned_to", label=_("Steward"), sort_key="assigned_to__username"),
        Column("assured_date", label=_("Last checked on"), sort_key="assured_date"),
        UpdatedAtColumn(),
    ]
    filterset_class = ServiceFilters
    search_fields = ["name", "alternate_name", "organization__name", "phones__number"]
    edit_handler = service_form()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("hours/", preview, name="hours_preview"),
            path(
                "history/<uuid:pk>/import/<int:batch>/",
                ImportChangesView.as_view(),
                name="import_changes",
            ),
        ]


class OrganizationIndexView(WholeIndexView):
    joined = ("parent_organization",)


class OrganizationViewSet(FollowedViewSet):
    model = Organization
    index_view_class = OrganizationIndexView
    edit_view_class = OrganizationEditView
    icon = "group"
    menu_label = _("Organizations")
    list_display = [
        "name",
        Column("parent_organization", label=_("Part of"), sort_key="parent_organization__name"),
        "website",
        UpdatedAtColumn(),
    ]
    list_filter = ["unknown"]
    search_fields = [
        "name",
        "alternate_name",
        "programs__name",
        "organization_identifiers__identifier",
    ]
    edit_handler = organization_form()


def _address(location: Location) -> str:
    return "; ".join(str(address) for address in location.addresses.all())


class LocationIndexView(WholeIndexView):
    joined = ("organization",)
    fetched = ("addresses",)


class LocationViewSet(FollowedViewSet):
    model = Location
    index_view_class = LocationIndexView
    edit_view_class = LocationEditView
    icon = "site"
    menu_label = _("Locations")
    list_display = [
        "name",
        Column("organization", label=_("Organization"), sort_key="organization__name"),
        Column("address", label=_("Address"), accessor=_address),
        BooleanColumn("confidential", label=_("Confidential")),
    ]
    list_filter = ["confidential", "location_type"]
    search_fields = ["name", "organization__name", "addresses__address_1", "addresses__city"]
    edit_handler = location_form()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("place/", find_place, name="find_place"),
            path("near/", near_point, name="near_point"),
        ]
