"""What is coming, as an Atom feed in the language of the address."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opendoor.events.models import EventIndexPage, EventPage

LENGTH = 50


class UpcomingEventsFeed(Feed):  # type: ignore[type-arg]  # not generic at run time
    """The next events. A cancelled one stays, and says so."""

    feed_type = Atom1Feed
    title = _("Events")
    subtitle = _("What is coming next.")

    def link(self) -> str:
        index = EventIndexPage.objects.live().filter(locale__language_code=get_language()).first()
        return index.url if index else "/"

    def items(self) -> Any:
        return EventPage.objects.for_visitors().upcoming()[:LENGTH]

    def item_title(self, item: EventPage) -> str:
        return str(item.title)

    def item_description(self, item: EventPage) -> str:
        state = "" if item.status == EventPage.Status.SCHEDULED else item.get_status_display()
        return " · ".join(
            filter(None, [str(state), item.status_note, item.when, item.where, item.lead])
        )

    def item_link(self, item: EventPage) -> str:
        return str(item.url)

    def item_guid(self, item: EventPage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: EventPage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: EventPage) -> datetime | None:
        return item.last_published_at
