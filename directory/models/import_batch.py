from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


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
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.source} {self.created_at:%Y-%m-%d %H:%M}"


class StagedRow(models.Model):
    """One row of a batch as it will be published; `values` is a directory.imports.listing.Listing."""

    class Action(models.TextChoices):
        CREATE = "create", _("new")
        UPDATE = "update", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        REJECT = "reject", _("rejected")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))
    source_id = models.CharField(max_length=200)
    action = models.CharField(_("what happens"), max_length=10, choices=Action.choices)
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["row"]
        verbose_name = _("staged row")
        verbose_name_plural = _("staged rows")
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="directory_staged_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.action}"
