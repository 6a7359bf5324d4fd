"""Holiday calendars in the CMS: entered once, closed for every service that chooses one."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel
from wagtail.admin.ui.tables import Column, DateColumn

from directory.models import Holiday, HolidayCalendar
from directory.publishing import listings_changed, services_of
from directory.us_holidays import federal_holidays
from directory.viewsets.following import FollowedViewSet, WholeIndexView

TWO_YEARS = timedelta(days=731)


class HolidayIndexView(WholeIndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        ahead = Q(holidays__date__gte=timezone.localdate())
        base: QuerySet[Any] = super().get_base_queryset()
        listed: QuerySet[Any] = base.annotate(
            days=Count("holidays", filter=ahead, distinct=True),
            until=Max("holidays__date"),
            used=Count("services", distinct=True),
        )
        return listed


class HolidayCalendarViewSet(FollowedViewSet):
    model = HolidayCalendar
    index_view_class = HolidayIndexView
    icon = "calendar-alt"
    menu_label = gettext_lazy("Holidays")
    list_display = [
        "name",
        Column("days", label=gettext_lazy("Days to come")),
        DateColumn("until", label=gettext_lazy("Filled in until")),
        Column("used", label=gettext_lazy("Services")),
    ]
    search_fields = ["name", "holidays__name"]
    panels = [
        FieldPanel("name"),
        HelpPanel(template="directory/admin/federal_holidays.html"),
        InlinePanel(
            "holidays",
            label=gettext_lazy("Holiday"),
            panels=[
                FieldPanel("date"),
                FieldRowPanel([FieldPanel("name"), FieldPanel("name_es")]),
            ],
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("federal/", start_federal, name="federal_start"),
            path("<int:pk>/federal/", add_federal, name="federal"),
        ]


@require_POST
def start_federal(request: HttpRequest) -> HttpResponse:
    """A calendar that begins with the federal holidays; the one that is there, filled up."""
    _allow(request, "directory.add_holidaycalendar")
    calendar, _new = HolidayCalendar.objects.get_or_create(name=_("Federal holidays"))
    return _filled(request, calendar)


@require_POST
def add_federal(request: HttpRequest, pk: int) -> HttpResponse:
    _allow(request, "directory.change_holidaycalendar")
    return _filled(request, get_object_or_404(HolidayCalendar, pk=pk))


def _allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _filled(request: HttpRequest, calendar: HolidayCalendar) -> HttpResponse:
    count = fill(calendar, timezone.localdate())
    text = ngettext("%(count)s holiday was added.", "%(count)s holidays were added.", count)
    messages.success(request, text % {"count": count})
    return redirect("directory_holidays:edit", calendar.pk)


@transaction.atomic
def fill(calendar: HolidayCalendar, today: date) -> int:
    """Adds the federal holidays of the coming two years that are not there; says how many."""
    there = set(Holiday.objects.filter(calendar=calendar).values_list("date", flat=True))
    coming = federal_holidays(today, today + TWO_YEARS)
    new = [
        Holiday(calendar=calendar, date=day, name=found.name, name_es=found.name_es)
        for day, found in coming.items()
        if day not in there
    ]
    Holiday.objects.bulk_create(new)
    listings_changed(services_of(calendar))
    return len(new)
