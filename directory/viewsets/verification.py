"""One listing’s checks in the CMS: what was found true, how and when; links to its provider."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from directory.models import ProviderLink, Service, Verification
from directory.stewardship.checks import checks, overdue
from directory.stewardship.mail import address_of, email_of, why_unsent
from directory.stewardship.provider_links import make_link, revoke
from directory.stewardship.reminders import send_links
from directory.stewardship.shown import shown
from directory.stewardship.verifying import NotChecked, verify
from directory.viewsets.desk_forms import METHODS
from directory.viewsets.times import DateField

SHOWN = 20


class VerifyForm(forms.Form):
    checked = forms.MultipleChoiceField(
        label=gettext_lazy("What you found right"),
        choices=Verification.Subject.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    method = forms.ChoiceField(label=gettext_lazy("How"), choices=METHODS)
    on = DateField(label=gettext_lazy("Checked on"), initial=timezone.localdate)


class VerifyView(TemplateView):
    template_name = "directory/admin/verify.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("directory.change_service"):
            raise PermissionDenied
        self.service = get_object_or_404(
            Service.objects.with_details().prefetch_related("verifications__verified_by"),
            pk=kwargs["pk"],
        )
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = checks(self.service, self.service.verifications.all())
        due = {check.subject.value for check in overdue(found, timezone.localdate())}
        says = {field.name: field.text for field in shown(self.service)}
        return super().get_context_data(**kwargs) | {
            "page_title": _("Check"),
            "header_title": f"{_('Check')}: {self.service.name}",
            "page_subtitle": self.service.name,
            "header_icon": "check",
            "service": self.service,
            "checks": [
                (check, says.get(check.subject, ""), check.subject.value in due) for check in found
            ],
            "past": self.service.verifications.all()[:SHOWN],
            "links": self.service.provider_links.select_related("sent_by")[:SHOWN],
            "now": timezone.now(),
            "mailbox": email_of(self.service),
            "form": kwargs.get("form") or VerifyForm(),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "send" in request.POST:
            self._send(request)
            return redirect(request.path)
        form = VerifyForm(request.POST)
        if form.is_valid() and self._verify(request, form):
            messages.success(request, _("Marked as checked."))
            return redirect(request.path)
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def _verify(self, request: HttpRequest, form: VerifyForm) -> bool:
        said, steward = form.cleaned_data, Service.AssurerRole.STEWARD
        try:
            verify(self.service, said["checked"], said["method"], steward, said["on"], request.user)
        except NotChecked as error:
            form.add_error("on", str(error))
            return False
        return True

    def _send(self, request: HttpRequest) -> None:
        if not email_of(self.service):
            messages.error(request, _("This listing has no e-mail address."))
        elif send_links([self.service], request.user):
            messages.success(request, _("The link is on its way."))
        else:
            link = make_link(self.service, email_of(self.service), request.user)
            copied = _("You can copy the link and hand it on yourself: %(link)s")
            address = address_of(link, settings.LANGUAGE_CODE)
            messages.error(request, f"{why_unsent()} {copied % {'link': address}}")


class RevokeView(View):
    """Takes a link back."""

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not request.user.has_perm("directory.change_service"):
            raise PermissionDenied
        link = get_object_or_404(ProviderLink, pk=pk)
        revoke(link)
        messages.success(request, _("The link has ended."))
        return redirect("directory_desk:verify", link.service_id)
