"""What a lawyer, an IT manager and a data protection officer read before they say yes (users.md R8, H12)."""

import datetime
import io
import re

import pypdfium2
import pytest
from django.utils import timezone
from docx import Document

from samverka.kernel.health import Backup
from samverka.kernel.purge import Controller, declarations
from samverka.organisations.terms import versions
from samverka.web.public import legal_facts
from samverka.web.public.dpia import assessment

pytestmark = pytest.mark.django_db
PAGE = "/om/for-it-och-jurist/"
ANCHORS = ("ansvar", "villkor", "underbitraden", "lagring", "klassning", "konsekvens", "loggar", "sakerhet", "kopior",
           "inloggning", "tillganglighet", "lamna", "incident")  # fmt: skip


def read(client, path=PAGE):
    return client.get(path).content.decode()


def section(page, name):
    """The part of the page from the heading with that anchor to the next."""
    return page.split(f'id="{name}"')[1].split("<section")[0]


def words_of(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"-?\s+", " ", text)


def test_every_part_is_there_and_every_link_within_the_page_leads_somewhere(client):
    page = read(client)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(ANCHORS) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_page_says_that_a_lawyer_must_read_it_and_what_needs_no_agreement(client):
    page = read(client)
    assert "Förslag som er jurist behöver granska" in page
    assert "inte juridisk rådgivning" in page
    assert "kräver inget avtal" in page


def test_who_answers_is_told_for_every_declaration(client):
    part = section(read(client), "ansvar")
    host, party = part.split("Den part som skriver är personuppgiftsansvarig")
    for item in declarations():
        assert str(item.what) in (party if item.controller == Controller.WRITER else host), item.table


def test_a_new_declaration_comes_into_the_table_by_itself(monkeypatch):
    told = legal_facts.declared_by(Controller.WRITER)
    assert "collaborations_entry" in {item.table for item in told}
    monkeypatch.setattr(legal_facts, "declarations", lambda: [])
    assert legal_facts.declared_by(Controller.WRITER) == []


def test_what_the_provider_has_not_stated_is_said_in_words(client, settings):
    settings.HOST_ORGANISATION = settings.DATA_LOCATION = settings.SUBPROCESSORS = ""
    settings.CONTACT_EMAIL = settings.CONTACT_PHONE = settings.INCIDENT_CONTACT = settings.DPO_CONTACT = ""
    page = read(client)
    assert "har inte angett sitt namn än" in page
    assert "inte angett var uppgifterna lagras" in section(page, "lagring")
    assert "har inte angett om någon annan behandlar uppgifter" in section(page, "underbitraden")
    assert "Värden har inte angett någon kontakt än" in section(page, "incident")
    assert "Inte angivet. Fråga värden." in section(page, "incident")


def test_what_the_provider_has_stated_stands_there(client, settings):
    settings.HOST_ORGANISATION, settings.DATA_LOCATION = "Exempelmyndigheten", "Servrar i Exempelby"
    settings.SUBPROCESSORS = "Exempel Mejl AB | skickar mejl | Finland"
    settings.INCIDENT_CONTACT, settings.DPO_CONTACT = "010-123 45 67", "dso@exempel.example"
    page = read(client)
    assert "Exempelmyndigheten är värd" in page
    assert "Servrar i Exempelby" in section(page, "lagring")
    assert all(said in section(page, "underbitraden") for said in ("Exempel Mejl AB", "skickar mejl", "Finland"))
    assert "010-123 45 67" in section(page, "incident")
    assert "dso@exempel.example" in section(page, "incident")


def test_no_subprocessors_is_said(client, settings):
    settings.SUBPROCESSORS = "inga"
    assert "Värden har inga underbiträden." in section(read(client), "underbitraden")


def test_terms_stand_on_the_page_with_version_and_pdf(client):
    part = section(read(client), "villkor")
    newest = versions("sv")[0]
    for one in newest.sections:
        assert one.heading in part
    assert f"version {newest.number}" in part.lower()
    assert f'href="{PAGE}villkor-{newest.number}.pdf"' in part


def test_installation_without_terms_says_so(client, monkeypatch):
    monkeypatch.setattr(legal_facts, "current_terms", lambda: None)
    assert "inga villkor att godkänna" in section(read(client), "villkor")


def test_sign_in_with_own_accounts_is_not_promised(client):
    part = section(read(client), "inloggning")
    assert "finns inte än" in part
    assert "OIDC" in part


def test_leaving_says_what_is_there_and_what_is_not(client):
    there, missing = section(read(client), "lamna").split("Det finns inte än")
    assert "PDF" in there
    assert "CSV" in there
    assert "Arkivpaket" in missing
    assert "samlat uttag" in missing


