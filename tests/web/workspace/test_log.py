"""The organisation's log."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from samverka.kernel import audit
from samverka.kernel.models import AuditEntry
from samverka.knowledge.actions import approving, drafting
from samverka.organisations.queries import acting_for
from samverka.web.workspace.log_words import ACTIONS, log_line
from tests.knowledge import told
from tests.people import Together, Village

#: acts that no organisation's log holds: of accounts, host roles, jobs, mails and the host's questionnaires
NOT_OURS = (
    "account.",
    "address.",
    "host_role.",
    "import.",
    "report.",
    "job.",
    "message.",
    "passkey.",
    "password.",
    "questionnaire.",
    "round.",
    "second_factor.",
    "subscription.",
    "suppression.",
)
RECORDED = re.compile(r'(?:record|note|note_page|entry|record_for_parties)\(\s*f?"([a-z_]+\.[a-z_]+)"')


def log(village: Village, end: str = "") -> str:
    return f"/arbete/{village.association.public_id}/organisation/logg/{end}"


def write(village: Village, **changes: object) -> None:
    audit.record(
        "organisation.changed",
        by=village.yusuf,
        kind="organisation",
        object_id=village.association.public_id,
        label=village.association.name,
        organisation=village.association.public_id,
        changes=changes,
    )


@pytest.mark.django_db
def test_log_reads_as_swedish(client: Client, village: Village) -> None:
    write(
        village,
        phone=["", "070-000 00 00"],
        email_public=[False, True],
        kind=["association", "network"],
        postal_town=["", ""],
        text={"length": 12, "sha256": "ab"},
        question="3.2.1",
        stance=["differing", "agreed"],
    )
    client.force_login(village.yusuf)
    page = client.get(log(village)).content.decode()
    assert "Ändrade uppgifter" in page
    assert "Fråga: 3.2.1" in page
    assert "Läge: Vi ser olika på det → Vi är överens" in page
    assert "Telefon: 070-000 00 00" in page
    assert "Visa e-postadress och telefon för alla: nej → ja" in page
    assert "Slag: Förening → Nätverk" in page
    assert "Postort" not in page
    assert "en text på 12 tecken" in page
    assert "Yusuf Provsson" in page


@pytest.mark.django_db
def test_log_is_for_administrators_and_registrars(client: Client, village: Village) -> None:
    client.force_login(village.fatima)
    assert client.get(log(village)).status_code == 403
    client.force_login(village.rut)
    assert client.get(f"/arbete/{village.municipality.public_id}/organisation/logg/").status_code == 200


@pytest.mark.django_db
def test_log_is_taken_out_as_a_file(client: Client, village: Village) -> None:
    write(village, phone=["", "=1+1"])
    client.force_login(village.yusuf)
    text = client.get(log(village, "ladda-ner.csv")).getvalue().decode("utf-8-sig")
    assert "Ändrade uppgifter" in text
    assert client.get(log(village, "ladda-ner.xlsx")).getvalue().startswith(b"PK")
    assert client.get(log(village, "ladda-ner.pdf")).status_code == 404


def test_every_recorded_act_has_words() -> None:
    sources = Path(settings.BASE_DIR, "samverka").rglob("*.py")
    recorded = {action for source in sources for action in RECORDED.findall(source.read_text("utf-8"))}
    wordless = {action for action in recorded if not action.startswith(NOT_OURS)} - ACTIONS.keys()
    assert not wordless


def test_who_was_asked_and_what_was_said_of_an_example_stands_in_words(together: Together) -> None:
    page = told.whole(together)
    karin, byalaget = together.village.karin, together.village.association
    approving.ask_parties(by=karin, page_id=page.public_id)
    yusuf = acting_for(together.village.yusuf, byalaget.public_id)
    approving.answer_for_party(by=yusuf, page_id=page.public_id, approves=True)
    lines = [log_line(entry) for entry in AuditEntry.objects.filter(action__startswith="page.party")]
    (answered,) = (line for line in lines if line.what == "Svarade för en part på texten")
    assert answered.changes == [f"Part: {byalaget.name}", "Godkände: ja"]

    party = page.parties.get(organisation=byalaget)
    drafting.remove_party(by=karin, page_id=page.public_id, party_id=party.public_id)
    removed = log_line(AuditEntry.objects.get(action="page.party_removed"))
    assert removed.changes == [f"Part: {byalaget.name} → (tomt)"]
