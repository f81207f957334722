"""A list asks the database as often with three rows as with one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle, PhaseAnswer, StepState
from samverka.collaborations.models import (
    Collaboration,
    Commitment,
    CommitmentChange,
    Decision,
    Guest,
    Invitation,
    Party,
)
from samverka.collaborations.queries import Seat, seat
from samverka.kernel import audit
from samverka.kernel.models import JobProgress, OutboxMessage
from samverka.knowledge.actions.drafting import add_party
from samverka.knowledge.actions.questions import answer_question, ask_question
from samverka.knowledge.actions.saving import make_collection, save_page
from samverka.knowledge.models import Example, Page
from samverka.organisations.indexing import store_index
from samverka.organisations.models import (
    Claim,
    Contact,
    Correction,
    Function,
    Membership,
    Offer,
    Organisation,
    TermsAcceptance,
    Unit,
)
from samverka.organisations.queries import acting_for
from samverka.places.models import Municipality
from samverka.surveys.actions.report_blocks import add_block, remove_block
from samverka.surveys.enums import BlockKind
from samverka.surveys.models import Answer, Asked, Passed, Reminder, Report, Round, Sample
from tests.knowledge import told
from tests.people import person
from tests.surveys.reports import fill, publish, started, written
from tests.world import World, client_of, seat_of

More = Callable[[World, int], None]


def organisations(world: World, number: int) -> None:
    place = Municipality.objects.get(pk="1499")
    added = Organisation.objects.create(
        name=f"Falköpings provförening {number}", kind="association", municipality=place, county=place.county
    )
    store_index(added)


def collaborations(world: World, number: int) -> None:
    made = Collaboration.objects.create(title=f"Nummer {number}", purpose="…", state="active")
    joined = {"collaboration": made, "state": "active", "joined_at": timezone.now()}
    for organisation in (world.together.village.municipality, world.together.village.association):
        Party.objects.create(organisation=organisation, **joined)
    waiting = Collaboration.objects.create(title=f"Fråga {number}", purpose="…")
    invited = Party.objects.create(collaboration=waiting, organisation=world.together.village.municipality)
    asking = Party.objects.create(
        collaboration=waiting, organisation=world.together.village.association, state="active", joined_at=timezone.now()
    )
    Invitation.objects.create(
        party=invited, inviting_party=asking, email="a@b.example", token_hash=f"hash-{number}",
        expires_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip


def entries(world: World, number: int) -> None:
    for name in ("karin", "yusuf"):
        seat = seat_of(world.together, name)
        actions.write_entry(by=seat, text=f"För oss {number}", circle=Circle.PARTY)
        entry = actions.write_entry(by=seat, text=f"För alla {number}")
        actions.share_entry(by=seat, entry_id=entry.public_id, circle=Circle.ALL, version=1)


def versions(world: World, number: int) -> None:
    seat = seat_of(world.together, "karin")
    note = seat.joint_at()
    assert note is not None
    actions.write_joint_note(by=seat, text=f"Text {number}", version=note.version)


def log_lines(world: World, number: int) -> None:
    village = world.together.village
    audit.record(
        "unit.changed", by=village.karin, kind="unit", object_id=str(number), label="Fritidsnämnden",
        organisation=village.municipality.public_id, changes={"name": ["a", "b"]},
    )  # fmt: skip


def people(world: World, number: int) -> None:
    village = world.together.village
    Membership.objects.create(
        user=person(f"Ny{number}"), organisation=village.municipality, role="member", unit=village.committee
    )
    asking = person(f"Frågar{number}".replace("å", "a"))
    Claim.objects.create(
        user=asking, organisation=village.municipality, state="asked", expires_at=timezone.now() + timedelta(days=9)
    )


def parts(world: World, number: int) -> None:
    ours = {"organisation": world.together.village.municipality}
    unit = Unit.objects.create(name=f"Nämnd {number}", kind="committee", **ours)
    unit.functions.create(kind="registrar", email=f"n{number}@exempelby.example", **ours)
    Contact.objects.create(name=f"Kontakt {number}", role="handläggare", unit=unit, public=True, **ours)
    Offer.objects.create(kind="offer", text=f"Kan {number}", **ours)
    Correction.objects.create(text=f"Fel {number}", **ours)


def acceptances(world: World, number: int) -> None:
    ours = {"organisation": world.together.village.municipality}
    unit = Unit.objects.create(name=f"Nämnd {number}", kind="committee", **ours)
    TermsAcceptance.objects.create(unit=unit, version=1, accepted_name="Sara Ek", **ours)
    Unit.objects.create(name=f"Styrelse {number}", kind="committee", **ours)


def mails(world: World, number: int) -> None:
    OutboxMessage.objects.create(
        kind="sign_in_code", to_address=f"p{number}@example.se", subject="Kod", text="…", state="failed",
        purge_on=timezone.localdate(),
    )  # fmt: skip


def imports(world: World, number: int) -> None:
    JobProgress.objects.create(kind="import_register", label=f"fil {number}", owner_id=1, state="done")


def hosts(world: World, number: int) -> None:
    person(f"Host{number}", host_roles=["editor"])


def left_behind(world: World, number: int) -> None:
    """One more of each: promises late and to come, mandates, decisions, versions."""
    seat, today = seat_of(world.together, "karin"), timezone.localdate()
    owners = [party.public_id for party in seat.active]
    for days in (-number, number):
        actions.make_commitment(by=seat, what=f"Löfte {number}", owners=owners, due_on=today + timedelta(days=days))
    actions.write_mandate(by=seat, person=f"Person {number}", may_promise="Lokalen")
    actions.record_decision(by=seat, what=f"Beslut {number}", decided_by="Nämnden", decided_on=today)
    goal = {"goal": f"Mål {number}"}
    actions.save_outcome(by=seat, step="3.2", values=goal, joint=True, version=number + 1)


def changes(world: World, number: int) -> None:
    actions.change_commitment(
        by=seat_of(world.together, "karin"), commitment_id=world.ids["commitment"], version=number,
        what=f"Öppna biblioteket {number}", owners=[world.together.public_party.public_id],
        due_on=timezone.localdate(),
    )  # fmt: skip


def beside(world: World, number: int) -> None:
    """One more guest, named party, party with its people, and invitation."""
    karin = seat_of(world.together, "karin")
    actions.invite_guest(
        by=karin, email=f"g{number}@example.se", name=f"Gäst {number}", role="Läser", until=timezone.localdate()
    )
    recorded = Collaboration.objects.get(public_id=world.ids["recorded"])
    other = Organisation.objects.create(name=f"Norrby förening {number}", kind="association")
    recorded.named_parties.create(name=f"Norrby part {number}", organisation=other)
    Party.objects.create(
        collaboration=world.together.collaboration, organisation=other, state="active", joined_at=timezone.now(),
        contact=person(f"Kontakt{number}"), deputy=person(f"Deputy{number}"),
    )  # fmt: skip
    actions.invite_party(
        by=karin, invited=Organisation.objects.create(name=f"Bjuden {number}", kind="association"), email="a@b.example"
    )


def reports(world: World, number: int) -> None:
    """One more report that is published, and one more edition of the world's."""
    found = Round.objects.select_related("version").get(slug="kartlaggning-2025")
    extra = Round.objects.create(
        slug=f"rapport-{number}", version=found.version, state="closed", opened_at=timezone.now(),
        published_at=timezone.now(),
    )  # fmt: skip
    publish(written(started(extra)))
    report = Report.objects.get(public_id=world.ids["report"])
    publish(report, what_changed=f"Rättelse {number}")
    figure = report.blocks.standing().filter(kind="figure").last()
    added = add_block(by=None, report_id=report.public_id, kind=BlockKind.TEXT, after=figure.public_id)
    fill(added, text="Mer text")
    remove_block(by=None, block_id=figure.public_id)


