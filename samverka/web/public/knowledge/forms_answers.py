"""Forms of those who answer and ask: a consent, an approval, whether a page holds, a question and its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.knowledge.enums import Holds
from samverka.web.components.careful import Careful


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ConsentForm(forms.Form):
    """What the quoted person says; nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Får citatet visas med ditt namn?"), widget=forms.RadioSelect,
        choices=[("yes", _("Ja, så här får det stå")), ("no", _("Nej, det får inte visas"))],
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Vill du ändra något?"), required=False, max_length=1000, widget=_area(3),
        help_text=_("Det läses av den som skriver texten."),
    )  # fmt: skip


class ApprovalForm(forms.Form):
    """What a party says of the text; nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Får texten publiceras med ert namn?"), widget=forms.RadioSelect,
        choices=[
            ("yes", _("Ja, vi godkänner texten och det som kommer från oss")), ("no", _("Nej, något behöver ändras")),
        ],
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Vad behöver ändras?"), required=False, max_length=2000, widget=_area(4),
        help_text=_("Behövs om ni svarar nej. Det läses av den som skriver texten."),
    )  # fmt: skip


class HoldsForm(forms.Form):
    """Whether a page still holds; nothing is chosen beforehand."""

    holds = forms.ChoiceField(label=_("Stämmer det fortfarande?"), choices=Holds.choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Vad har ändrats?"), required=False, max_length=1000, widget=_area(3),
        help_text=_("Läses av redaktören, som hör av sig om texten behöver ändras."),
    )  # fmt: skip


class AskForm(Careful, forms.Form):
    """A question to the office of who tells."""

    text = forms.CharField(
        label=_("Din fråga"), max_length=1500, widget=_area(5), help_text=_("Skriv inte om enskilda personer."),
        error_messages={"required": _("Skriv din fråga.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Din e-postadress"), help_text=_("Dit kommer svaret. Den visas inte för den du frågar."),
        error_messages={"required": _("Skriv adressen dit du vill ha svaret.")},
    )  # fmt: skip
    name = forms.CharField(label=_("Ditt namn"), max_length=150, required=False)
    place = forms.CharField(
        label=_("Varifrån du frågar"), max_length=150, required=False,
        help_text=_("Till exempel din kommun eller förening."),
    )  # fmt: skip
    may_show = forms.BooleanField(
        label=_("Frågan och svaret får visas under sidan, utan mitt namn och min adress"), required=False
    )


class AnswerForm(Careful, forms.Form):
    """An answer; to show it is a choice only where the one who asked has said yes."""

    answer = forms.CharField(label=_("Ert svar"), max_length=4000, widget=_area(7))
    show = forms.BooleanField(
        label=_("Visa frågan och svaret under sidan, så att andra också får veta"), required=False
    )

    def __init__(self, *args: Any, may_show: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_show:
            del self.fields["show"]
