"""The forms of publications and articles: sections, what is typed and comes back, two who save at once, the menu."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from samverka.knowledge.actions.articles import change_article
from samverka.knowledge.models import Page, PageDraft
from samverka.places.models import Municipality
from tests.knowledge import told
from tests.people import Together, Village
from tests.world import client_of, enrol_totp
from tests.world_publications import CONTACT, article, inspiration, publication

HEAD = {"title": "Stöd", "language": "sv", "licence": "cc-by", "summary": "Kort.", **CONTACT}
CURRENT = re.compile(r'<a href="(/redaktion/[^"]*)" aria-current="(\w+)"')
OPEN = re.compile(r'<details[^>]*id="del_(\w+)" open>')


@pytest.fixture
def desk(village: Village) -> Client:
    enrol_totp(user=village.eva)
    return client_of(village.eva)


def shown(client: Client, address: str, **data: Any) -> str:
    answer = client.post(address, data) if data else client.get(address)
    return answer.content.decode()


def keep(client: Client, address: str, values: dict[str, str], base: int = 1, revision: int = 0) -> Any:
    sent = {"values": json.dumps(values), "base_version": base, "revision": revision}
    return client.post(address, sent, headers={"accept": "application/json"})


def test_empty_sections_are_folded_and_those_with_something_are_open(desk: Client, village: Village) -> None:
    assert OPEN.findall(shown(desk, "/redaktion/publikationer/ny/")) == []
    page = publication(village, series="Rapporter", municipality=Municipality.objects.get(pk="1499"))
    found = shown(desk, f"/redaktion/publikationer/{page.public_id}/")
    assert OPEN.findall(found) == ["numbers", "find"]


def test_section_with_a_fault_is_open_and_the_summary_leads_there(desk: Client) -> None:
    sent = {**HEAD, "kind": "report", "place": "Ingenstans", "contact_2_email": "ingen adress"}
    found = shown(desk, "/redaktion/publikationer/ny/", **sent)
    assert OPEN.findall(found) == ["more", "find"]
    assert 'href="#id_place"' in found
    assert 'href="#id_contact_2_email"' in found


def test_facts_of_a_policy_document_say_when_something_stands_in_them(desk: Client, village: Village) -> None:
    """Without any script the section shows when the kind is policy document; with something in it always."""
    page = publication(village, kind="report")
    assert 'class="form-section form-section--policy"' in shown(desk, f"/redaktion/publikationer/{page.public_id}/")
    other = publication(village, kind="report", adopted_by="Kommunfullmäktige")
    found = shown(desk, f"/redaktion/publikationer/{other.public_id}/")
    assert 'class="form-section form-section--policy is-filled"' in found


def test_every_field_stands_in_one_section(desk: Client) -> None:
    for kind in ("publikationer", "artiklar"):
        found = shown(desk, f"/redaktion/{kind}/ny/")
        names = re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_0-9]+)"[^>]* id="id_', found)
        assert names.count("licence") == names.count("title") == names.count("contact_email") == 1


def test_typed_text_comes_back_in_the_form_and_goes_when_it_is_saved(desk: Client, village: Village) -> None:
    page = publication(village)
    form, draft = f"/redaktion/publikationer/{page.public_id}/", f"/redaktion/sidor/{page.public_id}/utkast/"
    typed = {
        "kind": "policy", "title": "Halvskrivet", "html": "<p>Nytt <strong>nu</strong></p>", "html_form": "html",
        "page_forms": "premises\ngrants", "isbn": "978-91", "adopted_on": "2027-03-12",
    }  # fmt: skip
    assert keep(desk, draft, typed).json() == {"revision": 1, "overtaken": False}
    found = shown(desk, form)
    for said in (
        'value="Halvskrivet"', "data-revision=\"1\"", "&lt;strong&gt;nu", 'value="978-91"', 'value="2027-03-12"',
        "Du har ett utkast från",
    ):  # fmt: skip
        assert said in found, said
    assert re.search(r'<input[^>]*name="page_forms"[^>]*value="premises"[^>]*checked', found)
    assert OPEN.findall(found) == ["numbers", "find"]
    assert "Du har skrivit något som du inte har sparat" in shown(desk, f"/redaktion/sidor/{page.public_id}/")
    assert Page.objects.get().title == page.title
    desk.post(form, {**HEAD, "kind": "report", "version": 1, "draft_revision": 1})
    assert Page.objects.get().title == "Stöd"
    assert not PageDraft.objects.exists()


def test_new_article_is_put_back_and_thrown_away(desk: Client) -> None:
    draft = "/redaktion/sidor/ny/artikel/utkast/"
    keep(desk, draft, {"title": "Halvskrivet", "kind": "news"}, base=0)
    found = shown(desk, "/redaktion/artiklar/ny/")
    assert 'value="Halvskrivet"' in found
    assert f'formaction="{draft}kasta/"' in found
    assert 'value="Halvskrivet"' not in shown(desk, "/redaktion/publikationer/ny/")
    assert desk.post(f"{draft}kasta/", {"draft_revision": 1})["Location"] == "/redaktion/artiklar/ny/"
    assert 'value="Halvskrivet"' not in shown(desk, "/redaktion/artiklar/ny/")
    keep(desk, draft, {"title": "Halvskrivet"}, base=0)
    desk.post("/redaktion/artiklar/ny/", {**HEAD, "kind": "news", "draft_revision": 1})
    assert not PageDraft.objects.exists()


def test_another_device_is_told_what_is_kept(desk: Client, village: Village) -> None:
    address = f"/redaktion/sidor/{article(village).public_id}/utkast/"
    keep(desk, address, {"title": "På telefonen"})
    answer = keep(desk, address, {"title": "På datorn"})
    assert (answer.status_code, answer.json()["elsewhere"]) == (409, {"title": "På telefonen"})
    assert keep(desk, address, {"title": "Fel\x00"}).status_code == 400


def test_save_over_a_newer_version_shows_both(desk: Client, village: Village) -> None:
    page = article(village)
    form = f"/redaktion/artiklar/{page.public_id}/"
    change_article(
        by=village.eva, page_id=page.public_id, version=1,
        values={"html": "<p>Deras text</p>", "municipality": Municipality.objects.get(pk="1499"), "kind": "article"},
    )  # fmt: skip
    mine = {**HEAD, "kind": "news", "html": "<p>Min text</p>", "html_form": "html", "version": 1}
    answer = desk.post(form, mine)
    found = answer.content.decode()
    assert answer.status_code == 409
    table = found[found.index("<tbody") : found.index("</tbody>")]
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", table)
    assert [cells[place : place + 3] for place in range(0, len(cells), 3)] == [
        ["Slag", "Artikel", "Nyhet"], ["Rubrik", page.title, "Stöd"], ["Sammanfattning", "Sök senast i mars.", "Kort."],
        ["Text", "Deras text", "Min text"], ["Kommun", "Falköpings kommun", "(tomt)"],
    ]  # fmt: skip
    assert 'name="version" value="2"' in found
    assert desk.post(form, {**mine, "version": 2}).status_code == 302
    assert Page.objects.get().title == "Stöd"


def test_saving_what_is_saved_already_is_no_conflict(desk: Client, village: Village) -> None:
    page = article(village)
    change_article(by=village.eva, page_id=page.public_id, version=1, values={"title": "Nytt", "year": 2026})
    same = {
        "kind": "news", "title": "Nytt", "summary": page.summary, "language": "sv", "licence": page.licence,
        "year": "2026", "html": page.article.html, "html_form": "html", "version": 1, **CONTACT,
    }  # fmt: skip
    assert desk.post(f"/redaktion/artiklar/{page.public_id}/", same).status_code == 302


def test_menu_marks_where_a_page_belongs(desk: Client, together: Together) -> None:
    example = told.sent_in(together)
    pages = {
        publication(together.village): "publikationer", article(together.village): "artiklar", example: "exempel",
    }  # fmt: skip
    for page, belongs in pages.items():
        marked = CURRENT.findall(shown(desk, f"/redaktion/sidor/{page.public_id}/"))
        assert marked == [(f"/redaktion/{belongs}/", "true")]
    out = inspiration(together.village)
    marked = CURRENT.findall(shown(desk, f"/redaktion/sidor/{out.public_id}/andrat/0/"))
    assert marked == [("/redaktion/publikationer/", "true")]