def told_examples(world: World, number: int) -> None:
    """One more example of each state, with quotes, pictures, parties and questions, saved by Vera."""
    together = world.together
    karin = together.village.karin
    told.sent_in(together)
    out = told.published(together)
    Page.objects.filter(pk=out.pk).update(forms=["project"])
    Example.objects.filter(page=out).update(collaboration=None)
    Collaboration.objects.filter(pk=together.collaboration.pk).update(forms=["project"])
    ask = {"by": None, "text": f"Fråga {number}", "name": "", "place": "", "email": "a@b.example", "may_show": True}
    asked = ask_question(page=Page.objects.get(public_id=world.ids["example"]), sender=str(number), **ask)
    answer_question(by=None, question=asked, answer="Svar", show=True)
    save_page(by=together.village.vera, page=out)
    make_collection(by=together.village.vera, name=f"Samling {number}")
    draft = Page.objects.select_related("example").get(public_id=world.ids["draft_page"])
    told.quote(draft, karin, name=f"Namn {number}")
    told.picture(draft, karin)
    add_party(by=karin, page_id=draft.public_id, name=f"Part {number}")


def alone(world: World, number: int) -> None:
    village = world.together.village
    place = seat(acting_for(village.karin, village.municipality.public_id), world.ids["alone"])
    actions.write_entry(by=place, text=f"Bara vi {number}", circle=Circle.PARTY)


def guest_places(world: World, number: int) -> None:
    made = Collaboration.objects.create(title=f"Läses {number}", purpose="…", state="active")
    party = Party.objects.create(
        collaboration=made, organisation=world.together.village.association, state="active", joined_at=timezone.now()
    )
    Guest.objects.create(
        collaboration=made, user=world.together.village.karin, role="Läser", inviting_party=party,
        until=timezone.localdate(),
    )  # fmt: skip


