"""One meeting on the pages of all languages: when it is, and whether it takes place."""

from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from opendoor.events.models import EventPage

FACTS = ("start", "end", "all_day", "status")


def keep_as_one(instance: EventPage, **signal: Any) -> None:
    """After a page is published: those in other languages follow the one in the site's first.

    A family who reads Spanish must not come to a hall that is closed. The words stay their own.
    """
    first = instance.get_translation_or_none(Locale.get_default())
    if first is None or not first.live:
        return
    for page in first.get_translations().live().filter(alias_of=None):
        _follow(page, first)


def _follow(page: EventPage, first: EventPage) -> None:
    """What is public changes at once; a draft that somebody is writing stays one."""
    facts = {name: getattr(first, name) for name in FACTS}
    if all(getattr(page, name) == value for name, value in facts.items()):
        return
    draft = page.get_latest_revision_as_object()
    for target in (page, draft):
        target.__dict__.update(facts)
    page.last_published_at = draft.last_published_at = timezone.now()  # calendars see it as newer
    page.save(clean=False)
    draft.save_revision(changed=False, clean=False)
