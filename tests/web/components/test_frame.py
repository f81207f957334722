from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from samverka.web.components import gallery
from samverka.web.context import Site

PAGE = (
    '{% extends "layout/base.html" %}{% block title %}Byalaget{% endblock %}'
    "{% block content %}<h1>Hej</h1>{% endblock %}"
)


def site(path):
    return Site(RequestFactory().get(path))


def test_page_has_language_title_skip_link_and_landmarks(draw):
    html = draw(PAGE)
    assert '<html lang="sv">' in html
    assert "<title>Byalaget – Samverka</title>" in html
    assert html.index('href="#innehall"') < html.index("<header") < html.index("<main") < html.index("<footer")
    assert '"allowEval":false' in html


def test_menu_leaves_out_pages_that_do_not_exist_yet():
    assert [item.url for item in site("/").main_nav] == ["/platser/", "/organisationer/"]


@pytest.mark.parametrize(("path", "current"), [("/organisationer/", "page"), ("/organisationer/x/", "true"), ("/", "")])
def test_menu_marks_where_one_is(path, current):
    assert site(path).main_nav[1].current == current


@pytest.mark.parametrize(
    ("path", "other"),
    [("/platser/?q=1", "/en/platser/?q=1"), ("/en/platser/", "/platser/"), ("/english/", "/en/english/")],
)
def test_language_switch_leads_to_the_same_page(path, other):
    assert site(path).other_language.url == other


def test_workspace_shows_whom_one_acts_for(draw):
    acting = SimpleNamespace(
        organisation=SimpleNamespace(name="Exempelby kommun", side="public", public_id="abc"),
        units=[SimpleNamespace(name="Utbildningsnämnden")],
        has=lambda _permission: False,
    )
    page = '{% extends "layout/workspace.html" %}{% block title %}Översikt{% endblock %}'
    html = draw(page, path="/arbete/abc/samverkan/", acting=acting)
    assert "<strong>Utbildningsnämnden, Exempelby kommun</strong>" in html
    assert 'class="acting" data-color="public"' in html
    assert '<a href="/arbete/abc/samverkan/" aria-current="page">' in html
    assert "Byt organisation" in html


def test_workspace_without_an_organisation_has_no_band(draw):
    page = '{% extends "layout/workspace.html" %}{% block title %}Välj{% endblock %}'
    assert "Du arbetar för" not in draw(page)


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "429"])
def test_error_page_has_one_heading_and_a_way_home(code):
    html = render_to_string(f"errors/{code}.html", {}, RequestFactory().get("/x/"))
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


@pytest.mark.parametrize("code", ["500", "503", "offline"])
def test_page_for_a_broken_site_needs_nothing(code):
    html = render_to_string(f"errors/{code}.html")
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


def test_conflict_shows_both_texts():
    html = render_to_string("errors/409.html", {"yours": "Min", "theirs": "Deras"}, RequestFactory().get("/x/"))
    assert "Min" in html
    assert "Deras" in html


def test_gallery_shows_every_component_within_60_kilobytes():
    html = render_to_string("editorial/gallery.html", gallery.context(), RequestFactory().get("/redaktion/galleri/"))
    assert html.count("<h1>") == 1
    assert len(html.encode()) < 60_000


def test_front_page_holds_without_figures_map_and_news():
    bare = {"doors": gallery.context()["doors"], "model_url": "", "code_url": "", "registrar_url": "", "map": ""}
    bare |= {"send_in_url": "/exempel/skicka-in/", "subscribe_url": "/prenumerera/", "issues_url": "/utskick/"}
    html = render_to_string("public/front.html", bare, RequestFactory().get("/"))
    assert html.count("<h1>") == 1
    assert html.count('class="door"') == 3
    assert "Inget exempel är publicerat än." in html


def test_mail_is_html_without_tables_or_pictures():
    given = {
        "subject": "Kod",
        "site_name": "Samverka",
        "base_url": "https://x.example",
        "contact_email": "",
        "contact_phone": "",
    }
    html = render_to_string("mail/base.html", given)
    assert "<table" not in html
    assert "<img" not in html
    assert '<html lang="sv">' in html