def test_times_are_given_with_how_they_were_measured(client):
    part = section(read(client), "kopior")
    assert "2,4 sekunder" in part
    assert "30 000 påhittade föreningar" in part
    assert "25 november 2026" in part


def test_last_backup_is_told(client, monkeypatch, tmp_path):
    assert "har inte körts här än" in section(read(client), "kopior")
    at = timezone.make_aware(datetime.datetime(2027, 3, 12, 2, 17))
    monkeypatch.setattr(legal_facts.health, "last_backup", lambda folder: Backup(at, str(tmp_path / "hemlig.gz"), 1))
    part = section(read(client), "kopior")
    assert "12 mars 2027" in part
    assert "hemlig.gz" not in part


def test_logs_tell_how_long_from_the_declarations(client):
    part = section(read(client), "loggar")
    kept = {item.table: str(item.kept) for item in declarations()}
    assert kept["kernel_auditentry"] in part
    assert kept["kernel_outboxmessage"] in part


def test_page_in_english(client, settings):
    settings.HOST_ORGANISATION = "Exempelmyndigheten"
    page = read(client, f"/en{PAGE}")
    assert "Who the terms are between" in page
    assert "Vilka villkoren gäller mellan" not in page
    assert "2 considerable" in page
    assert 'data-label="Availability"' in page
    assert "2.4 seconds" in page


def test_terms_are_given_out_as_pdf(client, settings):
    settings.HOST_ORGANISATION = "Exempelmyndigheten"
    answer = client.get(f"{PAGE}villkor-1.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = words_of(answer.content)
    assert "Förslag som er jurist behöver granska. Så fungerar tjänsten." in text
    assert "Exempelmyndigheten" in text
    assert "Version 1, gäller från 25 november 2026" in text
    assert client.get(f"{PAGE}villkor-2.pdf").status_code == 404


def test_assessment_as_word_has_what_the_service_knows(client, settings):
    settings.HOST_ORGANISATION, settings.DATA_LOCATION = "Exempelmyndigheten", "Servrar i Exempelby"
    settings.SUBPROCESSORS = "Exempel Mejl AB | skickar mejl | Finland"
    answer = client.get(f"{PAGE}konsekvensbedomning.docx")
    opened = Document(io.BytesIO(answer.content))
    headings = [p.text for p in opened.paragraphs if p.style.name == "Heading 2"]
    assert headings[0] == "1. Om bedömningen"
    assert len(headings) == len(assessment().parts) == len(opened.tables)
    cells = "\n".join(cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    for said in ("Exempelmyndigheten", "Servrar i Exempelby", "Exempel Mejl AB (skickar mejl, Finland)"):
        assert said in cells
    for item in declarations():
        assert str(item.what) in cells
    assert "{" not in cells


def test_assessment_as_pdf_says_the_same(client, settings):
    settings.HOST_ORGANISATION = settings.DATA_LOCATION = settings.SUBPROCESSORS = ""
    answer = client.get(f"{PAGE}konsekvensbedomning.pdf")
    text = words_of(answer.content)
    for part in assessment().parts:
        assert part.heading in text
    assert "Värden har inte angett det. Fråga." in text
    assert client.get(f"{PAGE}konsekvensbedomning.odt").status_code == 404


def test_assessment_in_english(client):
    answer = client.get(f"/en{PAGE}konsekvensbedomning.docx")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "The rights of those concerned" in text


def test_stewardship_says_host_licence_cost_and_the_way_out(client, settings):
    settings.HOST_ORGANISATION = settings.COST = settings.SOURCE_URL = ""
    page = read(client, "/om/forvaltning/")
    for said in ("har inte angett sitt namn än", "EUPL-1.2", "ingen licensavgift", "inte angett om det kostar något",
                 "Så kommer ni ut", "Inget är utlovat"):  # fmt: skip
        assert said in page
    settings.HOST_ORGANISATION, settings.COST = "Exempelmyndigheten", "Gratis för kommuner"
    settings.SOURCE_URL = "https://kod.example/samverka"
    page = read(client, "/om/forvaltning/")
    assert "Exempelmyndigheten" in page
    assert "Gratis för kommuner" in page
    assert 'href="https://kod.example/samverka"' in page


@pytest.mark.parametrize("path", ["/", "/om/", "/kontakt/", "/om/registrator/", "/om/allman-handling/", "/integritet/"])
def test_page_is_found_from_where_one_looks(client, path):
    assert f'href="{PAGE}' in read(client, path)
