"""What the demo's people have under way: four collaborations at different stages and in different forms, something that
one party prepares alone, and something that was put in afterwards.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from samverka.organisations.models import ActivityField
from samverka.organisations.queries import acting_for

from .. import actions
from ..actions import Place
from ..actions.answering import Answer
from ..actions.contacts import AtTheTable
from ..actions.starting import Asked, Facts
from ..enums import Circle, CommitmentState, InvitationState, PhaseAnswer, StepState
from ..models import Collaboration
from ..queries import Seat, invitation_by_token, version_of
from .village import Village

BODY, VILLAGE, CLUB = "Exempelby kommun", "Exempelby byalag", "Exempelby låtsas-IF"
NETWORK, NEIGHBOUR = "Nätverket Grannhjälpen i Provstad", "Provstads kommun"
#: Who says yes for whom, and as what.
ANSWERS = {
    VILLAGE: ("yusuf", "kassör"),
    CLUB: ("nils", "ordförande"),
    NETWORK: ("greta", ""),
    NEIGHBOUR: ("olga", "samordnare"),
}


def tell_stories(village: Village) -> None:
    """Write all of it, through the same actions as the pages."""
    _homework(village)
    _footpath(village)
    _summer(village)
    _language_cafe(village)
    _safe_way_home(village)
    _put_in_afterwards(village)


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _fields(*codes: str) -> tuple[ActivityField, ...]:
    return tuple(ActivityField.objects.filter(scheme="mapping", code__in=codes))


def _start(village: Village, unit: str | None, facts: Facts, *invited: str, message: str = "") -> Collaboration:
    """Start for the municipality; everybody who is invited says yes."""
    karin = acting_for(village.people["karin"], village.organisations[BODY].public_id)
    asked = [Asked(village.organisations[name], _address(village, name), message=message) for name in invited]
    collaboration, tokens = actions.start_collaboration(
        by=karin, facts=facts, unit=village.units[unit] if unit else None, invited=asked, invented=True
    )
    for name, token in zip(invited, tokens, strict=True):
        person, role = ANSWERS[name]
        user = village.people[person]
        yes = Answer(choice=InvitationState.ACCEPTED, name=user.name, role=role, board_knows="knows")
        actions.answer_invitation(by=user, invitation=invitation_by_token(token), answer=yes)
    return collaboration


def _address(village: Village, name: str) -> str:
    """Return where the invitation goes: the organisation's own address, or who answers for it."""
    return village.organisations[name].email or village.people[ANSWERS[name][0]].email


def _say(by: Seat, code: str, text: str) -> None:
    """Say it at that place of the model, to all parties."""
    entry = actions.write_entry(by=by, text=text, circle=Circle.PARTY, place=Place.of(code))
    actions.share_entry(by=by, entry_id=entry.public_id, circle=Circle.ALL, version=entry.version)


def _leave(by: Seat, step: str, values: Mapping[str, object]) -> None:
    view = by.model.step(step) if by.model else None
    if view is not None:
        version = version_of(by, view, None, joint=True)
        actions.save_outcome(by=by, step=step, values=values, joint=True, version=version)


def _done(by: Seat, *steps: str) -> None:
    for step in steps:
        actions.change_step(by=by, step=step, state=StepState.DONE)


def _promise(by: Seat, what: str, owners: list[Seat], person: str, days: int, *, kept: bool | None = None) -> None:
    owned = [owner.party.public_id for owner in owners]
    made = actions.make_commitment(
        by=by, what=what, owners=owned, person=person, due_on=_in_days(days), question="4.2.1"
    )
    if kept is not None:
        state = CommitmentState.KEPT if kept else CommitmentState.BROKEN
        note = "" if kept else "Lokalen var dubbelbokad. Vi frågar tidigare nästa gång."
        settled = owners[0]
        actions.settle_commitment(
            by=settled, commitment_id=made.public_id, version=made.version, state=state, note=note
        )


