"""Events on other pages: what is next, and what belongs to a programme."""

from django import template

from opendoor.events.models import EventPage
from opendoor.events.querysets import EventQuerySet
from opendoor.pages.models import ProgrammePage

register = template.Library()


@register.simple_tag
def next_events(count: int) -> EventQuerySet:
    """The next events in the reader's language."""
    return EventPage.objects.for_visitors().upcoming()[:count]


@register.simple_tag
def programme_events(programme: ProgrammePage, count: int) -> EventQuerySet:
    """The next events that name a programme, in any of its languages."""
    named = EventPage.objects.for_visitors().filter(
        programme__translation_key=programme.translation_key
    )
    return named.upcoming()[:count]
