"""Forms of what is written in a collaboration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import Circle
from samverka.kernel.personal_numbers import mentions
from samverka.web.components.day_field import day_field


class CarefulForm(forms.Form):
    """A form whose text comes back once, with a question, when it mentions a personal identity number (R10)."""

    keep_numbers = forms.BooleanField(required=False, label=_("Spara ändå, det är inget personnummer eller det behövs"))
    asks_about_numbers = False

    def clean(self) -> dict[str, Any]:
        """Ask before a personal identity number is kept."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("keep_numbers") and mentions(data.get("text", "")):
            self.asks_about_numbers = True
            said = _("Texten verkar innehålla ett personnummer. Ta bort det, eller kryssa i att den ska sparas ändå.")
            self.add_error("text", said)
        return data

    def written(self) -> dict[str, Any]:
        """Return the text and the version that it began from."""
        return {"text": self.cleaned_data["text"], "version": self.cleaned_data["version"]}


class EntryForm(CarefulForm):
    """A text with its readers' circle, and perhaps a file."""

    circle = forms.ChoiceField(
        label=_("Vem ska kunna läsa?"),
        choices=[("me", _("Bara jag")), ("party", _("Bara vi")), ("all", _("Alla parter"))],
        error_messages={"required": _("Välj vem som ska kunna läsa.")},
    )
    text = forms.CharField(
        label=_("Anteckning"), max_length=20_000, error_messages={"required": _("Skriv något i anteckningen först.")}
    )
    file = forms.FileField(required=False, label=_("Bifoga en fil"), max_length=400)


class ChangeEntryForm(CarefulForm):
    """A later text of a note; its circle does not change here."""

    text = forms.CharField(
        label=_("Anteckning"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Anteckningen är tom. Skriv något, eller stryk den.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class JointNoteForm(CarefulForm):
    """The note that the parties write together."""

    text = forms.CharField(
        label=_("Det vi skriver tillsammans"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Den gemensamma anteckningen är tom. Skriv något först.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ShareForm(forms.Form):
    """Who reads from now on, and which text it was that the person saw. The button says it: as a draft for comments is
    a choice of its own, so that nobody shares outright who meant a draft.
    """

    DRAFT = "draft"
    circle = forms.ChoiceField(
        choices=[("party", _("Bara vi")), ("all", _("Alla parter")), (DRAFT, _("Alla parter, som utkast"))]
    )
    version = forms.IntegerField(min_value=1)
    comments_until = day_field(_("Synpunkter senast"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last_day = self.fields["comments_until"]
        # A draft out for comments has a last day; the other buttons stand in forms without the field.
        last_day.required = not self.is_bound or self.data.get("circle") == self.DRAFT
        last_day.error_messages["required"] = _("Skriv sista dag för synpunkter.")

    @property
    def shares_with_all(self) -> bool:
        """Whether the other parties read it from now on."""
        return self.cleaned_data["circle"] in {Circle.ALL, self.DRAFT}

    def shared(self) -> dict[str, Any]:
        """Return what `share_entry` is asked."""
        data = self.cleaned_data
        as_draft = data["circle"] == self.DRAFT
        return {
            "circle": Circle.ALL if as_draft else Circle(data["circle"]),
            "version": data["version"],
            "comments_until": data["comments_until"] if as_draft else None,
        }


class AttachForm(forms.Form):
    """A file to keep beside a text."""

    file = forms.FileField(
        label=_("Välj en fil"),
        help_text=_("PDF, bild, Word, Excel, PowerPoint, OpenDocument, text eller CSV. Högst 20 MB."),
        error_messages={
            "required": _("Välj en fil först."),
            "empty": _("Filen är tom. Kontrollera att det är rätt fil."),
        },
        max_length=400,
    )


class WithdrawForm(forms.Form):
    """Why a note is struck."""

    reason = forms.CharField(
        label=_("Varför stryks anteckningen?"),
        max_length=300,
        help_text=_("Skälet syns tillsammans med den strukna texten."),
    )


class DiaryNumberForm(forms.Form):
    """The party's own diary number."""

    diary_number = forms.CharField(label=_("Vårt diarienummer"), max_length=60, required=False)
