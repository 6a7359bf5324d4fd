"""Sets of events."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import PageQuerySet


class EventQuerySet(PageQuerySet):
    """An event counts as upcoming until it has ended."""

    def for_visitors(self) -> "EventQuerySet":
        """What anyone may see, in the language of the request."""
        return self.live().public().filter(locale__language_code=get_language())

    def upcoming(self, now: datetime | None = None) -> "EventQuerySet":
        """What is on or still to come, the next first."""
        return self.filter(end__gte=now or timezone.now()).order_by("start", "pk")

    def past(self, now: datetime | None = None) -> "EventQuerySet":
        """What has been, the latest first."""
        return self.filter(end__lt=now or timezone.now()).order_by("-start", "-pk")
