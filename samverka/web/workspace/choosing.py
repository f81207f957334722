"""Whom one is about to invite. The page's form carries them (`med`), so that nothing typed is lost on the way:
searching for one more, adding a network and taking one away are buttons of the same form.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samverka.collaborations.actions.inviting import Asked
from samverka.collaborations.queries import registered_address
from samverka.kernel.errors import NotVisible
from samverka.organisations.actions import bodies
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting, similar_organisations
from samverka.organisations.register import RegisterFilters, RegisterPage, register_page
from samverka.organisations.shown import shown_rows
from samverka.web.components.refusals import refusals_on

from .forms_starting import InvitedForm, NetworkForm
from .pages import units_of

#: As many organisations as one looks through before searching better, and as one invites at once.
CHOICES, MOST = 20, 20
#: The buttons that change whom one invites and send nothing.
FIND, ADD, DROP, NETWORK = "sok", "lagg-till", "ta-bort", "natverk"
#: Stands in a form that brings texts from another page and has not been looked at yet.
BROUGHT = "medtaget"


@dataclass
class Choosing:
    """The chosen organisations with their forms, and what was searched for or is being added. `not_added`: a network is
    written and its button was not pressed.
    """

    invited: list[Organisation]
    text: str = ""
    found: RegisterPage | None = None
    network: NetworkForm = field(default_factory=NetworkForm)
    alike: list[Any] = field(default_factory=list)
    sends: bool = False
    not_added: bool = False
    forms: dict[str, InvitedForm] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[Organisation, InvitedForm]]:
        """Each chosen organisation with its form."""
        return [(one, self.forms[one.public_id]) for one in self.invited]

    @property
    def new_rows(self) -> list[Any]:
        """What was found and is not chosen yet."""
        chosen = {one.public_id for one in self.invited}
        return [row for row in self.found.rows if row.public_id not in chosen] if self.found else []

    @property
    def is_valid(self) -> bool:
        """Whether every chosen organisation has somewhere to be asked, and none is written without being chosen; all
        forms are looked at.
        """
        faulty = [form for form in self.forms.values() if not form.is_valid()]
        return not (faulty or self.not_added)

    @property
    def status(self) -> int:
        """The answer's status: 422 when what was sent, or the network that is being added, has faults."""
        return 422 if self.sends or self.network.errors else 200

    def asked(self, message: str, language: str) -> list[Asked]:
        """Return those who are asked, for the action."""
        return [_asked(one, form, message, language) for one, form in self.rows]


def choosing(request: HttpRequest, acting: Acting) -> Choosing:
    """Read whom one has chosen from the address or the form, and do what the pressed button says."""
    made = Choosing(_chosen(request))
    sent = request.method == "POST"
    made.text = (request.POST if sent else request.GET).get("q", "").strip()
    pressed = {name for name in (FIND, ADD, DROP, NETWORK) if name in request.POST}
    if NETWORK in pressed:
        _add_network(request, acting, made)
    if pressed & {ADD, DROP, NETWORK}:
        made.text = ""
    if made.text and (not sent or FIND in pressed):
        made.found = register_page(RegisterFilters(q=made.text), page_size=CHOICES)
    # The search button is also what Enter presses; with nothing to search for it means to go on.
    made.sends = sent and not (pressed - {FIND}) and made.found is None and BROUGHT not in request.POST
    if made.sends and request.POST.get("network_name", "").strip():
        _keep_network(request, made)
    made.forms = {one.public_id: _form(request, one, made) for one in made.invited}
    return made


def _chosen(request: HttpRequest) -> list[Organisation]:
    ids = list(dict.fromkeys(request.POST.getlist("med") or request.GET.getlist("med")))
    if request.POST.get(ADD):
        ids = [*ids, request.POST[ADD]]
    ids = [one for one in dict.fromkeys(ids) if one != request.POST.get(DROP)][:MOST]
    found = {
        one.public_id: one
        for one in Organisation.objects.visible_to(request.user).filter(public_id__in=ids).prefetch_related("units")
    }
    if len(found) < len(ids):
        raise NotVisible
    return [found[one] for one in ids]


def _add_network(request: HttpRequest, acting: Acting, made: Choosing) -> None:
    """Add a network and choose it; those that look the same are shown first."""
    made.network = NetworkForm(request.POST)
    if not made.network.is_valid():
        return
    name = made.network.cleaned_data["network_name"]
    if "sure" not in request.POST:
        place = acting.organisation.municipality_id or ""
        made.alike = shown_rows(similar_organisations(name=name, municipality=place))
    if made.alike:
        return
    with refusals_on(made.network):
        made.invited.append(bodies.add_network(by=acting, name=name))
        made.network = NetworkForm(initial={"network_email": made.network.cleaned_data["network_email"]})


def _keep_network(request: HttpRequest, made: Choosing) -> None:
    """Show again what was written of a network that has not been added, and say so."""
    made.network, made.not_added = NetworkForm(request.POST), True
    if made.network.is_valid():
        said = _("Tryck på Lägg till nätverket först, så kommer det med. Ska det inte vara med tömmer ni fälten.")
        made.network.add_error("network_name", said)


def _form(request: HttpRequest, one: Organisation, made: Choosing) -> InvitedForm:
    options: dict[str, Any] = {
        "prefix": one.public_id, "units": units_of(one), "registered": bool(registered_address(one)),
    }  # fmt: skip
    if made.sends:
        return InvitedForm(request.POST, **options)
    typed = {name: request.POST.get(f"{one.public_id}-{name}", "") for name in ("unit", "email")}
    if not typed["email"] and NETWORK in request.POST and one is made.invited[-1]:
        typed["email"] = str(made.network.initial.get("network_email", ""))
    return InvitedForm(initial=typed, **options)


def _asked(one: Organisation, form: InvitedForm, message: str, language: str) -> Asked:
    unit = form.cleaned_data.get("unit")
    return Asked(one, form.cleaned_data["email"] or registered_address(one, unit), unit, message, language)


def as_typed(request: HttpRequest, form: Any) -> dict[str, Any]:
    """Return what stands in the posted form, to show it again without faults."""
    widgets = {name: field.widget for name, field in form.base_fields.items() if name in form.fields}
    if BROUGHT in request.POST:
        widgets = {name: widget for name, widget in widgets.items() if name in request.POST}
    return {name: widget.value_from_datadict(request.POST, request.FILES, name) for name, widget in widgets.items()}


def names_of(made: Choosing) -> list[str]:
    """Return the names of the chosen, for the line that says who reads."""
    return [one.name for one in made.invited] or [_("de ni bjuder in")]
