"""The demo's organisations and people. All are invented, and none may bear the name of anybody in the register."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverka.accounts.demo import demo_person, demo_second_factor
from samverka.accounts.models import User
from samverka.accounts.roles import ROLES
from samverka.kernel.errors import Refused
from samverka.kernel.search import store_vector
from samverka.kernel.text import swedish_sort_key
from samverka.organisations.acceptances import terms_missing
from samverka.organisations.actions.terms import accept_terms
from samverka.organisations.models import Function, Membership, Organisation, Unit
from samverka.organisations.queries import acting_for

from ..models import Collaboration
from ..queries import Seat, seat

#: name -> kind and facts. One test looks for these names in real registers.
ORGANISATIONS: dict[str, tuple[str, dict[str, object]]] = {
    "Exempelby kommun": ("municipality", {"genitive": "Exempelby kommuns"}),
    "Provstads kommun": ("municipality", {"genitive": "Provstads kommuns"}),
    "Exempelby byalag": (
        "association",
        {
            "email": "styrelsen@exempelbybyalag.example",
            "email_public": True,
            "description": "Vi sköter bygdegården och ordnar det som byn behöver.",
        },
    ),
    "Exempelby låtsas-IF": ("association", {"email": "kansliet@latsasif.example"}),
    "Nätverket Grannhjälpen i Provstad": ("network", {"email": "hej@grannhjalpen.example"}),
    "Tjejjouren Testkällan": ("association", {"protected": True, "protected_reason": "Exempel"}),
}
UNITS = {"Utbildningsnämnden": "UBN 2026-0001", "Fritidsnämnden": "FRN 2026-0001"}
#: key -> address, name, telephone, host roles
PEOPLE: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "karin": ("karin.provsson@exempelby.example", "Karin Provsson", "0123-456 78", ()),
    "kim": ("kim.vikariesson@exempelby.example", "Kim Vikariesson", "0123-456 79", ()),
    "rut": ("rut.registrator@exempelby.example", "Rut Diariesson", "", ()),
    "bengt": ("bengt.beslutsson@exempelby.example", "Bengt Beslutsson", "", ()),
    "yusuf": ("yusuf.testberg@exempelbybyalag.example", "Yusuf Testberg", "070-000 00 00", ()),
    "fatima": ("fatima.provdal@exempelbybyalag.example", "Fatima Provdal", "070-000 00 01", ()),
    "nils": ("nils.latsas@latsasif.example", "Nils Låtsasson", "070-000 00 02", ()),
    "greta": ("greta.granne@grannhjalpen.example", "Greta Grannlund", "070-000 00 03", ()),
    "olga": ("olga.provstad@provstad.example", "Olga Provstadius", "0123-999 00", ()),
    "hanna": ("hanna.host@samverka.example", "Hanna Värdsson", "", ("host_administrator",)),
    "eva": ("eva.editor@samverka.example", "Eva Redaktörsson", "", ("editor",)),
    "anna": ("anna.analyst@samverka.example", "Anna Analyssson", "", ("analyst",)),
}
#: person, organisation, unit, role
ROLES_HELD = (
    ("karin", "Exempelby kommun", None, "administrator"),
    ("kim", "Exempelby kommun", None, "deputy"),
    ("rut", "Exempelby kommun", None, "registrar"),
    ("bengt", "Exempelby kommun", "Utbildningsnämnden", "decision_maker"),
    ("yusuf", "Exempelby byalag", None, "administrator"),
    ("fatima", "Exempelby byalag", None, "member"),
    ("nils", "Exempelby låtsas-IF", None, "administrator"),
    ("greta", "Nätverket Grannhjälpen i Provstad", None, "administrator"),
    ("olga", "Provstads kommun", None, "administrator"),
)


@dataclass(frozen=True)
class DemoSignIn:
    """A person to sign in as: what they are, their address, and for host roles the secret of the second factor."""

    who: str
    email: str
    totp_secret: str = ""


@dataclass(frozen=True)
class Village:
    """Everybody in the demo, by name."""

    organisations: dict[str, Organisation]
    units: dict[str, Unit]
    people: dict[str, User]

    def seat_of(self, person: str, organisation: str, collaboration: Collaboration) -> Seat:
        """Return the person's seat there, for the organisation."""
        acting = acting_for(self.people[person], self.organisations[organisation].public_id)
        return seat(acting, collaboration.public_id)


