"""Calendar files of events; the pages themselves are Wagtail's."""

from django.urls import path

from opendoor.events.feeds import UpcomingEventsFeed
from opendoor.events.views import all_events, one_event

app_name = "events"
urlpatterns = [
    path("calendar.ics", all_events, name="calendar"),
    path("feed.atom", UpcomingEventsFeed(), name="feed"),
    path("<str:slug>.ics", one_event, name="event-calendar"),
]
