"""Events: the list of them, and one with its time, place and what to expect."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from opendoor.events.querysets import EventQuerySet
from opendoor.events.wording import span
from opendoor.pages.blocks import body_blocks
from opendoor.pages.fields import StreamField
from opendoor.pages.models.base import SitePage
from opendoor.pages.paging import page_of


class EventIndexPage(SitePage):
    """What is coming, by month; what has been stays to be found."""

    template = "events/event_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = _("list of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        events = EventPage.objects.child_of(self).live().public()
        past = request.GET.get("when") == "past"
        context["past"] = past
        context["page_obj"] = page_of(events.past() if past else events.upcoming(), request)
        return context


class EventPage(SitePage):
    """A meeting, a training, an open house: when, where, for whom, and whether it still stands."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("Takes place as planned")
        CANCELLED = "cancelled", _("Cancelled")
        MOVED = "moved", _("Moved to another time or place")

    template = "events/event_page.html"
    start = models.DateTimeField(_("starts"))
    end = models.DateTimeField(_("ends"))
    all_day = models.BooleanField(
        _("all day"), default=False, help_text=_("Only the dates count; the times are not shown.")
    )
    status = models.CharField(
        _("state"), max_length=10, choices=Status.choices, default=Status.SCHEDULED
    )
    status_note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("If it is cancelled or moved: why, and what people can do instead."),
    )
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    online_url = models.URLField(
        _("online at"), blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    audience = models.CharField(
        _("who it is for"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Families and carers”."),
    )
    languages_spoken = models.CharField(
        _("languages"),
        max_length=120,
        blank=True,
        help_text=_("Such as “English, with Spanish interpreters”."),
    )
    cost = models.CharField(_("cost"), max_length=120, blank=True, help_text=_("Such as “Free”."))
    accessibility = models.CharField(
        _("access"),
        max_length=300,
        blank=True,
        help_text=_("Step-free way in, sign language, quiet room, childcare."),
    )
    registration_url = models.URLField(
        _("sign up at"), blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    organizer = models.CharField(
        _("organizer"), max_length=120, blank=True, help_text=_("An office or a group.")
    )
    programme = models.ForeignKey(
        "pages.ProgrammePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("programme"),
        help_text=_("The event then shows on this programme’s page."),
    )
    body = StreamField(body_blocks(), verbose_name=_("what to expect"), blank=True)
    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("start"), FieldPanel("end")]), FieldPanel("all_day")],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("status_note")], heading=_("Does it take place?")
        ),
        MultiFieldPanel(
            [FieldPanel("place_name"), FieldPanel("address"), FieldPanel("online_url")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("languages_spoken"),
                FieldPanel("cost"),
                FieldPanel("accessibility"),
                FieldPanel("registration_url"),
            ],
            heading=_("Before you come"),
        ),
        FieldPanel("body"),
        FieldPanel("organizer"),
        FieldPanel("programme"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("place_name"),
        index.SearchField("body"),
        index.FilterField("start"),
        index.FilterField("end"),
    ]
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="events_end_not_before_start",
                violation_error_message=_("An event cannot end before it starts."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("An event cannot end before it starts.")})

    @property
    def when(self) -> str:
        """Date and times in words."""
        return span(self.start, self.end, self.all_day)

    @property
    def where(self) -> str:
        """Place and address in one line."""
        return ", ".join(filter(None, [self.place_name, self.address]))

    @property
    def month(self) -> date:
        """The first day of the month it starts in, for lists by month."""
        return timezone.localtime(self.start).date().replace(day=1)

    @property
    def state(self) -> str:
        """What has changed, in a word; nothing when it takes place as planned."""
        words = {self.Status.CANCELLED: _("Cancelled"), self.Status.MOVED: _("Moved")}
        return str(words.get(self.Status(self.status), ""))

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.status == self.Status.MOVED

    @property
    def is_past(self) -> bool:
        return bool(self.end < timezone.now())
