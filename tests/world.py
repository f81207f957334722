"""The village with one of everything in it, so that every address of the site leads somewhere."""

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from samverka.accounts.models import User
from samverka.accounts.second_factor import enrol_totp
from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.collaborations.facts import Facts
from samverka.collaborations.models import Invitation, Party
from samverka.collaborations.queries import Seat, seat, token_hash
from samverka.kernel.models import JobProgress, OutboxMessage, SinkMail
from samverka.organisations.indexing import store_index
from samverka.organisations.models import Claim, Contact, Correction, Offer, Organisation, TermsAcceptance
from samverka.organisations.queries import acting_for
from samverka.places.models import Municipality, Region, place_path
from samverka.questionnaires.actions import start_draft
from samverka.questionnaires.content import shipped_questionnaires

from .people import Together, build_together, build_village
from .world_knowledge import build_knowledge
from .world_newsletters import build_newsletters
from .world_publications import build_publications
from .world_sending import build_sending
from .world_survey import build_surveys

#: Everybody who asks for a page, with nobody first.
PERSONAS = ("none", "vera", "karin", "kim", "rut", "yusuf", "fatima", "olle", "hanna", "eva", "anna")
TOKEN = "inbjudan-till-grannby-kommun-abcdef"


@dataclass
class World:
    """What there is, by the names that the table of routes uses; `ids` are as they stand in addresses."""

    together: Together
    ids: dict[str, str]

    def person(self, name: str) -> User | None:
        """The person with that name; nobody for "none"."""
        return None if name == "none" else self.together.village.people[name]


def seat_of(together: Together, name: str) -> Seat:
    """Return the seat of a named person in the collaboration."""
    own = together.village.association if name in {"yusuf", "fatima"} else together.village.municipality
    return seat(acting_for(together.village.people[name], own.public_id), together.collaboration.public_id)


def client_of(person: User | None, *, proven: bool = True) -> Client:
    """Return a browser in which `person` has just signed in, with a second factor when `proven`."""
    client = Client()
    if person is not None:
        client.force_login(person)
        session = client.session
        methods = [{"method": "code", "at": time.time()}]
        if proven and person.host_roles:
            methods.append({"method": "mfa", "type": "totp", "at": time.time()})
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = methods
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
        session.save()
    return client


def build_world() -> World:
    """Make the village, the collaboration, and one of everything that an address can name."""
    together = build_together(build_village())
    village = together.village
    for host in (village.hanna, village.eva, village.anna):
        enrol_totp(user=host)
    for organisation in (village.municipality, village.association, village.neighbour):
        store_index(organisation)
    ids = {
        "municipality": village.municipality.public_id,
        "association": village.association.public_id,
        "neighbour": village.neighbour.public_id,
        "name": village.municipality.slug,
        "unit": village.committee.public_id,
        "eva": village.eva.public_id,
        "together": together.collaboration.public_id,
        "place": place_path(Municipality.objects.get(pk="1499")),
        "region": place_path(Region.objects.get(pk="14")),
    }
    _questionnaire()
    made = ids | _organisations(together) | _entries(together) | _host() | _invitation(together)
    made |= _left_behind(together) | _meetings(together) | _beside(together)
    made |= build_surveys(village) | build_publications(village) | build_knowledge(together)
    made |= build_newsletters(village)
    return World(together, made | build_sending(village, made))


def _questionnaire() -> None:
    """Make a draft of a questionnaire that has a section, a list of choices and no version that applies."""
    definition = replace(shipped_questionnaires()["foreningar"], items=shipped_questionnaires()["foreningar"].items[:2])
    start_draft(by=None, slug="provformular", definition=definition)


