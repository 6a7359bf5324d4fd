"""The form on which a provider answers for their listing, field by field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.imports.text import clean_text
from directory.models import ProviderAnswer, ProviderLink
from directory.stewardship.provider_links import wants_no_reminders
from directory.stewardship.shown import Shown

RIGHT, WRONG = "right", "wrong"
CHOICES = [(RIGHT, _("Yes, this is right")), (WRONG, _("No, it has to be corrected"))]
LONGEST = 2000
REPLACED = _(
    "What you write here takes the place of your own words alone. Is another line wrong, such as "
    "an age or a price? Write that here too: a person corrects it."
)


class ProviderForm(forms.Form):
    """For each field of the listing: is it right, and how is it instead.

    `sent` is what they sent before and nobody has read yet: the form begins with it, so that what
    they send now can take its place as a whole.
    """

    closed = forms.BooleanField(
        label=_("This service has closed for good"),
        required=False,
    )
    note = forms.CharField(
        label=_("Anything else that we should know?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        error_messages={"max_length": _("Use 2,000 characters or fewer.")},
    )
    no_reminders = forms.BooleanField(
        label=_("Do not remind us by e-mail to check our listings"), required=False
    )

    def __init__(
        self,
        said: tuple[Shown, ...],
        link: ProviderLink,
        sent: ProviderAnswer | None = None,
        data: Any = None,
    ) -> None:
        initial = {"no_reminders": wants_no_reminders(link.email)}
        super().__init__(data, initial=initial | (_sent(sent, said) if sent else {}))
        self.said = said
        for field in said:
            self.fields[f"{field.name}_is"] = forms.ChoiceField(
                label=_("%(field)s: is this right?") % {"field": field.label},
                choices=CHOICES,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"{field.name}_text"] = forms.CharField(
                label=_("%(field)s: how is it instead?") % {"field": field.label},
                help_text=REPLACED if field.facts else "",
                initial=field.replaced if field.facts else "",
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
                error_messages={"max_length": _("Use 2,000 characters or fewer.")},
            )

    def groups(self) -> list[tuple[Shown, forms.BoundField, forms.BoundField]]:
        """What the page shows together: a field's text, the question, the correction."""
        return [(s, self[f"{s.name}_is"], self[f"{s.name}_text"]) for s in self.said]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in self.said:
            answer, text = cleaned.get(f"{field.name}_is"), self._text(field.name)
            if answer == WRONG and text in ("", _unchanged(field)):
                self.add_error(f"{field.name}_text", _("Tell us how it is."))
            elif answer == RIGHT and text not in ("", field.text, _unchanged(field)):
                self.add_error(
                    f"{field.name}_is",
                    _("You say that this is right, and you correct it. Choose one."),
                )
        if not self.errors and not self._says_something():
            raise forms.ValidationError(_("Tell us of at least one thing whether it is right."))
        return cleaned

    def corrections(self) -> dict[str, str]:
        """Field → how it is instead, where that differs from what the page shows."""
        found = {field.name: self._text(field.name) for field in self.said}
        return {
            s.name: found[s.name]
            for s in self.said
            if found[s.name] not in ("", s.text, _unchanged(s))
        }

    def answered(self) -> dict[str, str]:
        """Field → what the page showed, of every field that was confirmed or corrected."""
        corrected = self.corrections()
        return {
            field.name: field.text
            for field in self.said
            if field.name in corrected or self.cleaned_data.get(f"{field.name}_is") == RIGHT
        }

    def _text(self, name: str) -> str:
        return clean_text(self.cleaned_data.get(f"{name}_text") or "", lines=True)

    def _says_something(self) -> bool:
        plain = (self.cleaned_data.get(name) for name in ("closed", "note", "no_reminders"))
        return any(plain) or bool(self.answered())


def _unchanged(field: Shown) -> str:
    """What comes back from a box that was filled in beforehand and left alone."""
    return clean_text(field.replaced, lines=True) if field.facts else field.text


def _sent(sent: ProviderAnswer, said: tuple[Shown, ...]) -> dict[str, Any]:
    """What they said. What they found right counts only while the listing still says it."""
    found: dict[str, Any] = {"closed": sent.closed, "note": sent.note}
    for field in said:
        if field.name in sent.values:
            found[f"{field.name}_is"] = WRONG
            found[f"{field.name}_text"] = sent.values[field.name]
        elif sent.before.get(field.name) == field.text:
            found[f"{field.name}_is"] = RIGHT
    return found
