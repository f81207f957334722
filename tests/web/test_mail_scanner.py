"""A mail scanner opens every link of every mail, twice, by GET and HEAD: nothing changes, and the links still work.

Municipal mail is scanned so (users.md R3). A scanner has no session and sends no form.
"""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse

from samverka.collaborations.models import Invitation
from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage, SinkMail
from samverka.organisations.models import Organisation
from tests.web.account.steps import mailed_code, signed_in
from tests.web.answers import contents
from tests.world import World, client_of

LINK = re.compile(r"https?://[^\s\"'<>]+")
VOLUNTEER, COLLEAGUE = "kassor@norrby.example", "ny@exempelby.example"


@pytest.fixture
def world(world: World, settings: Any) -> World:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    return world


def deliver() -> None:
    for message_id in outbox.waiting_ids():
        outbox.deliver(message_id)
        # One whose matter is settled meanwhile is not sent.
        assert OutboxMessage.objects.get(pk=message_id).state in {"sent", "cancelled"}


def links() -> dict[str, set[str]]:
    """Return {path: the subjects of the mails it stands in} for every link to our own site in the sent mails."""
    found: dict[str, set[str]] = {}
    for mail in SinkMail.objects.all():
        for url in LINK.findall(f"{mail.text}\n{unescape(mail.html)}"):
            if url.startswith(site_settings.BASE_URL):
                path = url.removeprefix(site_settings.BASE_URL).rstrip(".,)") or "/"
                found.setdefault(path, set()).add(mail.subject)
    return found


def start_and_invite(world: World) -> None:
    ids = world.ids
    answer = client_of(world.person("karin")).post(
        f"/arbete/{ids['municipality']}/samverkan/ny/?med={ids['unclaimed']}",
        {
            "title": "Öppen verkstad",
            "purpose": "En plats för alla.",
            "message": "Hej!",
            f"{ids['unclaimed']}-email": VOLUNTEER,
        },
    )
    assert answer.status_code == 302, answer.content.decode()


def ask_for_codes_and_roles(world: World) -> None:
    """Sign-in, a claim by code, a claim that somebody must answer, a colleague, a role, a host role, a new address."""
    ids = world.ids
    assert Client().post("/konto/logga-in/", {"email": "olle@example.se"}).status_code == 302
    coded = Organisation.objects.create(name="Söderby bygdegård", kind="association", email="info@soderby.example")
    for organisation in (coded.public_id, ids["association"]):
        claim = client_of(world.person("olle")).post(
            f"/organisationer/{organisation}/foretrad/", {"person_role": "sekreterare", "message": "Hej"}
        )
        assert claim.status_code == 302, claim.content.decode()
    karin = client_of(world.person("karin"))
    for address, role in ((COLLEAGUE, "member"), ("vera@example.se", "registrar")):
        invited = karin.post(
            _route("our_people_invite", ids["municipality"]), {"email": address, "role": role, "name": "Ny"}
        )
        assert invited.status_code == 302, invited.content.decode()
    given = client_of(world.person("hanna")).post(
        _route("editorial_people"), {"email": "vera@example.se", "role": "editor"}
    )
    assert given.status_code in {200, 302}


def _route(name: str, *arguments: str) -> str:
    return reverse(name, args=arguments)


def answer_invitation(world: World) -> None:
    """Say yes by the mailed link; who asked, and the association's own address, are told."""
    path = next(path for path in links() if "/inbjudan/" in path)
    form = {"choice": "accepted", "name": "Nils Norrby", "email": VOLUNTEER, "role": "kassör", "board_knows": "knows"}
    answered = Client().post(path, form)
    assert answered.status_code == 302, answered.content.decode()


def scan() -> None:
    """Open every link as a scanner does, and hold that no row differs afterwards."""
    scanner, before = Client(), contents()
    for path, subjects in links().items():
        for _round in range(2):
            for method in ("GET", "HEAD"):
                status = scanner.generic(method, path).status_code
                assert status < 400, f"{method} {path} in {subjects}: {status}"
        after = contents()
        changed = sorted(table for table in before if before[table] != after[table])
        assert not changed, f"opening {path} (in {subjects}) changed {changed}"


def test_a_scanned_invitation_can_still_be_answered(world: World) -> None:
    start_and_invite(world)
    deliver()
    scan()
    waiting = Invitation.objects.get(email=VOLUNTEER)
    assert (waiting.state, waiting.answered_at) == ("waiting", None)
    answer_invitation(world)
    waiting.refresh_from_db()
    assert waiting.state == "accepted"
    client, _person = signed_in(VOLUNTEER)
    assert "Öppen verkstad" in client.get("/arbete/", follow=True).content.decode()


def test_a_scanned_invitation_opens_by_its_code_too(world: World) -> None:
    start_and_invite(world)
    deliver()
    scan()
    mail = SinkMail.objects.get(to_addresses=VOLUNTEER)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", mail.text)
    assert code
    client = Client()
    page = client.post("/kod/", {"code": code.group().lower()}, follow=True)
    assert "Öppen verkstad" in page.content.decode()


def test_scanning_every_mail_changes_nothing(world: World) -> None:
    start_and_invite(world)
    ask_for_codes_and_roles(world)
    deliver()
    answer_invitation(world)
    deliver()
    kinds = {mail.subject for mail in SinkMail.objects.all()}
    assert len(kinds) >= 8, kinds
    scan()


def test_a_scanned_sign_in_code_still_signs_in(world: World) -> None:
    client = Client()
    client.post("/konto/logga-in/", {"email": "olle@example.se"})
    code = mailed_code("olle@example.se")
    deliver()
    scan()
    assert client.post("/konto/logga-in/kod/", {"code": code})["Location"] == "/arbete/"


def test_a_scanned_role_can_still_be_taken_up(world: World) -> None:
    ask_for_codes_and_roles(world)
    deliver()
    scan()
    client, _person = signed_in(COLLEAGUE)
    assert world.together.village.municipality.name in client.get("/arbete/", follow=True).content.decode()