def _organisations(together: Together) -> dict[str, str]:
    village = together.village
    ours: dict[str, Any] = {"organisation": village.municipality}
    contact = Contact.objects.create(name="Karin Provsson", role="samordnare", **ours)
    asked = {"state": "asked", "expires_at": timezone.now() + timedelta(days=30), "person_role": "sekreterare"}
    claim = Claim.objects.create(user=village.vera, **ours, **asked)
    unclaimed = Organisation.objects.create(name="Norrby samhällsförening", kind="association", invented=True)
    store_index(unclaimed)
    alone = Organisation.objects.create(name="Sörby samhällsförening", kind="association", invented=True)
    store_index(alone)
    waiting = Claim.objects.create(user=village.vera, organisation=alone, **asked)
    accepted = TermsAcceptance.objects.get()
    coded = {"state": "code_sent", "sent_to": "info@norrby.example", "expires_at": asked["expires_at"]}
    Claim.objects.create(user=village.vera, organisation=unclaimed, code_hash="md5$a$b", **coded)
    return {
        "contact": contact.public_id,
        "offer": Offer.objects.create(kind="offer", text="Lokaler om kvällarna", **ours).public_id,
        "correction": Correction.objects.create(text="Fel telefonnummer", **ours).public_id,
        "function": village.municipality.functions.get().public_id,
        "membership": village.kim.memberships.get().public_id,
        "claim": claim.public_id,
        "acceptance": accepted.public_id,
        "waiting_claim": waiting.public_id,
        "unclaimed": unclaimed.public_id,
    }


def _entries(together: Together) -> dict[str, str]:
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    note = actions.write_joint_note(by=karin, text="Vi börjar på torsdagar.", version=0)
    draft = actions.write_entry(by=karin, text="Karins utkast")
    own = actions.write_entry(by=karin, text="Kommunens anteckning", circle=Circle.PARTY)
    theirs = actions.write_entry(by=yusuf, text="Yusufs utkast")
    shared = actions.write_entry(by=karin, text="Kommunens ord till alla")
    actions.write_entry(by=karin, entry_id=shared.public_id, version=1, text="Kommunens bättre ord till alla")
    actions.share_entry(by=karin, entry_id=shared.public_id, circle=Circle.ALL, version=2)
    files = [
        actions.attach_file(by=karin, entry_id=entry.public_id, upload=SimpleUploadedFile("plan.txt", b"Plan"))
        for entry in (own, shared)
    ]
    asked = actions.write_entry(by=karin, text="Kommunens utkast till alla", place=actions.Place.of("3.3.1"))
    until = timezone.localdate() + timedelta(days=14)
    actions.share_entry(by=karin, entry_id=asked.public_id, circle=Circle.ALL, version=1, comments_until=until)
    return {
        "own_file": files[0].public_id,
        "shared_file": files[1].public_id,
        "commented": asked.public_id,
        "joint": note.public_id,
        "draft": draft.public_id,
        "party_note": own.public_id,
        "their_draft": theirs.public_id,
        "shared": shared.public_id,
    }


def _meetings(together: Together) -> dict[str, str]:
    """One meeting that was held, with words not yet confirmed by the association, and one that is under way."""
    karin = seat_of(together, "karin")
    present = [actions.Present("Karin Provsson", together.public_party, user=together.village.karin)]
    held = actions.start_meeting(by=karin, questions=["1.1.1", "1.3.1"], people=present)
    boxes = {
        together.public_party.public_id: actions.Typed("Det kommunen sa"),
        together.civil_party.public_id: actions.Typed("Det byalaget sa"),
        actions.TOGETHER: actions.Typed("Det vi sa på mötet"),
    }
    actions.write_at_meeting(by=karin, meeting_id=held.public_id, question="1.1.1", boxes=boxes)
    actions.end_meeting(by=karin, meeting_id=held.public_id)
    now = actions.start_meeting(by=seat_of(together, "yusuf"), questions=["1.1.1", "3.2.1"], people=[])
    said = held.entries.get(party=together.civil_party)
    return {"held": held.public_id, "meeting": now.public_id, "said": said.public_id}


