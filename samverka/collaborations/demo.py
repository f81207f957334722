"""The demo: invented organisations and persons, marked as invented, and two collaborations between them.

Loading again changes nothing. It refuses to load where anybody else could reach it.
"""

from dataclasses import dataclass
from urllib.parse import urlparse

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from samverka.accounts.demo import demo_person, demo_second_factor
from samverka.accounts.models import User
from samverka.accounts.roles import ROLES
from samverka.kernel.errors import Refused
from samverka.kernel.search import store_vector
from samverka.organisations.models import Function, Membership, Organisation, Unit
from samverka.organisations.queries import acting_for

from .actions import answer_invitation, share_entry, start_collaboration, write_entry, write_joint_note
from .actions.answering import Answer
from .actions.inviting import Asked
from .enums import Circle, InvitationState
from .facts import Facts
from .models import Collaboration
from .queries import invitation_by_token, seat

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}


@dataclass(frozen=True)
class DemoSignIn:
    """A person to sign in as: what they are, their address, and for host roles the secret of the second factor."""

    who: str
    email: str
    totp_secret: str = ""


def refuse_beyond_loopback() -> None:
    """Raise Refused unless this installation can only be reached from the machine it runs on."""
    database = connection.settings_dict.get("HOST", "")
    reachable = {urlparse(settings.BASE_URL).hostname, *settings.ALLOWED_HOSTS} - LOOPBACK
    if settings.PRODUCTION or reachable or not (database in {"", *LOOPBACK} or database.startswith("/")):
        raise Refused(
            _(
                "Demon har kända inloggningar och läses bara in på en egen dator. "
                "SAMVERKA_BASE_URL, ALLOWED_HOSTS och databasen måste vara localhost."
            )
        )


@transaction.atomic
def load_demo() -> list[DemoSignIn]:
    """Load the demo; return its sign-ins. Raises Refused on anything but loopback."""
    refuse_beyond_loopback()
    municipality, committee, association = _organisations()
    people = _people()
    _memberships(people, municipality, committee, association)
    if not Collaboration.objects.filter(invented=True).exists():
        _collaborations(people, municipality, committee, association)
    return _sign_ins(people)


def _organisation(name: str, kind: str, **facts: object) -> Organisation:
    organisation, created = Organisation.objects.get_or_create(
        name=name, invented=True, defaults={"kind": kind, "source_date": None, **facts}
    )
    if created:
        store_vector(organisation)
    return organisation


def _organisations() -> tuple[Organisation, Unit, Organisation]:
    municipality = _organisation("Exempelby kommun", "municipality", genitive="Exempelby kommuns")
    committee, _made = Unit.objects.get_or_create(
        organisation=municipality,
        name="Utbildningsnämnden",
        defaults={"kind": "committee", "diary_pattern": "UBN 2026-0001"},
    )
    for unit, address in ((None, "registrator@exempelby.example"), (committee, "utbildningsnamnden@exempelby.example")):
        Function.objects.get_or_create(
            organisation=municipality, unit=unit, kind="registrar", withdrawn_at=None, defaults={"email": address}
        )
    association = _organisation(
        "Exempelby byalag",
        "association",
        email="styrelsen@exempelbybyalag.example",
        email_public=True,
        description="Vi sköter bygdegården och ordnar det som byn behöver.",
    )
    _organisation("Provstads kommun", "municipality", genitive="Provstads kommuns")
    _organisation("Nätverket Grannhjälpen i Provstad", "network", email="hej@grannhjalpen.example")
    _organisation("Tjejjouren Testkällan", "association", protected=True, protected_reason="Exempel")
    return municipality, committee, association


