"""A provider's answer in the CMS: side by side with the listing, taken over field by field."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from directory.models import ProviderAnswer, Service
from directory.stewardship.accepting import (
    BY_HAND,
    DECLINE,
    DONE,
    TAKE,
    CannotTake,
    Decision,
    NotWaiting,
    accept,
    can_take,
    confirmed,
    decline,
)
from directory.stewardship.shown import LABELS, shown


class DecisionForm(forms.Form):
    """For each correction what to do with it, and the words that are taken over."""

    def __init__(self, answer: ProviderAnswer, data: Any = None) -> None:
        super().__init__(data)
        self.answer = answer
        self.corrected = [name for name in LABELS if name in answer.values]
        for name in self.corrected:
            self._add(name, answer.values[name])
        if answer.closed:
            self.fields["closed"] = forms.BooleanField(
                label=gettext_lazy("It has closed for good: take the listing off"), required=False
            )

    def _add(self, name: str, text: str) -> None:
        takes = can_take(self.answer.service, name, text)
        choices = [
            (BY_HAND, _("right; I put it in by hand")),
            (DONE, _("done: it is put in")),
            (DECLINE, _("not right")),
        ]
        if takes:
            choices.insert(0, (TAKE, _("take it over")))
        self.fields[f"{name}_do"] = forms.ChoiceField(
            label=_("%(field)s: what to do") % {"field": LABELS[name]},
            choices=choices,
            initial=TAKE if takes else BY_HAND,
            widget=forms.RadioSelect,
        )
        self.fields[f"{name}_text"] = forms.CharField(
            label=_("%(field)s: as it will stand") % {"field": LABELS[name]},
            initial=text,
            required=False,
            disabled=not takes,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def decisions(self) -> dict[str, Decision]:
        said = self.cleaned_data
        return {name: Decision(said[f"{name}_do"], said[f"{name}_text"]) for name in self.corrected}


class AnswerView(TemplateView):
    template_name = "directory/admin/provider_answer.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("directory.change_service"):
            raise PermissionDenied
        found = ProviderAnswer.objects.filter(pk=kwargs["pk"]).first()
        if found is None:
            return _gone(request)
        self.answer = found
        self.answer.service = Service.objects.with_details().get(pk=self.answer.service_id)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or DecisionForm(self.answer)
        now = {field.name: field for field in shown(self.answer.service)}
        return super().get_context_data(**kwargs) | {
            "page_title": _("Provider’s answer"),
            "header_title": f"{_('Provider’s answer')}: {self.answer.service.name}",
            "page_subtitle": self.answer.service.name,
            "header_icon": "mail",
            "answer": self.answer,
            "service": self.answer.service,
            "waiting": self.answer.state == ProviderAnswer.State.WAITING,
            "locations": [
                at.location
                for at in self.answer.service.service_at_locations.all()
                if not at.location.confidential
            ],
            "form": form,
            "right": [LABELS[name] for name in confirmed(self.answer) if name in LABELS],
            "fields": [
                {
                    "name": name,
                    "label": LABELS[name],
                    "before": self.answer.before.get(name, ""),
                    "now": now[name].text if name in now else "",
                    "replaced": now[name].replaced if name in now and now[name].facts else None,
                    "after": self.answer.values[name],
                    "do": form[f"{name}_do"],
                    "text": form[f"{name}_text"],
                }
                for name in form.corrected
            ],
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.answer.state != ProviderAnswer.State.WAITING:
            return _gone(request)
        form = DecisionForm(self.answer, request.POST)
        try:
            if "decline" in request.POST:
                decline(self.answer, request.user)
                messages.success(request, _("Put aside: the listing stays as it is."))
                return redirect("directory_desk:answers")
            if form.is_valid() and self._accept(request, form):
                messages.success(request, _("Taken over."))
                return redirect("directory_desk:answers")
        except NotWaiting:
            return _gone(request)
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def _accept(self, request: HttpRequest, form: DecisionForm) -> bool:
        closed = bool(form.cleaned_data.get("closed"))
        try:
            accept(self.answer, form.decisions(), request.user, closed=closed)
        except CannotTake as error:
            form.add_error(f"{error.field}_do", str(error))
            return False
        return True


def _gone(request: HttpRequest) -> HttpResponse:
    """What a provider sends anew takes the place of what waited: the steward looks at that."""
    told = _("This was decided already, or the provider has sent it anew: look for it here.")
    messages.warning(request, told)
    return redirect("directory_desk:answers")
