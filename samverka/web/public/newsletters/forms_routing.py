"""Who at a public body should have what: one address for all, and one for each field that goes elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samverka.newsletters.actions.routing import Wanted
from samverka.newsletters.models import Route, Routing
from samverka.organisations.enums import FieldScheme
from samverka.organisations.models import ActivityField, Organisation
from samverka.organisations.queries import current_fields

from .forms_subscribing import field_name

_NO_ADDRESS = gettext_lazy("Skriv en e-postadress, till exempel kultur@exempelby.se.")


class RoutingForm(forms.Form):
    """An address for each field; an empty one goes to the first. `named`: ask who says it."""

    said_by = forms.CharField(
        label=gettext_lazy("Vem är du som anger det här?"),
        help_text=gettext_lazy("Namn eller funktion. Syns för er själva och för den som sköter utskicken."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Skriv ditt namn eller din funktion.")},
    )
    everything = forms.EmailField(
        label=gettext_lazy("Allt som inte går någon annanstans"),
        help_text=gettext_lazy("Lämna tomt så kommer det till samma adress som i dag."),
        required=False,
        error_messages={"invalid": _NO_ADDRESS},
    )
    copy = forms.BooleanField(label=gettext_lazy("Skicka en kopia till registratorn också"), required=False)

    def __init__(self, *args: Any, body: Organisation, named: bool = True, **kwargs: Any) -> None:
        self.activity_fields = list(current_fields(FieldScheme.MAPPING))
        kwargs["initial"] = _now(body) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not named:
            del self.fields["said_by"]
        for field in self.activity_fields:
            self.fields[f"field-{field.pk}"] = forms.EmailField(
                label=field_name(field), required=False, error_messages={"invalid": _NO_ADDRESS}
            )
        self.order_fields(["said_by", "everything", *(f"field-{field.pk}" for field in self.activity_fields), "copy"])

    @property
    def wanted(self) -> list[Wanted]:
        """The addresses that were written."""
        data = self.cleaned_data
        pairs: list[tuple[ActivityField | None, str]] = [(None, data["everything"])]
        pairs += [(field, data[f"field-{field.pk}"]) for field in self.activity_fields]
        return [Wanted(field, email) for field, email in pairs if email]


def _now(body: Organisation) -> dict[str, Any]:
    routing = Routing.objects.filter(organisation=body).first()
    found: dict[str, Any] = {"copy": routing.copy if routing else False}
    for route in Route.objects.filter(organisation=body, withdrawn_at=None):
        found[f"field-{route.field_id}" if route.field_id else "everything"] = route.email
    return found