def happened(world: World, number: int) -> None:
    """One more party that says something of a phase, a step that changes, a promise, a decision."""
    together = world.together
    joined = together_with(world, number)
    codes = ("1.1", "2.2", "3.3", "4.4", "5.1")
    actions.change_step(by=joined, step=codes[number % 5], state=StepState.DONE)
    actions.answer_phase(by=joined, phase=1, answer=PhaseAnswer.CONFIRMED)
    for day in (-number, number):
        promise = Commitment.objects.create(
            collaboration=together.collaboration, what=f"Löfte {number}", made_by=joined.party, created_by=joined.user,
            due_on=timezone.localdate() + timedelta(days=day),
        )  # fmt: skip
        promise.owners.set([joined.party, together.public_party])
        CommitmentChange.objects.create(commitment=promise, state="promised", party=joined.party, by=joined.user)
    Decision.objects.create(
        collaboration=together.collaboration, party=joined.party, what=f"Beslut {number}", decided_by="Styrelsen",
        decided_on=timezone.localdate(), valid_until=timezone.localdate() + timedelta(days=number),
    )  # fmt: skip


def together_with(world: World, number: int) -> Seat:
    """Let one more association join; return the seat of its administrator."""
    organisation = Organisation.objects.create(name=f"Förening {number}", kind="association", invented=True)
    contact = person(f"Kontakt{number}")
    Membership.objects.create(user=contact, organisation=organisation, role="administrator")
    Party.objects.create(
        collaboration=world.together.collaboration, organisation=organisation, state="active", contact=contact,
        joined_at=timezone.now(),
    )  # fmt: skip
    return seat(acting_for(contact, organisation.public_id), world.together.collaboration.public_id)


TOGETHER = "/arbete/{municipality}/samverkan/{together}/"


def asked(world: World, number: int) -> None:
    """Ask one more body: some without an address, one rung and reminded, one that has passed a block on."""
    body = Organisation.objects.create(name=f"Provby kommun {number}", kind="municipality")
    Function.objects.create(organisation=body, kind="registrar", email=f"registrator{number}@provby.example")
    found, now = Round.objects.get(slug="2027"), timezone.now()
    one = Asked.objects.create(round=found, organisation=body, email="a@b.example", state="begun", invited_at=now)
    Asked.objects.create(round=found, organisation=body, unit=Unit.objects.create(
        organisation=body, name="Nämnden", kind="committee"))  # fmt: skip
    Answer.objects.create(asked=one, code="tackning", version=1, value="hela")
    Reminder.objects.create(asked=one, number=1, sent_on=timezone.localdate())
    Passed.objects.create(asked=one, blocks=["block_2"], email="x@y.example", passed_by="Kim")
    about = Asked.objects.get(public_id=world.ids["asked"])
    for row in (one, about):
        audit.record("round.called", by=None, kind="asked", object_id=row.public_id)
    Passed.objects.create(asked=about, blocks=["block_2"], email="x@y.example", passed_by="Kim")
    extra = Round.objects.create(slug=f"extra-{number}", version=found.version, opened_at=now)
    Asked.objects.create(round=extra, organisation=world.together.village.municipality, state="invited", invited_at=now)
    Sample.objects.create(round=found, size=1, seed=number)