def _homework(village: Village) -> None:
    """Under way: agreed on aims and promises; one promise is late, and one party has yet to confirm a phase."""
    facts = Facts(
        title="Läxhjälp på tre språk",
        purpose="Fler barn i årskurs 4 till 6 ska få hjälp med läxorna på ett språk de förstår.",
        forms=("project",), fields=_fields("children_youth", "culture"), society_level="local",
        starts_on=_in_days(-70), ends_on=_in_days(290),
    )  # fmt: skip
    hello = "Hej! Vi pratade om det här på höstmötet. Vill ni vara med?"
    made = _start(village, "Utbildningsnämnden", facts, VILLAGE, message=hello)
    karin, yusuf = village.seat_of("karin", BODY, made), village.seat_of("yusuf", VILLAGE, made)
    _contacts(village, karin, yusuf)
    _say(karin, "1.1.1", "Eleverna i femman på Låtsasskolan. Vi har frågat lärarna, men inte barnen.")
    _say(
        yusuf,
        "1.1.1",
        "Barnen i husen vid torget. Vi frågade dem på fotbollsplanen. De vill ha någon som kan deras ord.",
    )
    _leave(
        karin,
        "1.1",
        {
            "purpose": facts.purpose,
            "target_group": "Barn i årskurs 4 till 6 som talar ett annat språk hemma",
            "asked": "Nio barn och fem föräldrar",
        },
    )
    _leave(
        yusuf,
        "1.3",
        {"decided": ["Skolans schema"], "open": ["Dag och lokal", "Vilka språk"], "last_day": _in_days(20).isoformat()},
    )
    actions.write_mandate(
        by=karin, person="Karin Provsson", may_promise="Lokal en kväll i veckan och fika.",
        take_home="Pengar över 20 000 kronor, till nämnden.", valid_until=_in_days(400),
    )  # fmt: skip
    actions.write_mandate(
        by=yusuf, person="Yusuf Testberg", may_promise="Fyra läxhjälpare.", take_home="Mer än så, till styrelsen."
    )
    _say(karin, "3.2.1", "Att fler elever i årskurs 6 når målen i svenska, och att biblioteket är fullt på tisdagar.")
    _say(yusuf, "3.2.1", "Att föräldrarna vågar komma in. I dag står de utanför och väntar. Betygen är inte vår sak.")
    goal = "Om ett år är minst 30 barn och 10 föräldrar i läxhjälpen varje tisdag."
    actions.write_joint_note(
        by=yusuf, text=f"{goal} Vi följer det med närvaro, inte med betyg.", version=0, place=Place.of("3.2.1")
    )
    _leave(
        yusuf,
        "3.2",
        {
            "goal": goal,
            "baseline": "I dag kommer sju barn.",
            "signs": ["Antal barn per kväll", "Föräldrar som stannar"],
            "check_on": _in_days(120).isoformat(),
        },
    )
    _promise(karin, "Boka biblioteket varje tisdag", [karin], "Karin Provsson", -20, kept=True)
    _promise(karin, "Sätta upp affischer på tre språk", [yusuf], "Yusuf Testberg", -6)
    _promise(yusuf, "Hälsa på i femman och berätta", [karin, yusuf], "Karin och Yusuf", 12)
    actions.record_decision(
        by=karin, what="Lokal och fika till läxhjälpen i ett år", decided_by="Utbildningsnämnden",
        decided_on=_in_days(-30), reference="UBN 2026-0114 § 87", valid_until=_in_days(290),
    )  # fmt: skip
    actions.write_entry(
        by=karin, text="Fråga ekonomen om lokalen går att låna ut gratis.", circle=Circle.PARTY, place=Place.of("4.3.1")
    )
    _done(karin, "1.1", "1.3", "2.2", "2.5", "3.2", "4.2")
    for by in (karin, yusuf):
        actions.answer_phase(by=by, phase=1, answer=PhaseAnswer.CONFIRMED)
    actions.answer_phase(by=karin, phase=2, answer=PhaseAnswer.CONFIRMED, comment="Vi vet vilka vi är nu.")


def _contacts(village: Village, karin: Seat, yusuf: Seat) -> None:
    for by, contact, deputy in ((karin, "karin", "kim"), (yusuf, "yusuf", "fatima")):
        people = AtTheTable(
            village.people[contact].public_id, village.people[deputy].public_id, _in_days(-40), "Dagboken här"
        )
        actions.set_contact(by=by, people=people)


def _footpath(village: Village) -> None:
    """Invited and not answered."""
    karin = acting_for(village.people["karin"], village.organisations[BODY].public_id)
    facts = Facts(
        title="Gångväg till bygdegården",
        purpose="Barnen ska kunna gå till bygdegården utan att behöva gå på landsvägen.",
        forms=("dialogue",), fields=_fields("rural_services"), society_level="local",
    )  # fmt: skip
    association = village.organisations[VILLAGE]
    actions.start_collaboration(
        by=karin, facts=facts, unit=None, invited=[Asked(association, association.email)], invented=True
    )


