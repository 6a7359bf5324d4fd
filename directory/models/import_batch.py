from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.location import Location
from directory.models.service import Service

PLACE_CODES = {"coordinate", "zip", "state", "time-zone", "place-too-long"}


class ImportBatch(models.Model):
    """One file brought in: read, looked at by a steward, then published or dropped.

    `rows_read` of `rows_in_file` are staged; a batch that was stopped while READING goes on there.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        STAGED = "staged", _("waiting for a steward")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")
        UNDONE = "undone", _("published and undone")

    class Kind(models.TextChoices):
        TABLE = "table", _("a table of listings")
        HSDS = "hsds", _("HSDS data")

    source = models.CharField(_("source"), max_length=100)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TABLE)
    mapping = models.CharField(_("mapping"), max_length=100, blank=True)
    mapping_content = models.JSONField(default=dict, blank=True)
    whole = models.BooleanField(
        _("the whole source"),
        default=True,
        help_text=_("Listings of this source that are not in the file are set aside."),
    )
    headings = models.JSONField(_("headings"), default=list, blank=True)
    rows_in_file = models.PositiveIntegerField(_("rows in the file"), default=0)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.STAGED)
    report = models.JSONField(_("report"), default=dict)
    created_at = models.DateTimeField(_("brought in"), auto_now_add=True)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    staged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    # Published or undone, and the search index may not have followed yet.
    index_due = models.BooleanField(default=False)

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
        for kind in ("warnings", "errors"):
            if kind in self.report:
                self.report[kind] = [_without_quote(problem) for problem in self.report[kind]]
        self.save(update_fields=["report"])


class StagedRow(models.Model):
    """One row of a batch, and what publishing it does.

    `table` is "listing" for a row of a flat file, else the HSDS object's name. `values` is what
    the row says once understood, `before` what was published of it, `given` the cells as read,
    `problems` what was found in them. `root` ("service:<id at the source>") gathers the rows that
    make up one listing. An unchanged row keeps neither values nor cells.
    """

    class Action(models.TextChoices):
        CREATE = "create", _("new")
        UPDATE = "update", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        VANISH = "vanish", _("no longer in the file")
        REJECT = "reject", _("rejected")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("number in the batch"))
    table = models.CharField(_("table"), max_length=30, default="listing")
    row = models.PositiveIntegerField(_("row"), null=True, blank=True)
    source_id = models.CharField(max_length=200)
    root = models.CharField(max_length=240, blank=True)
    action = models.CharField(_("what happens"), max_length=10, choices=Action.choices)
    chosen = models.BooleanField(_("to be published"), default=True)
    digest = models.CharField(max_length=32, blank=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    duplicate_of = models.ForeignKey(
        Service,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("likely duplicate of"),
    )
    likeness = models.FloatField(_("likeness"), null=True, blank=True)
    # The number of the row of the same file that it resembles most. No foreign key: rows go by the
    # hundred thousand, and nobody should have to look who pointed at them.
    like_row = models.PositiveIntegerField(_("likely the same as row"), null=True, blank=True)
    like_score = models.FloatField(_("how alike"), null=True, blank=True)

    class Meta:
        ordering = ["batch", "number"]
        verbose_name = _("staged row")
        verbose_name_plural = _("staged rows")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="directory_staged_row_once")
        ]
        indexes = [
            models.Index(fields=["source_id"], name="directory_staged_source_id"),
            models.Index(fields=["batch", "table", "source_id"], name="directory_staged_in_batch"),
            models.Index(fields=["batch", "root"], name="directory_staged_root"),
            models.Index(fields=["batch", "action"], name="directory_staged_action"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.action}"


class SourceRowQuerySet(models.QuerySet["SourceRow"]):
    def forget_place(self, location: Location) -> None:
        """Takes the place of a location that became confidential out of all that was imported."""
        at_place = self.filter(table="listing", service__service_at_locations__location=location)
        rows = list(at_place)
        for row in rows:
            row.values = without_place(row.values)
        self.bulk_update(rows, ["values"])
        for row in rows:
            staged = StagedRow.objects.filter(
                batch__source=row.source, table=row.table, source_id=row.source_id
            )
            for kept in staged:
                kept.values, kept.before = without_place(kept.values), without_place(kept.before)
                kept.given, kept.problems = {}, []
                kept.save()
        for batch in ImportBatch.objects.filter(source__in={row.source for row in rows}):
            batch.forget_places()
        beside = StagedRow.objects.filter(
            duplicate_of__service_at_locations__location=location,
            batch__state__in=[ImportBatch.State.READING, ImportBatch.State.STAGED],
        )  # they seem to be the same listing, and may tell its place: a person looks first
        StagedRow.objects.filter(pk__in=beside.values("pk")).update(chosen=False)


class SourceRow(models.Model):
    """The last published state of a row of a source: what the next import is compared with, so
    that a steward's own edits stay until the source itself changes that value.

    `record_id` is the record that the row became, in the table's own model; `service` the service
    that it belongs to, if one. A row whose owner does not exist has no record: it waits here until
    the owner comes, and export gives it back. `set_aside`: the source no longer has the row; it
    may come back.
    """

    source = models.CharField(max_length=100)
    table = models.CharField(max_length=30, default="listing")
    source_id = models.CharField(max_length=200)
    record_id = models.UUIDField(null=True, blank=True)
    service = models.ForeignKey(
        Service, models.CASCADE, null=True, blank=True, related_name="source_rows"
    )
    values = models.JSONField(default=dict)
    set_aside = models.BooleanField(default=False)

    objects = SourceRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "table", "source_id"], name="directory_source_row_once"
            )
        ]
        indexes = [models.Index(fields=["record_id"], name="directory_source_row_record")]

    def __str__(self) -> str:
        return f"{self.source} {self.table} {self.source_id}"


class SavedMapping(models.Model):
    """How a steward said that files with these headings are read: taken again next time."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    headings = models.JSONField(_("headings"), default=list)
    content = models.JSONField(_("mapping"), default=dict)
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")

    def __str__(self) -> str:
        return self.name


def _without_quote(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem without what it quotes, when it is about a place."""
    if problem["code"] not in PLACE_CODES and not problem["code"].startswith("place-"):
        return problem
    if problem.get("params"):  # the message itself quotes
        problem = {**problem, "message": "", "template": "", "params": {}}
    return {**problem, "value": ""}


def without_place(values: dict[str, Any]) -> dict[str, Any]:
    """A listing's values with its place left out."""
    return values | {"place": None} if values else values
