"""Edits in the CMS that the search index follows, after commit."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import RevisionMixin

from directory.publishing import listings_changed, services_of
from directory.viewsets.history import (
    FollowedCreateView,
    FollowedEditView,
    HistoryView,
    history_urls,
)


class WholeIndexView(generic.IndexView):
    """Lists each record once, whatever a search joins, with what its columns show."""

    joined: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        base: QuerySet[Any] = super().get_base_queryset()
        if self.joined:
            base = base.select_related(*self.joined)
        return base.prefetch_related(*self.fetched)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().search_queryset(queryset)
        return found.distinct() if self.is_searching else found


class FollowedDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        with transaction.atomic():
            services = services_of(self.object)
            super().delete_action()
            listings_changed(services)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What others stand on is not deleted: the steward is told so."""
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, _("This is still in use, so it cannot be deleted."))
            return redirect(self.get_success_url())
        return response


class FollowedViewSet(ModelViewSet):
    """A part of the directory that stewards edit."""

    add_view_class = FollowedCreateView
    edit_view_class = FollowedEditView
    delete_view_class = FollowedDeleteView
    history_view_class = HistoryView
    copy_view_enabled = False
    add_to_reference_index = False  # what they refer to is shown on their own pages
    list_per_page = 50
    search_backend_name = None  # plain database search: it knows each character typed

    def get_urlpatterns(self) -> list[URLPattern]:
        found: list[URLPattern] = super().get_urlpatterns()
        return found + (history_urls(self) if issubclass(self.model, RevisionMixin) else [])

    def get_history_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        ways = {
            f"{way}_url_name": self.get_url_name(way)
            for way in ("revisions_revert", "revisions_compare")
        }
        found: dict[str, Any] = super().get_history_view_kwargs(**ways | kwargs)
        return found