def _summer(village: Village) -> None:
    """Five parties in a council; one has said nothing."""
    facts = Facts(
        title="Sommar för alla i Exempelby",
        purpose="Den som inte åker bort ska ha något att göra varje dag hela sommarlovet.",
        forms=("council", "premises"), fields=_fields("recreation_sport", "children_youth"), society_level="regional",
        ends_on=_in_days(220),
    )  # fmt: skip
    made = _start(village, "Fritidsnämnden", facts, VILLAGE, CLUB, NETWORK, NEIGHBOUR)
    karin = village.seat_of("karin", BODY, made)
    seats = {name: village.seat_of(person, name, made) for name, (person, _role) in ANSWERS.items()}
    for by, text in (
        (karin, "De som inte har råd att åka någonstans. Vi har frågat fritidsgårdarna."),
        (seats[VILLAGE], "De äldre som sitter ensamma när alla andra är på landet. Vi har frågat dem vid kaffet."),
        (seats[CLUB], "Barn som slutat med idrott. Vi har inte frågat dem, bara deras gamla tränare."),
        (seats[NEIGHBOUR], "Ungdomar i byarna på gränsen. De hör till oss på papper och till er på riktigt."),
    ):
        _say(by, "1.1.1", text)
    _say(karin, "2.3.1", "För oss kostar det arbetstid. För er kostar det kvällar. Vi betalar resor och fika.")
    _say(seats[CLUB], "2.3.1", "Möten klockan fjorton går inte. Ingen av oss är ledig då.")
    _promise(karin, "Lista på lediga lokaler i juli", [karin], "Karin Provsson", 25)
    _done(karin, "1.1")
    for by in (karin, seats[CLUB], seats[NEIGHBOUR]):
        actions.answer_phase(by=by, phase=1, answer=PhaseAnswer.CONFIRMED)
    actions.answer_phase(
        by=seats[VILLAGE], phase=1, answer=PhaseAnswer.NOT_YET, comment="Vi behöver fråga dem det gäller en gång till."
    )


def _language_cafe(village: Village) -> None:
    """Finished: promises settled, looked back on, ended."""
    facts = Facts(
        title="Språkkafé på biblioteket",
        purpose="Den som är ny i Sverige ska ha någon att prata svenska med en kväll i veckan.",
        forms=("agreement",), fields=_fields("refugees", "culture"), society_level="local",
        starts_on=_in_days(-400), ends_on=_in_days(-20),
    )  # fmt: skip
    made = _start(village, None, facts, VILLAGE)
    karin, yusuf = village.seat_of("karin", BODY, made), village.seat_of("yusuf", VILLAGE, made)
    _promise(karin, "Öppet till klockan tjugo på onsdagar", [karin], "Biblioteket", -200, kept=True)
    _promise(yusuf, "Sex värdar som turas om", [yusuf], "Fatima Provdal", -190, kept=True)
    _promise(karin, "Sommarkafé i juli", [karin], "Karin Provsson", -120, kept=False)
    actions.write_joint_note(
        by=yusuf,
        text="Vi höll två löften av tre. Sommarkaféet lovade vi utan att fråga den som bokar lokalen.",
        version=0,
        place=Place.of("6.1.1"),
    )
    _say(karin, "6.2.1", "I höstas kom åtta. Nu kommer tjugofem, och några av dem är värdar själva.")
    _say(yusuf, "6.2.1", "De hälsar på varandra i affären. Det syns inte i någon statistik.")
    _done(karin, "1.1", "3.2", "4.2", "5.3", "6.1", "7.1")
    for phase in (1, 3, 4, 6, 7):
        for by in (karin, yusuf):
            actions.answer_phase(by=by, phase=phase, answer=PhaseAnswer.CONFIRMED)
    actions.end_collaboration(by=karin, reason="Kaféet är bibliotekets eget nu och står i budgeten.")


def _safe_way_home(village: Village) -> None:
    """Prepared by one party alone; nobody else reads it."""
    karin = acting_for(village.people["karin"], village.organisations[BODY].public_id)
    facts = Facts(
        title="Trygg väg hem på kvällen",
        purpose="Den som går hem från bussen ska inte behöva vara rädd.",
        forms=("undecided",), fields=_fields("crime_prevention"), society_level="local",
    )  # fmt: skip
    made, _tokens = actions.start_collaboration(
        by=karin, facts=facts, unit=None, chosen_steps=("1.1", "1.3", "2.1"), invented=True
    )
    seat = village.seat_of("karin", BODY, made)
    actions.write_entry(
        by=seat, text="Ring nattvandrarna först. De vet var lamporna är trasiga.", circle=Circle.PARTY,
        place=Place.of("1.1.1"),
    )  # fmt: skip


def _put_in_afterwards(village: Village) -> None:
    """Something that already ran when the municipality began to use the service."""
    karin = acting_for(village.people["karin"], village.organisations[BODY].public_id)
    facts = Facts(title="Driften av bygdegården", forms=("premises",), starts_on=_in_days(-900))
    made = actions.record_collaboration(
        by=karin, facts=facts, unit=village.units["Fritidsnämnden"], names=[VILLAGE], diary_number="FRN 2024-0031"
    )
    Collaboration.objects.filter(pk=made.pk).update(invented=True)
