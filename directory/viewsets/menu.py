"""The directory's own part of the CMS menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from directory.viewsets.desk import DeskViewSet
from directory.viewsets.duplicates import DuplicateViewSet
from directory.viewsets.holidays import HolidayCalendarViewSet
from directory.viewsets.imports import ImportViewSet
from directory.viewsets.listings import LocationViewSet, OrganizationViewSet, ServiceViewSet
from directory.viewsets.places import PlaceViewSet
from directory.viewsets.reports import ProblemReportViewSet
from directory.viewsets.terms import TermViewSet


class DirectoryGroup(ViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "list-ul"
    menu_order = 210
    items = (
        DeskViewSet("directory_desk", url_prefix="directory/desk"),
        ServiceViewSet("directory_services", url_prefix="directory/services"),
        OrganizationViewSet("directory_organizations", url_prefix="directory/organizations"),
        LocationViewSet("directory_locations", url_prefix="directory/locations"),
        PlaceViewSet("directory_places", url_prefix="directory/places"),
        HolidayCalendarViewSet("directory_holidays", url_prefix="directory/holidays"),
        ProblemReportViewSet("directory_reports", url_prefix="directory/reports"),
        ImportViewSet("directory_imports", url_prefix="directory/imports"),
        DuplicateViewSet("directory_duplicates", url_prefix="directory/duplicates"),
        TermViewSet("directory_terms", url_prefix="directory/terms"),
    )