LISTS: list[tuple[str, str, More]] = [
    ("none", "/organisationer/?q=provförening", organisations),
    ("none", "/sok/?q=provförening", organisations),
    ("none", "/platser/{place}/", organisations),
    ("none", "/organisationer/{municipality}-exempelby-kommun/", parts),
    ("karin", "/arbete/", collaborations),
    ("karin", "/arbete/{municipality}/", collaborations),
    ("karin", "/arbete/{municipality}/samverkan/", collaborations),
    ("karin", "/arbete/{municipality}/samverkan/{together}/", entries),
    ("rut", "/arbete/{municipality}/samverkan/{together}/", entries),
    ("karin", "/arbete/{municipality}/samverkan/{together}/", happened),
    ("karin", "/arbete/{municipality}/samverkan/{together}/tidslinje/", happened),
    ("karin", "/arbete/{municipality}/samverkan/{together}/fas/1/", happened),
    ("karin", "/arbete/{municipality}/samverkan/{together}/dagbok/", happened),
    ("karin", "/arbete/{municipality}/samverkan/", happened),
    ("karin", "/arbete/{municipality}/", happened),
    ("karin", "/arbete/{municipality}/samverkan/?sena=ja&ordning=datum", happened),
    ("karin", "/arbete/{municipality}/samverkan/{together}/delat.pdf", entries),
    ("karin", "/arbete/{municipality}/samverkan/{together}/anteckning/{joint}/versioner/", versions),
    ("karin", "/arbete/{municipality}/samverkan/ny/?q=provförening", organisations),
    ("karin", f"{TOGETHER}ataganden/?lage=alla", left_behind),
    ("rut", f"{TOGETHER}ataganden/?ordning=vem", left_behind),
    ("karin", f"{TOGETHER}ataganden/{{commitment}}/", changes),
    ("karin", f"{TOGETHER}mandat/", left_behind),
    ("karin", f"{TOGETHER}beslut/", left_behind),
    ("karin", f"{TOGETHER}dagbok/3.2/lamnar/", left_behind),
    ("karin", f"{TOGETHER}dagbok/3.2/lamnar/{{goal}}/versioner/", left_behind),
    ("karin", f"{TOGETHER}dagbok/4.2/", left_behind),
    ("karin", f"{TOGETHER}dagbok/4.5/", left_behind),
    ("karin", "our_tasks", left_behind),
    ("karin", "/arbete/{municipality}/samverkan/{together}/om/", beside),
    ("karin", "/arbete/{municipality}/samverkan/{recorded}/om/parter/", beside),
    ("karin", "/arbete/{municipality}/samverkan/", beside),
    ("karin", "/arbete/{municipality}/samverkan/{alone}/foljer-med/", alone),
    ("karin", "/arbete/{municipality}/", guest_places),
    ("karin", "our_log", log_lines),
    ("karin", "our_people", people),
    ("karin", "our_units", parts),
    ("karin", "our_terms", acceptances),
    ("karin", "our_functions", parts),
    ("karin", "our_contacts", parts),
    ("karin", "our_offers", parts),
    ("karin", "our_corrections", parts),
    ("hanna", "/redaktion/organisationer/?q=provförening", organisations),
    ("hanna", "/redaktion/meddelanden/", mails),
    ("hanna", "/redaktion/import/", imports),
    ("hanna", "/redaktion/personer/", hosts),
    ("hanna", "/redaktion/synpunkter/", parts),
    ("hanna", "/redaktion/begaran/", people),
    ("hanna", "/redaktion/", parts),
    ("anna", "/redaktion/kartlaggningar/", asked),
    ("anna", "/redaktion/kartlaggningar/2027/", asked),
    ("anna", "/redaktion/kartlaggningar/2027/panel/", asked),
    ("anna", "/redaktion/kartlaggningar/2027/panel/utan-adress/", asked),
    ("anna", "/redaktion/kartlaggningar/2027/svar/", asked),
    ("anna", "/redaktion/kartlaggningar/2027/ringlista/", asked),
    ("anna", "/redaktion/kartlaggningar/2027/svar/{asked}/", asked),
    ("none", "/kartlaggning/kartlaggning-2025/rapport/", reports),
    ("anna", "/redaktion/rapporter/", reports),
    ("anna", "/redaktion/rapporter/{report}/", reports),
    ("none", "/exempel/?q=biblioteket", told_examples),
    ("none", "/portratt/", told_examples),
    ("vera", "/exempel/{example}-{example_name}/", told_examples),
    ("karin", "/exempel/skriv/{draft_page}/", told_examples),
    ("karin", "/exempel/skicka-in/", told_examples),
    ("yusuf", "/arbete/{association}/exempel/", told_examples),
    ("karin", "/arbete/{municipality}/exempel/", told_examples),
    ("karin", "/arbete/{municipality}/samverkan/{together}/exempel/", told_examples),
    ("karin", "/arbete/{municipality}/samverkan/{together}/", told_examples),
    ("vera", "/konto/sparat/", told_examples),
    ("eva", "/redaktion/exempel/", told_examples),
    ("eva", "/redaktion/exempel/{sent_page}/", told_examples),
    ("karin", "our_surveys", asked),
    ("karin", "/arbete/{municipality}/", asked),
]


def address_of(named: str, world: World) -> str:
    if named.startswith("/"):
        return named.format(**world.ids)
    with translation.override("sv"):
        return reverse(named, args=[world.ids["municipality"]])


def statements(persona: str, address: str, world: World) -> list[str]:
    """What a page asks, read once beforehand so that what is kept for a while is kept."""
    client = client_of(world.person(persona))
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return [query["sql"][:150] for query in asked.captured_queries]


@pytest.mark.parametrize(("persona", "named", "more"), LISTS, ids=[f"{who} {page}" for who, page, _more in LISTS])
def test_list_asks_as_often_with_more_rows(world: World, persona: str, named: str, more: More) -> None:
    address = address_of(named, world)
    more(world, 1)
    cache.clear()
    few = statements(persona, address, world)
    for number in (2, 3, 4):
        more(world, number)
    cache.clear()
    many = statements(persona, address, world)
    assert len(few) == len(many), "\n".join(["with more rows:", *many])
    assert len(many) < 30, "\n".join(many)
