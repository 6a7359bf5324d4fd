from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.location import Location
from directory.models.service import Service

PLACE_CODES = {"coordinate", "zip", "state", "time-zone", "place-too-long"}


class ImportBatch(models.Model):
    """One file brought in: staged, looked at by a steward, then published or dropped."""

    class State(models.TextChoices):
        STAGED = "staged", _("waiting for a steward")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")

    source = models.CharField(_("source"), max_length=100)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    mapping = models.CharField(_("mapping"), max_length=100)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.STAGED)
    report = models.JSONField(_("report"), default=dict)
    created_at = models.DateTimeField(_("brought in"), auto_now_add=True)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.source} {timezone.localtime(self.created_at):%Y-%m-%d %H:%M}"

    @property
    def finished(self) -> bool:
        """Whether the whole file was staged; its report is written last."""
        return bool(self.report)

    def forget_places(self) -> None:
        """Takes what the report quotes of places out; which rows it is about, it does not know."""
        for problem in self.report.get("warnings", []):
            if problem["code"] in PLACE_CODES:
                problem["value"] = ""
        self.save(update_fields=["report"])


class StagedRow(models.Model):
    """One row of a batch that changes something or is rejected; unchanged rows are only counted.

    `values` is a directory.imports.listing.Listing, `given` the cells as read, `problems` what
    was found in them.
    """

    class Action(models.TextChoices):
        CREATE = "create", _("new")
        UPDATE = "update", _("changed")
        REJECT = "reject", _("rejected")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))
    source_id = models.CharField(max_length=200)
    action = models.CharField(_("what happens"), max_length=10, choices=Action.choices)
    values = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["row"]
        verbose_name = _("staged row")
        verbose_name_plural = _("staged rows")
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="directory_staged_row_once")
        ]
        indexes = [models.Index(fields=["source_id"], name="directory_staged_source_id")]

    def __str__(self) -> str:
        return f"{self.row} {self.action}"


class SourceRowQuerySet(models.QuerySet["SourceRow"]):
    def forget_place(self, location: Location) -> None:
        """Takes the place of a location that became confidential out of all that was imported."""
        rows = list(self.filter(service__service_at_locations__location=location))
        for row in rows:
            row.values = without_place(row.values)
        self.bulk_update(rows, ["values"])
        for row in rows:
            staged = StagedRow.objects.filter(batch__source=row.source, source_id=row.source_id)
            for kept in staged:
                kept.values, kept.given, kept.problems = without_place(kept.values), {}, []
                kept.save()
        for batch in ImportBatch.objects.filter(source__in={row.source for row in rows}):
            batch.forget_places()


class SourceRow(models.Model):
    """The last published listing of a row of a source: what the next import is compared with,
    so that a steward's own edits stay until the source itself changes that value.
    """

    source = models.CharField(max_length=100)
    source_id = models.CharField(max_length=200)
    service = models.ForeignKey(Service, models.CASCADE, related_name="source_rows")
    values = models.JSONField(default=dict)

    objects = SourceRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], name="directory_source_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


def without_place(values: dict[str, Any]) -> dict[str, Any]:
    """A listing's values with its place left out."""
    return values | {"place": None} if values else values
