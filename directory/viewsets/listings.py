"""Services, organizations and locations in the CMS."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn

from directory.models import Location, Organization, Service, TaxonomyTerm
from directory.viewsets.days import DaysWidget
from directory.viewsets.following import FollowedViewSet, WholeIndexView

PHONES = InlinePanel(
    "phones",
    label=_("Phone"),
    panels=[
        FieldRowPanel([FieldPanel("number"), FieldPanel("extension"), FieldPanel("type")]),
        FieldRowPanel([FieldPanel("description"), FieldPanel("priority")]),
    ],
)
NOT_UNDERSTOOD = HelpPanel(template="directory/admin/as_given.html")


class ServiceFilters(WagtailFilterSet):
    need = django_filters.ModelChoiceFilter(
        label=_("Need"),
        field_name="attributes__taxonomy_term",
        queryset=TaxonomyTerm.objects.filter(taxonomy__slug="need"),
    )
    assured_before = django_filters.DateFilter(
        label=_("Last checked before"), field_name="assured_date", lookup_expr="lt"
    )
    organization = django_filters.CharFilter(
        label=_("Organization"), field_name="organization__name", lookup_expr="icontains"
    )

    class Meta:
        model = Service
        fields = ["status", "availability", "telehealth", "accepts_drop_off"]


TEXTS = [
    FieldPanel("description"),
    FieldPanel("what_happens"),
    FieldPanel("application_process"),
    FieldPanel("eligibility_description"),
    FieldPanel("fees_description"),
]


class ServiceIndexView(WholeIndexView):
    joined = ("organization",)


class ServiceViewSet(FollowedViewSet):
    model = Service
    index_view_class = ServiceIndexView
    icon = "help"
    menu_label = _("Services")
    list_display = [
        "name",
        Column("organization", label=_("Organization"), sort_key="organization__name"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("assured_date", label=_("Last checked on"), sort_key="assured_date"),
        UpdatedAtColumn(),
    ]
    filterset_class = ServiceFilters
    search_fields = ["name", "alternate_name", "organization__name", "phones__number"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("alternate_name"),
                    FieldPanel("organization"),
                    FieldRowPanel([FieldPanel("status"), FieldPanel("availability")]),
                    FieldRowPanel([FieldPanel("url"), FieldPanel("email")]),
                    FieldRowPanel([FieldPanel("assured_date"), FieldPanel("assurer_role")]),
                    PHONES,
                    NOT_UNDERSTOOD,
                ],
                heading=_("Listing"),
            ),
            ObjectList(
                [
                    *TEXTS,
                    FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("maximum_age")]),
                    FieldRowPanel([FieldPanel("telehealth"), FieldPanel("accepts_drop_off")]),
                    FieldPanel("interpretation_services"),
                ],
                heading=_("What to expect"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "attributes", label=_("Term"), panels=[FieldPanel("taxonomy_term")]
                    ),
                    InlinePanel(
                        "languages",
                        label=_("Language"),
                        panels=[FieldRowPanel([FieldPanel("code"), FieldPanel("note")])],
                    ),
                ],
                heading=_("Needs, people, languages"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "service_at_locations",
                        label=_("Location"),
                        panels=[FieldPanel("location"), FieldPanel("description")],
                    ),
                    InlinePanel(
                        "schedules",
                        label=_("Hours"),
                        panels=[
                            FieldPanel("byday", widget=DaysWidget),
                            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                            FieldPanel("description"),
                        ],
                    ),
                ],
                heading=_("Places and hours"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "translations",
                        label=_("Translation"),
                        panels=[FieldPanel("language"), FieldPanel("name"), *TEXTS],
                    )
                ],
                heading=_("In other languages"),
            ),
        ]
    )


class OrganizationViewSet(FollowedViewSet):
    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    list_display = ["name", "website", UpdatedAtColumn()]
    search_fields = ["name", "alternate_name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("alternate_name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("website"), FieldPanel("email")]),
        PHONES,
    ]


def _address(location: Location) -> str:
    return "; ".join(str(address) for address in location.addresses.all())


class LocationIndexView(WholeIndexView):
    joined = ("organization",)
    fetched = ("addresses",)


class LocationViewSet(FollowedViewSet):
    model = Location
    index_view_class = LocationIndexView
    icon = "site"
    menu_label = _("Locations")
    list_display = [
        "name",
        Column("organization", label=_("Organization"), sort_key="organization__name"),
        Column("address", label=_("Address"), accessor=_address),
        BooleanColumn("confidential", label=_("Confidential")),
    ]
    list_filter = ["confidential"]
    search_fields = ["name", "organization__name", "addresses__address_1", "addresses__city"]
    panels = [
        FieldPanel("name"),
        FieldPanel("organization"),
        MultiFieldPanel([FieldPanel("confidential")], heading=_("A place to keep secret")),
        InlinePanel(
            "addresses",
            label=_("Address"),
            panels=[
                FieldPanel("address_1"),
                FieldPanel("address_2"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("state_province")]),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("zip4")]),
                FieldRowPanel([FieldPanel("region"), FieldPanel("country")]),
                FieldPanel("address_type"),
            ],
        ),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("time_zone"),
        FieldPanel("description"),
        FieldPanel("transportation"),
        PHONES,
        NOT_UNDERSTOOD,
    ]
