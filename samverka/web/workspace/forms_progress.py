"""Forms over how far the parties have come."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import PhaseAnswer, StepState


class StepStateForm(forms.Form):
    """What becomes of a step, and why; the reason is asked for where the table of states does."""

    state = forms.ChoiceField(choices=StepState.choices)
    reason = forms.CharField(label=_("Varför öppnas steget igen?"), max_length=300, required=False)


class PhaseAnswerForm(forms.Form):
    """A party's word on a phase; "not yet" says what is left."""

    answer = forms.ChoiceField(
        label=_("Är fasen klar?"),
        choices=[(PhaseAnswer.CONFIRMED, _("Ja, klar")), (PhaseAnswer.NOT_YET, _("Nej, inte klar än"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett svar: klar eller inte klar än.")},
    )
    comment = forms.CharField(
        label=_("Kommentar"),
        help_text=_("Skriv vad som återstår om ni inte är klara. Alla parter läser det."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, str]:
        """Ask what is left of those who are not done."""
        data = super().clean() or {}
        if data.get("answer") == PhaseAnswer.NOT_YET and not data.get("comment", "").strip():
            self.add_error("comment", _("Skriv vad som återstår, så att de andra parterna vet."))
        return data
