import itertools
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings as django_settings

from samverka.kernel.purge import declarations

pytestmark = pytest.mark.django_db
PATHS = [
    "/om/",
    "/om/allman-handling/",
    "/om/registrator/",
    "/om/for-it-och-jurist/",
    "/om/forvaltning/",
    "/tillganglighet/",
    "/integritet/",
    "/kontakt/",
    "/status/",
]


@pytest.mark.parametrize("path", [*PATHS, *(f"/en{path}" for path in PATHS)])
def test_page_has_one_heading_a_trail_and_no_inline_style(client, path):
    page = client.get(path).content.decode()
    assert page.count("<h1") == 1
    assert "style=" not in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    assert "aria-label=" in page


@pytest.mark.parametrize("path", PATHS)
def test_page_needs_few_queries(client, django_assert_max_num_queries, path):
    client.get(path)
    with django_assert_max_num_queries(3):
        client.get(path)


def test_pages_name_the_provider_and_its_contact(client, settings):
    settings.HOST_ORGANISATION = "Exempelmyndigheten"
    settings.CONTACT_EMAIL, settings.CONTACT_PHONE = "hej@exempel.example", "010-123 45 67"
    assert "Exempelmyndigheten" in client.get("/om/").content.decode()
    page = client.get("/kontakt/").content.decode()
    assert 'href="mailto:hej@exempel.example"' in page
    assert "010-123 45 67" in page


def test_contact_without_settings_says_so(client, settings):
    settings.HOST_ORGANISATION = settings.CONTACT_EMAIL = settings.CONTACT_PHONE = ""
    assert "inte angett någon kontakt än" in client.get("/kontakt/").content.decode()


def test_public_documents_says_that_it_is_no_legal_advice_and_has_three_examples(client):
    page = client.get("/om/allman-handling/").content.decode()
    assert "inte juridisk rådgivning" in page
    assert "Så fungerar tjänsten" in page
    examples = page.split("Tre exempel")[1].split("<h2>")[0]
    assert examples.count("<h3>") == 3
    for source in ("tryckfrihetsförordningen", "2173-11", "JO 1979/80 s. 366", "RÅ 1999 ref. 36"):
        assert source in page


def test_public_documents_says_what_each_rule_means(client):
    """users.md R1 (a) to (d), and that the parties are not equal in law."""
    page = client.get("/om/allman-handling/").content.decode()
    for said in (
        "Den räknas som expedierad, också när den läggs i ett system som någon utanför myndigheten kommer åt",
        "delar ut på ett möte med andra, även om ni samlar in den igen",
        "Det gäller även om föreningen själv kallar den utkast",
        "är utkastet inte allmän handling ännu. Synpunkterna som kommer tillbaka är det",
        "bara för kännedom gäller undantaget inte",
        "räknas som upprättade redan när de är färdiga att börja skriva i",
        "samma rätt i tjänsten, men lagen gäller olika för er",
        "Ingen jurist har granskat sidan än",
    ):
        assert said in page, said
    assert 'href="/om/for-it-och-jurist/"' in page


def test_accessibility_statement_has_what_the_law_asks_for(client):
    page = client.get("/tillganglighet/").content.decode()
    for part in ("delvis förenlig", "https://www.digg.se/tdosanmalan", "WCAG 2.2 AA", "22 november 2026", "/kontakt/"):
        assert part in page
    content = yaml.safe_load(Path(django_settings.CONTENT_DIR / "accessibility.yaml").read_text())
    for fault in content["faults"]:
        assert fault["what"]["sv"] in page


def test_accessibility_statement_in_english(client):
    content = yaml.safe_load(Path(django_settings.CONTENT_DIR / "accessibility.yaml").read_text())
    page = client.get("/en/tillganglighet/").content.decode()
    assert content["faults"][0]["what"]["en"] in page
    assert content["faults"][0]["what"]["sv"] not in page


def test_privacy_notice_has_every_declaration(client):
    page = client.get("/integritet/").content.decode()
    assert len(declarations()) >= 8
    for item in declarations():
        assert str(item.what) in page


def test_status_says_when_nobody_works(client):
    assert "Nej, inte allt" in client.get("/status/").content.decode()