def _people() -> dict[str, User]:
    return {
        "karin": demo_person("karin.provsson@exempelby.example", "Karin Provsson", phone="0123-456 78"),
        "rut": demo_person("rut.registrator@exempelby.example", "Rut Diariesson"),
        "bengt": demo_person("bengt.beslutsson@exempelby.example", "Bengt Beslutsson"),
        "yusuf": demo_person("yusuf.testberg@exempelbybyalag.example", "Yusuf Testberg", phone="070-000 00 00"),
        "hanna": demo_person("hanna.host@samverka.example", "Hanna Värdsson", host_roles=("host_administrator",)),
        "eva": demo_person("eva.editor@samverka.example", "Eva Redaktörsson", host_roles=("editor",)),
        "anna": demo_person("anna.analyst@samverka.example", "Anna Analyssson", host_roles=("analyst",)),
    }


def _memberships(
    people: dict[str, User], municipality: Organisation, committee: Unit, association: Organisation
) -> None:
    held = (
        ("karin", municipality, None, "administrator"),
        ("rut", municipality, None, "registrar"),
        ("bengt", municipality, committee, "decision_maker"),
        ("yusuf", association, None, "administrator"),
    )
    for name, organisation, unit, role in held:
        Membership.objects.get_or_create(
            user=people[name], organisation=organisation, unit=unit, role=role, until=None, defaults={"basis": "Demo"}
        )


def _collaborations(
    people: dict[str, User], municipality: Organisation, committee: Unit, association: Organisation
) -> None:
    karin = acting_for(people["karin"], municipality.public_id)
    collaboration, (token,) = start_collaboration(
        by=karin,
        facts=Facts(
            title="Läxhjälp på tre språk",
            purpose="Fler barn i årskurs 4 till 6 ska få hjälp med läxorna på ett språk de förstår.",
        ),
        unit=committee,
        invited=[
            Asked(
                association,
                association.email,
                message="Hej! Vi pratade om det här på höstmötet. Vill ni vara med?",
            )
        ],
        invented=True,
    )
    yes = Answer(choice=InvitationState.ACCEPTED, name="Yusuf Testberg", role="kassör", board_knows="knows")
    answer_invitation(by=people["yusuf"], invitation=invitation_by_token(token), answer=yes)
    public_seat = seat(karin, collaboration.public_id)
    civil_seat = seat(acting_for(people["yusuf"], association.public_id), collaboration.public_id)
    for who, text in (
        (public_seat, "Att fler elever i årskurs 6 når målen i svenska, och att biblioteket är fullt på tisdagar."),
        (civil_seat, "Att föräldrarna vågar komma in. I dag står de utanför och väntar. Betygen är inte vår sak."),
    ):
        entry = write_entry(by=who, text=text, circle=Circle.PARTY)
        share_entry(by=who, entry_id=entry.public_id, circle=Circle.ALL, version=entry.version)
    write_entry(by=public_seat, text="Fråga ekonomen om lokalen går att låna ut gratis.", circle=Circle.PARTY)
    write_joint_note(
        by=civil_seat,
        text="Om ett år är minst 30 barn och 10 föräldrar i läxhjälpen varje tisdag. "
        "Vi följer det med närvaro, inte med betyg.",
        version=0,
    )
    start_collaboration(
        by=karin,
        facts=Facts(
            title="Gångväg till bygdegården",
            purpose="Barnen ska kunna gå till bygdegården utan att behöva gå på landsvägen.",
        ),
        unit=None,
        invited=[Asked(association, association.email)],
        invented=True,
    )


def _sign_ins(people: dict[str, User]) -> list[DemoSignIn]:
    said = {
        "karin": _("Samordnare på Exempelby kommun (administratör)"),
        "rut": _("Registrator på Exempelby kommun"),
        "bengt": _("Beslutsfattare i Utbildningsnämnden, Exempelby kommun"),
        "yusuf": _("Kassör i Exempelby byalag (administratör)"),
    }
    ordinary = [DemoSignIn(said[name], people[name].email) for name in said]
    host = [
        DemoSignIn(str(ROLES[person.host_roles[0]].label), person.email, demo_second_factor(person))
        for person in people.values()
        if person.host_roles
    ]
    return ordinary + host
