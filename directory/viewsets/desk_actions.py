"""What a steward does with ticked rows of the desk. Each returns for how many rows it was done."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.logbook import STATUS
from directory.models import ContactCheck, ProblemReport, Service
from directory.publishing import listings_changed
from directory.stewardship.checks import checks, overdue
from directory.stewardship.history import remembered
from directory.stewardship.mail import email_of, why_unsent
from directory.stewardship.numbers import mark_bouncing
from directory.stewardship.reminders import send_links
from directory.stewardship.verifying import NotChecked, verify
from directory.viewsets.desk_forms import DoForm


class Refused(Exception):
    """Something that cannot be done; its text says why."""


def assign_services(request: HttpRequest, chosen: Sequence[Service], form: DoForm) -> int:
    services = Service.objects.filter(pk__in=[service.pk for service in chosen])
    return services.update(assigned_to=form.cleaned_data["steward"])


def assign_services_of(request: HttpRequest, chosen: Sequence[Any], form: DoForm) -> int:
    assign_services(request, [row.service for row in chosen], form)
    return len(chosen)


def assign_reports(request: HttpRequest, chosen: Sequence[ProblemReport], form: DoForm) -> int:
    reports = ProblemReport.objects.filter(pk__in=[report.pk for report in chosen])
    return reports.update(assigned_to=form.cleaned_data["steward"])


def verify_services(request: HttpRequest, chosen: Sequence[Service], form: DoForm) -> int:
    """Marks what was ticked, or all that is due, as checked by a steward."""
    said = form.cleaned_data
    if not said["method"] or not said["on"]:
        raise Refused(_("Say how and on which day it was checked."))
    for service in chosen:
        due = overdue(checks(service, service.verifications.all()), timezone.localdate())
        fields = said["checked"] or [check.subject.value for check in due]
        try:
            steward = Service.AssurerRole.STEWARD
            verify(service, fields, said["method"], steward, said["on"], request.user)
        except NotChecked as error:
            raise Refused(str(error)) from error
    return len(chosen)


def set_status(request: HttpRequest, chosen: Sequence[Service], form: DoForm) -> int:
    status = form.cleaned_data["status"]
    if not status:
        raise Refused(_("Choose a status."))
    for service in chosen:
        with remembered(service, request.user, STATUS, {"status": status}):
            Service.objects.filter(pk=service.pk).update(
                status=status, last_modified=timezone.now()
            )
    listings_changed([service.pk for service in chosen])
    return len(chosen)


def send_links_for(request: HttpRequest, chosen: Sequence[Service], form: DoForm) -> int:
    """One mail to each mailbox; listings without one are told."""
    mailboxes: dict[str, list[Service]] = {}
    for service in chosen:
        mailboxes.setdefault(email_of(service).lower(), []).append(service)
    without = mailboxes.pop("", [])
    sent = sum(len(group) for group in mailboxes.values() if send_links(group, request.user))
    if not mailboxes:
        raise Refused(_("None of these listings has an e-mail address."))
    if without:
        text = ngettext(
            "%(count)s listing has no e-mail address: call or write to it.",
            "%(count)s listings have no e-mail address: call or write to them.",
            len(without),
        )
        messages.warning(request, text % {"count": len(without)})
    if sent + len(without) < len(chosen):
        copied = _("On the page “Check” of a listing you can send its link and copy it.")
        if not sent:
            raise Refused(f"{why_unsent()} {copied}")
        messages.error(request, f"{why_unsent()} {copied}")
    return sent


def send_links_of(request: HttpRequest, chosen: Sequence[Any], form: DoForm) -> int:
    services = {row.service_id: row.service for row in chosen}
    return send_links_for(request, list(services.values()), form)


def close_fixed(request: HttpRequest, chosen: Sequence[ProblemReport], form: DoForm) -> int:
    return _close(chosen, ProblemReport.State.FIXED)


def close_dismissed(request: HttpRequest, chosen: Sequence[ProblemReport], form: DoForm) -> int:
    return _close(chosen, ProblemReport.State.DISMISSED)


def _close(chosen: Sequence[ProblemReport], state: str) -> int:
    for report in chosen:
        report.state = state
        report.save()
    return len(chosen)


def mark_numbers(request: HttpRequest, chosen: Sequence[ProblemReport], form: DoForm) -> int:
    """The steward called: the number to try first does not work. The report stays open."""
    marked = [mark_bouncing(report.service, timezone.now()) for report in chosen]
    return sum(check is not None for check in marked)


def forget_checks(request: HttpRequest, chosen: Sequence[ContactCheck], form: DoForm) -> int:
    """The steward looked and it works: failures are counted anew."""
    for check in chosen:
        check.state, check.detail = ContactCheck.State.WORKS, ""
        check.failures, check.broken_since, check.checked_at = 0, None, timezone.now()
        check.save()
    return len(chosen)
