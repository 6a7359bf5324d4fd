"""Likely duplicates in the CMS: side by side, then merged or kept apart."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_tasks import task
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from directory.duplicates.finding import find_all
from directory.duplicates.merging import MergeRefused, keep_apart, merge, separate
from directory.logbook import MERGED, SEPARATED
from directory.models import DuplicatePair, Service
from directory.publishing import listings_changed
from directory.stewardship.history import remembered
from directory.viewsets.following import WholeIndexView
from directory.viewsets.side_by_side import side_by_side, taken_by

SIDES = ("left", "right")
# Who may change services decides which of them are one.
register_permission_policy(DuplicatePair, ModelPermissionPolicy(Service))


class DuplicateFilters(WagtailFilterSet):
    decision = django_filters.ChoiceFilter(
        label=gettext_lazy("Decision"), choices=DuplicatePair.Decision.choices
    )
    organization = django_filters.CharFilter(
        label=gettext_lazy("Organization"), method="of_organization"
    )
    likeness = django_filters.NumberFilter(
        label=gettext_lazy("At least so alike (0 to 1)"), field_name="score", lookup_expr="gte"
    )

    class Meta:
        model = DuplicatePair
        fields: list[str] = []

    def of_organization(
        self, found: QuerySet[DuplicatePair], _name: str, text: str
    ) -> QuerySet[DuplicatePair]:
        return found.filter(
            Q(first__organization__name__icontains=text)
            | Q(second__organization__name__icontains=text)
        )


class DuplicateIndexView(WholeIndexView):
    joined = ("first__organization", "second__organization")

    def get_base_queryset(self) -> QuerySet[Any]:
        """What waits stands first."""
        return super().get_base_queryset().order_by("decided_at", "-score", "pk")

    def get_edit_url(self, instance: DuplicatePair) -> None:
        """A pair is decided on its own page."""

    def get_delete_url(self, instance: DuplicatePair) -> None:
        """A decision is kept, so that it is asked for once."""

    def get_add_url(self) -> None:
        """Pairs are found."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                _("Look for duplicates"),
                url=reverse("directory_duplicates:find"),
                icon_name="search",
            )
        ]


class DuplicateView(generic.InspectView):
    template_name = "directory/admin/duplicate.html"
    page_title = gettext_lazy("Likely duplicate")

    def get_edit_url(self) -> None:
        """A pair is decided here."""

    def get_delete_url(self) -> None:
        """A decision is kept, so that it is asked for once."""

    def get_page_subtitle(self) -> str:
        return f"{self.object.first} / {self.object.second}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "pair": self.object,
            "view": side_by_side(self.object),
            "may_decide": may_decide(self.request),
        }


def _named(side: str) -> Any:
    return lambda pair: f"{getattr(pair, side)} ({getattr(pair, side).organization})"


class DuplicateViewSet(ModelViewSet):
    model = DuplicatePair
    icon = "copy"
    menu_label = gettext_lazy("Likely duplicates")
    index_view_class = DuplicateIndexView
    inspect_view_enabled = True
    inspect_view_class = DuplicateView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn(
            "first",
            label=gettext_lazy("Listing"),
            accessor=_named("first"),
            get_url=lambda pair: reverse("directory_duplicates:inspect", args=[pair.pk]),
        ),
        Column("second", label=gettext_lazy("May be the same as"), accessor=_named("second")),
        Column(
            "score",
            label=gettext_lazy("How alike"),
            accessor=lambda pair: f"{pair.score:.0%}",
            sort_key="score",
        ),
        Column(
            "decision",
            label=gettext_lazy("Decision"),
            accessor="get_decision_display",
            sort_key="decision",
        ),
        DateColumn("found_at", label=gettext_lazy("Found"), sort_key="found_at"),
    ]
    filterset_class = DuplicateFilters
    search_fields = [
        "first__name",
        "second__name",
        "first__organization__name",
        "second__organization__name",
    ]
    search_backend_name = None
    list_per_page = 50
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("find/", find, name="find"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/decide/", decide, name="decide"),
        ]


def may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("directory.change_service")


@task()
def look_for_duplicates() -> int:
    """Compares the whole directory with itself."""
    return find_all()


def find(request: HttpRequest) -> HttpResponse:
    """Asks first: a link alone starts nothing."""
    if not may_decide(request):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "directory/admin/duplicates_find.html", {"header_icon": "copy"})
    look_for_duplicates.enqueue()
    messages.success(
        request, _("The listings are being compared. What is alike appears here when it is done.")
    )
    return redirect("directory_duplicates:index")


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Merges into the left or the right listing, keeps both apart, or takes a decision back."""
    if not may_decide(request):
        raise PermissionDenied
    pair = get_object_or_404(DuplicatePair.objects.select_related("first", "second"), pk=pk)
    try:
        messages.success(request, _decided(request, pair))
    except MergeRefused as refused:
        messages.error(request, str(refused))
    return redirect("directory_duplicates:inspect", pk)


def _decided(request: HttpRequest, pair: DuplicatePair) -> str:
    what = request.POST.get("do", "")
    if what in SIDES:
        keep = pair.first if what == "left" else pair.second
        with _in_history(pair, request.user, MERGED):
            changed = merge(pair, keep, taken_by(request.POST, what), by=request.user)
        listings_changed(changed)
        return _("Merged: the other listing’s address now leads to “%(name)s”.") % {
            "name": Service.objects.get(pk=keep.pk)
        }
    if what == "apart":
        keep_apart(pair, by=request.user)
        return _("Kept apart: these two will not be proposed again.")
    if what == "back":
        merged = pair.decision == DuplicatePair.Decision.MERGED
        with _in_history(pair, request.user, SEPARATED) if merged else nullcontext():
            changed = separate(pair, by=request.user)
        listings_changed(changed)
        return _("Taken back: these are two listings again, and the pair waits.")
    raise MergeRefused(_("Choose which listing to keep, or keep both apart."))


@contextmanager
def _in_history(pair: DuplicatePair, by: Any, action: str) -> Iterator[None]:
    """Both listings remember how they stood, and what was done with which other one."""
    one, other = pair.first, pair.second
    with (
        remembered(one, by, action, {"name": other.name}),
        remembered(other, by, action, {"name": one.name}),
    ):
        yield