def build_village() -> Village:
    """Make what is missing of the village. Raises Refused when one of its names is somebody's in the register."""
    _refuse_names_of_others()
    organisations = {name: _organisation(name, kind, facts) for name, (kind, facts) in ORGANISATIONS.items()}
    municipality = organisations["Exempelby kommun"]
    units = {name: _unit(municipality, name, pattern) for name, pattern in UNITS.items()}
    _function(municipality, None, "registrator@exempelby.example")
    _function(municipality, units["Utbildningsnämnden"], "utbildningsnamnden@exempelby.example")
    _function(organisations["Provstads kommun"], None, "registrator@provstad.example")
    people = {
        key: demo_person(address, name, phone=phone, host_roles=roles)
        for key, (address, name, phone, roles) in PEOPLE.items()
    }
    for person, organisation, unit, role in ROLES_HELD:
        held = {"organisation": organisations[organisation], "unit": units[unit] if unit else None, "role": role}
        Membership.objects.get_or_create(user=people[person], until=None, defaults={"basis": "Demo"}, **held)
    for person, body in (("karin", "Exempelby kommun"), ("olga", "Provstads kommun")):
        _accept_terms(people[person], organisations[body])
    return Village(organisations, units, people)


def _refuse_names_of_others() -> None:
    keys = [swedish_sort_key(name) for name in ORGANISATIONS]
    taken = Organisation.objects.filter(sort_key__in=keys, invented=False).values_list("name", flat=True).first()
    if taken is not None:
        raise Refused(_("Demon läses inte in: %(name)s finns i registret på riktigt.") % {"name": taken})


def _organisation(name: str, kind: str, facts: dict[str, object]) -> Organisation:
    organisation, created = Organisation.objects.get_or_create(
        name=name, invented=True, defaults={"kind": kind, "source_date": None, **facts}
    )
    if created:
        store_vector(organisation)
    return organisation


def _unit(organisation: Organisation, name: str, pattern: str) -> Unit:
    defaults = {"kind": "committee", "diary_pattern": pattern}
    unit, _made = Unit.objects.get_or_create(organisation=organisation, name=name, defaults=defaults)
    return unit


def _function(organisation: Organisation, unit: Unit | None, address: str) -> None:
    Function.objects.get_or_create(
        organisation=organisation, unit=unit, kind="registrar", withdrawn_at=None, defaults={"email": address}
    )


def _accept_terms(person: User, body: Organisation) -> None:
    terms = terms_missing(body, None)
    if terms is not None:
        accept_terms(by=acting_for(person, body.public_id), unit=None, version=terms.number, role="samordnare")


def sign_ins(village: Village) -> list[DemoSignIn]:
    """Return whom one can sign in as: every persona of the product; a visitor needs no sign-in."""
    said = {
        "karin": _("Samordnare på Exempelby kommun (administratör)"),
        "rut": _("Registrator på Exempelby kommun"),
        "bengt": _("Beslutsfattare i Utbildningsnämnden, Exempelby kommun"),
        "yusuf": _("Kassör i Exempelby byalag (administratör)"),
        "nils": _("Ordförande i Exempelby låtsas-IF"),
        "greta": _("Med i Nätverket Grannhjälpen i Provstad"),
        "olga": _("Samordnare på Provstads kommun"),
    }
    ordinary = [DemoSignIn(words, village.people[key].email) for key, words in said.items()]
    host = [
        DemoSignIn(str(ROLES[person.host_roles[0]].label), person.email, demo_second_factor(person))
        for person in village.people.values()
        if person.host_roles
    ]
    return ordinary + host
