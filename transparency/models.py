"""What the record keeps: datasets, what waits to be published, and what was published for ever."""

import json
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from transparency.schema import Schema


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Sets of datasets."""

    def public(self, now: datetime | None = None) -> "DatasetQuerySet":
        """Those with a release that may be read."""
        readable = Release.objects.public(now).filter(dataset=models.OuterRef("pk"))
        return self.filter(models.Exists(readable))


class Dataset(models.Model):
    """A table that is published again and again; `descriptor` says what it is.

    The format is in docs/data-stewards.md. `title` and `place` repeat the descriptor's English,
    for lists and choosers in the CMS.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200, editable=False)
    place = models.CharField(_("place"), max_length=200, editable=False)
    descriptor = models.JSONField(_("definition"))
    needs_approval = models.BooleanField(_("a second person approves"), default=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")

    def __str__(self) -> str:
        return f"{self.title} ({self.place})"

    def get_absolute_url(self) -> str:
        return reverse("transparency:dataset", args=[self.slug])

    @cached_property
    def schema(self) -> Schema:
        """The descriptor, read."""
        return Schema.read(self.descriptor)

    def latest(self, now: datetime | None = None) -> "Release | None":
        """The newest release that may be read."""
        return self.releases.public(now).first()


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Sets of releases."""

    def public(self, now: datetime | None = None) -> "ReleaseQuerySet":
        """Those whose time has come: an embargo is a condition at reading time."""
        return self.filter(published_at__lte=now or timezone.now())

    def latest_of_each(self, now: datetime | None = None) -> "ReleaseQuerySet":
        """The newest readable release of every dataset, in one query."""
        newest = (
            Release.objects.public(now)
            .filter(dataset=models.OuterRef("dataset"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest)).select_related("dataset")

    def light(self) -> "ReleaseQuerySet":
        """Without the stored bytes, for lists."""
        return self.defer("content", "schema_content")


class Release(models.Model):
    """A version of a dataset as it was published.

    The database refuses to change or delete a row (`transparency.immutable`). It holds published
    numbers alone, never a true cell that was suppressed; and no person, whose account may go.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    notes = models.TextField(_("notes"), blank=True)
    override_reason = models.TextField(_("why totals were allowed"), blank=True)
    role = models.CharField(_("published by"), max_length=150)
    approved_role = models.CharField(_("approved by"), max_length=150, blank=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    schema_content = models.BinaryField()
    schema_sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["dataset", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        permissions = [("approve_release", "Can approve a release as the second person")]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="transparency_release_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("transparency:version", args=[self.dataset.slug, self.number])

    @cached_property
    def schema(self) -> Schema:
        """The definitions as they were when this version was published."""
        return Schema.read(json.loads(bytes(self.schema_content)))

    def record(self) -> dict[str, Any]:
        """What `digest` covers: a later version names it, so no version can be swapped unseen."""
        return {
            "dataset": self.dataset.slug,
            "version": self.number,
            "published_at": self.published_at.isoformat(),
            "notes": self.notes,
            "override_reason": self.override_reason,
            "role": self.role,
            "approved_role": self.approved_role,
            "sha256": self.sha256,
            "schema_sha256": self.schema_sha256,
            "previous": self.previous,
        }


class Draft(models.Model):
    """A table that passed validation and disclosure control and waits for a person.

    It holds what would be published, never the uploaded file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PUBLISHED = "published", _("published")
        DROPPED = "dropped", _("dropped")

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="drafts")
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    notes = models.TextField(_("notes"), blank=True)
    override_reason = models.TextField(_("why totals are allowed"), blank=True)
    embargo = models.DateTimeField(_("not before"), null=True, blank=True)
    content = models.BinaryField()
    schema_content = models.BinaryField()
    made_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    release = models.OneToOneField(Release, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("draft release")
        verbose_name_plural = _("draft releases")

    def __str__(self) -> str:
        return f"{self.dataset} #{self.pk}"
