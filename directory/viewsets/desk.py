"""The stewards' desk in the CMS: what is due, reported, broken or answered, and what to do with it.

Plain forms that work without JavaScript: tick rows, choose what to do with them.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from directory.models import Service
from directory.stewardship import desk
from directory.stewardship.checks import checks, overdue
from directory.stewardship.clock import clock
from directory.stewardship.desk import Narrowing
from directory.stewardship.told import told
from directory.viewsets import desk_actions as actions
from directory.viewsets.answers import AnswerView
from directory.viewsets.desk_forms import DeskFilter, DoForm
from directory.viewsets.verification import RevokeView, VerifyView

PAGE = 50
TABS: dict[str, Promise] = {
    "due": gettext_lazy("To check"),
    "reports": gettext_lazy("Problem reports"),
    "contacts": gettext_lazy("Links and numbers"),
    "answers": gettext_lazy("Providers’ answers"),
}
Action = Callable[[HttpRequest, list[Any], DoForm], int]


class DeskView(TemplateView):
    """One list of the desk; subclasses say what is in it and what can be done with its rows."""

    tab: ClassVar[str]
    permission = "directory.change_service"
    actions: ClassVar[dict[str, Action]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [f"directory/admin/desk_{self.tab}.html"]

    @abstractmethod
    def rows(self, narrowing: Narrowing) -> QuerySet[Any]:
        """What is in the list, of what was asked for."""

    @abstractmethod
    def shown(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """What the template shows of each row of a page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = DeskFilter(self.request.GET)
        page = Paginator(self.rows(filters.narrowing(self.request.user)), PAGE).get_page(
            self.request.GET.get("p")
        )
        counted = desk.counts(timezone.localdate())
        return super().get_context_data(**kwargs) | {
            "page_title": _("Desk"),
            "header_title": f"{_('Desk')}: {TABS[self.tab]}",
            "header_icon": "tasks",
            "tab": self.tab,
            "tabs": [
                (reverse(f"directory_desk:{tab}"), label, counted[tab], tab == self.tab)
                for tab, label in TABS.items()
            ],
            "rows": self.shown(page),
            "ticked": kwargs.get("ticked", ()),
            "page_obj": page,
            "filters": filters,
            "do": kwargs.get("do") or DoForm(initial={"steward": self.request.user.pk}),
            "query": self._query(),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Does with the ticked rows what was chosen, then shows the list again."""
        form, act = DoForm(request.POST), self.actions.get(request.POST.get("do", ""))
        ticked = [row for row in request.POST.getlist("row") if row][:PAGE]
        chosen = list(self._ticked(ticked)) if ticked else []
        try:
            if act is None:
                raise actions.Refused(_("Nothing was done: press one of the buttons below."))
            if not form.is_valid():
                raise actions.Refused(_("Nothing was done: look at what you chose."))
            if not chosen:
                raise actions.Refused(_("Nothing was done: tick the rows first."))
            done = act(request, chosen, form)
        except actions.Refused as error:
            messages.error(request, str(error))
            again = self.get_context_data(do=form, ticked=ticked)
            return self.render_to_response(again, status=400)
        text = ngettext("Done for %(count)s row.", "Done for %(count)s rows.", done)
        messages.success(request, text % {"count": done})
        return HttpResponseRedirect(f"{request.path}?{self._query()}")

    def _ticked(self, ids: list[str]) -> QuerySet[Any]:
        """Rows of this list alone: an id from elsewhere does nothing."""
        everything = self.rows(Narrowing())
        field = everything.model._meta.pk
        valid = [value for value in ids if _fits(field, value)]
        return everything.filter(pk__in=valid)

    def _query(self) -> str:
        query = self.request.GET.copy()
        query.pop("p", None)
        return query.urlencode()


def _fits(field: Any, value: str) -> bool:
    try:
        field.to_python(value)
    except ValidationError:
        return False
    return True


class DueView(DeskView):
    tab = "due"
    actions = {
        "assign": actions.assign_services,
        "verify": actions.verify_services,
        "send": actions.send_links_for,
        "status": actions.set_status,
    }

    def rows(self, narrowing: Narrowing) -> QuerySet[Any]:
        return desk.stale(timezone.localdate(), narrowing)

    def shown(self, rows: Iterable[Service]) -> list[dict[str, Any]]:
        today = timezone.localdate()
        return [
            {
                "row": str(s.pk),
                "service": s,
                "due": overdue(checks(s, s.verifications.all()), today),
            }
            for s in rows
        ]


class ReportsView(DeskView):
    tab = "reports"
    permission = "directory.change_problemreport"
    actions = {
        "assign": actions.assign_reports,
        "fixed": actions.close_fixed,
        "dismissed": actions.close_dismissed,
        "bounces": actions.mark_numbers,
    }

    def rows(self, narrowing: Narrowing) -> QuerySet[Any]:
        return desk.reports(narrowing)

    def shown(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        now = timezone.now()
        return [
            {"row": str(r.pk), "report": r, "service": r.service, "clock": clock(r, now)}
            for r in rows
        ]


class ContactsView(DeskView):
    tab = "contacts"
    actions = {
        "assign": actions.assign_services_of,
        "works": actions.forget_checks,
        "send": actions.send_links_of,
    }

    def rows(self, narrowing: Narrowing) -> QuerySet[Any]:
        return desk.contacts(narrowing)

    def shown(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        return [
            {"row": str(c.pk), "check": c, "service": c.service, "told": told(c.detail)}
            for c in rows
        ]


class AnswersView(DeskView):
    tab = "answers"
    actions = {"assign": actions.assign_services_of}

    def rows(self, narrowing: Narrowing) -> QuerySet[Any]:
        return desk.answers(narrowing)

    def shown(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        return [{"row": str(a.pk), "answer": a, "service": a.service} for a in rows]


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(DeskView.permission))


class DeskViewSet(ViewSet):
    icon = "tasks"
    menu_label = gettext_lazy("Desk")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", DueView.as_view(), name="index"),
            path("due/", DueView.as_view(), name="due"),
            path("reports/", ReportsView.as_view(), name="reports"),
            path("contacts/", ContactsView.as_view(), name="contacts"),
            path("answers/", AnswersView.as_view(), name="answers"),
            path("answers/<int:pk>/", AnswerView.as_view(), name="answer"),
            path("verify/<uuid:pk>/", VerifyView.as_view(), name="verify"),
            path("links/<uuid:pk>/revoke/", RevokeView.as_view(), name="revoke"),
        ]
