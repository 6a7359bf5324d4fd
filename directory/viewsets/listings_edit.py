"""The forms of services, organizations and locations as pages: what they read at once, and the
ways from a service to what else a steward does with it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton

from directory.models import ProblemReport, ProviderAnswer, Service
from directory.viewsets.history import FollowedEditView
from directory.viewsets.phones import CONTACTS_WITH, PHONES_WITH

MAY_TEND = "directory.change_service"
MOST = 3  # ways to waiting things of one kind; the desk lists all


class _WithPhones(FollowedEditView):
    """Each phone shows its languages: they are read in two queries, however many there are."""

    fetched: tuple[str, ...] = (*PHONES_WITH, *CONTACTS_WITH)

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()
        return found.prefetch_related(*self.fetched)


class OrganizationEditView(_WithPhones):
    pass


class LocationEditView(_WithPhones):
    pass


class ServiceEditView(_WithPhones):
    fetched = (*_WithPhones.fetched, "service_at_locations__location")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [*super().header_buttons, *ways_from(self.object, self.request.user)]


def ways_from(service: Service, user: Any) -> list[HeaderButton]:
    """Where this person may go from a service: its page, what waits for them, the desk."""
    public = Service.objects.public().filter(pk=service.pk).exists()
    page = reverse("directory:service", args=[service.pk])
    found = [_button(_("Public page"), page, "view", 30)] if public else []
    if user.has_perm(MAY_TEND):
        check = reverse("directory_desk:verify", args=[service.pk])
        desk = f"{reverse('directory_desk:index')}?{urlencode({'q': service.name})}"
        found += [
            _button(_("Check"), check, "check", 20),
            _button(_("Desk"), desk, "tasks", 40),
        ]
        waiting = service.provider_answers.filter(state=ProviderAnswer.State.WAITING)
        for answer in waiting.values_list("pk", flat=True)[:MOST]:
            url = reverse("directory_desk:answer", args=[answer])
            found.append(_button(_("Provider’s answer"), url, "mail", 10))
    if user.has_perm("directory.change_problemreport"):
        reported = ProblemReport.objects.filter(service=service, state=ProblemReport.State.NEW)
        for report in reported.values_list("pk", flat=True)[:MOST]:
            url = reverse("directory_reports:edit", args=[report])
            found.append(_button(_("Problem report"), url, "warning", 10))
    return found


def _button(label: str, url: str, icon: str, priority: int) -> HeaderButton:
    """What waits (10) stands first."""
    return HeaderButton(label, url=url, icon_name=icon, priority=priority)
