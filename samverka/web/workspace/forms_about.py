"""Forms over who is at the table: contact and deputy, guests, named parties, the end."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.web.components.day_field import day_field


class ContactForm(forms.Form):
    """Whom the others turn to, and who answers when that person is away."""

    contact = forms.ChoiceField(label=_("Vem ska de andra vända sig till?"))
    deputy = forms.ChoiceField(
        label=_("Vem tar vid om den personen är borta eller slutar?"),
        help_text=_("Fråga först. Den som är ersättare behöver ha sagt ja."),
        required=False,
    )
    deputy_accepted_on = day_field(_("Ersättaren sa ja den"))
    deputy_reads_at = forms.CharField(
        label=_("Här läser ersättaren in sig"),
        help_text=_("Till exempel: sidan ”Så här ligger det till” och pärmen i kansliet."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(user.public_id, str(user)) for user in people]
        self.fields["contact"].choices = [("", _("Välj …")), *known]  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [("", _("Ingen ersättare än")), *known]  # type: ignore[attr-defined]


class GuestForm(forms.Form):
    """Who reads from outside, why and how long."""

    name = forms.CharField(label=_("Gästens namn"), max_length=150)
    email = forms.EmailField(
        label=_("Gästens e-postadress"),
        help_text=_("Gästen loggar in med adressen och en kod som vi mejlar. Inget lösenord behövs."),
    )
    role = forms.CharField(
        label=_("Varför ska personen läsa?"),
        help_text=_("Alla parter ser det här. Till exempel: utvärderar samverkan åt länsstyrelsen."),
        max_length=120,
    )
    until = day_field(_("Får läsa till och med"), _("Högst ett år."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True


class EndForm(forms.Form):
    """Why a collaboration is over."""

    reason = forms.CharField(
        label=_("Varför avslutas samverkan?"),
        help_text=_("En mening räcker, till exempel: Projektet är klart. Alla parter ser det."),
        max_length=300,
    )


class NamePartiesForm(forms.Form):
    """Further parties of a matter that was put in."""

    parties = forms.CharField(
        label=_("Lägg till parter"),
        help_text=_("En på varje rad."),
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