def _left_behind(together: Together) -> dict[str, str]:
    """What the steps have left behind: said together, by each party for itself, and rows of their own."""
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    goal = {"goal": "Trettio barn varje tisdag"}
    together_said = actions.save_outcome(by=karin, step="3.2", values=goal, joint=True, version=0)
    goal["signs"] = "Närvaro varje tisdag"
    actions.save_outcome(by=yusuf, step="3.2", values=goal, joint=True, version=1)
    needs = {"needs": "Kommunens behov"}
    own = actions.save_outcome(by=karin, step="3.1", values=needs, joint=False, version=0)
    theirs = actions.save_outcome(by=yusuf, step="3.1", values={"needs": "Byalagets behov"}, joint=False, version=0)
    answers = {"answers": {"dialogue": {"answer": "2", "comment": "Vi väntar på svar."}}}
    shared = actions.save_outcome(by=yusuf, step="6.3", values=answers, joint=False, version=0)
    actions.share_outcome(by=yusuf, outcome_id=shared.public_id, version=1)
    today = timezone.localdate()
    promise = actions.make_commitment(
        by=karin, what="Öppna biblioteket", owners=[together.public_party.public_id], due_on=today, question="4.2.1"
    )
    mandate = actions.write_mandate(by=karin, person="Karin Provsson", may_promise="Lokalen på tisdagar")
    decision = actions.record_decision(by=karin, what="Vi är med", decided_by="Fritidsnämnden", decided_on=today)
    return {
        "goal": together_said.public_id,
        "our_needs": own.public_id,
        "their_needs": theirs.public_id,
        "their_answers": shared.public_id,
        "commitment": promise.public_id,
        "mandate": mandate.public_id,
        "decision": decision.public_id,
    }


def _host() -> dict[str, str]:
    message = OutboxMessage.objects.create(
        kind="sign_in_code", to_address="vera@example.se", subject="Din kod", text="…", state="failed",
        purge_on=timezone.localdate() + timedelta(days=30), last_error="SMTPServerDisconnected",
    )  # fmt: skip
    mail = SinkMail.objects.create(
        to_addresses="vera@example.se", subject="Din kod", text="1234 5678", html="<p>1234 5678</p>",
        raw=b"Subject: Din kod\r\n\r\n1234 5678",
    )  # fmt: skip
    report = {"dry_run": True, "source": "", "counts": {"created": 1, "changed": 0, "unchanged": 0, "refused": 0}}
    progress = JobProgress.objects.create(
        kind="import_register", label="register.jsonl", owner_id=1, state="done", done=1, total=1, report=report,
        finished_at=timezone.now(),
    )  # fmt: skip
    return {"message": message.public_id, "mail": mail.public_id, "import": progress.public_id}


def _invitation(together: Together) -> dict[str, str]:
    party = Party.objects.create(collaboration=together.collaboration, organisation=together.village.neighbour)
    invitation = Invitation.objects.create(
        party=party, inviting_party=together.public_party, invited_by=together.village.karin,
        email="registrator@grannby.example", message="Vill ni vara med?", token_hash=token_hash(TOKEN),
        expires_at=timezone.now() + timedelta(days=90),
    )  # fmt: skip
    return {"invitation": invitation.public_id, "token": TOKEN}


def _beside(together: Together) -> dict[str, str]:
    """Make a guest, a preparation, a matter put in afterwards and a collaboration that is over."""
    village = together.village
    karin = acting_for(village.karin, village.municipality.public_id)
    guest = actions.invite_guest(
        by=seat_of(together, "karin"), email="gustav@example.se", name="Gustav", role="Följer det för länets räkning",
        until=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    alone, _none = actions.start_collaboration(by=karin, facts=Facts(title="Gångväg till bygdegården"), unit=None)
    recorded = actions.record_collaboration(
        by=karin, facts=Facts(title="Språkkafé sedan länge", forms=("iop",)), unit=None, names=["Norrby vägförening"]
    )
    over, _tokens = actions.start_collaboration(by=karin, facts=Facts(title="Sommarkollo"), unit=None)
    actions.end_collaboration(by=seat(karin, over.public_id), reason="Sommaren är slut")
    return {
        "guest": guest.public_id,
        "alone": alone.public_id,
        "recorded": recorded.public_id,
        "over": over.public_id,
        "named": recorded.named_parties.get().public_id,
    }
