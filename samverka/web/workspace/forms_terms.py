"""The form that accepts the terms. Nothing is chosen beforehand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.organisations.models import Unit
from samverka.organisations.terms import Terms

from .terms_places import Place


class AcceptTermsForm(forms.Form):
    """For whom, as what, and the tick that says what it means. Where there is only one to accept for, it is named in
    a hidden field, and `only` is that one.
    """

    unit = forms.ChoiceField(
        label=_("Vem gäller det?"),
        help_text=_("Godkänner ni för hela organisationen gäller det alla dess enheter."),
        error_messages={"required": _("Välj vem det gäller.")},
        widget=forms.RadioSelect,
    )
    role = forms.CharField(
        label=_("Din roll"),
        help_text=_("Till exempel förvaltningschef eller nämndens ordförande."),
        error_messages={"required": _("Skriv din roll.")},
        max_length=120,
    )
    agree = forms.BooleanField(
        help_text=_("Det binder er och värden till villkoren tills någon av er säger upp dem."),
        error_messages={"required": _("Kryssa i rutan om ni godkänner.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, terms: Terms, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = terms.number
        self._places = {place.key: place for place in places}
        self.only = places[0] if len(places) == 1 else None
        self.fields["agree"].label = _("Vi godkänner version %(number)s, och jag har rätt att besluta om det") % {
            "number": terms.number
        }
        self.fields["unit"].choices = [(place.key, _named(place)) for place in places]  # type: ignore[attr-defined]
        if self.only is not None:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = self.only.key

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit that was chosen; None is the whole body."""
        return self._places[self.cleaned_data["unit"]].unit


def _named(place: Place) -> Any:
    if place.unit is None:
        return _("Hela %(name)s") % {"name": place.name}
    if place.unit.is_controller:
        return place.name
    return _("%(name)s (inte själv personuppgiftsansvarig, låt hellre nämnden godkänna)") % {"name": place.name}
