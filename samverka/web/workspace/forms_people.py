"""Forms over who may act for an organisation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.accounts import roles

from .forms_organisation import offer_units


def role_choices() -> list[tuple[str, str]]:
    """Return (code, "Medarbetare: deltar i …") of the roles that hold in an organisation."""
    found = [role for role in roles.ROLES.values() if role.scope == roles.ORGANISATION]
    return [(role.code, f"{role.label}: {role.purpose}") for role in found]


class InviteColleagueForm(forms.Form):
    """Who is invited, to which role, for the whole organisation or one unit."""

    email = forms.EmailField(label=_("Kollegans e-postadress"))
    role = forms.ChoiceField(label=_("Roll"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("Gäller"), required=False)
    basis = forms.CharField(
        label=_("Grund"),
        help_text=_("Vad rätten att handla vilar på, till exempel ett beslut eller årsmötets protokoll."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, units: Iterable[Any], whole: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
        offer_units(self, units, whole)


class RoleForm(forms.Form):
    """One more role for a person who already acts for the organisation."""

    role = forms.ChoiceField(label=_("Roll"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
