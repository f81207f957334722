import pytest

pytestmark = pytest.mark.django_db


def test_administrator_sees_health_messages_and_people(hedda):
    page = hedda.get("/redaktion/").content.decode()
    for path in ("/redaktion/halsa/", "/redaktion/meddelanden/", "/redaktion/personer/"):
        assert f'class="card__link" href="{path}"' in page


def test_editor_sees_only_what_an_editor_may(eva):
    page = eva.get("/redaktion/").content.decode()
    assert 'class="card__link" href="/redaktion/halsa/"' not in page
    assert 'class="card__link" href="/redaktion/personer/"' not in page


def test_editor_who_acts_for_no_organisation_comes_here_from_the_sign_in(eva):
    assert eva.get("/arbete/")["Location"] == "/redaktion/"


def test_member_of_an_organisation_is_not_let_in(client, village):
    client.force_login(village.karin)
    assert client.get("/redaktion/").status_code == 403


def test_visitor_is_sent_to_sign_in(client):
    assert client.get("/redaktion/")["Location"].startswith("/konto/logga-in/")


@pytest.mark.parametrize("path", ["halsa/", "meddelanden/", "meddelanden/mallar/", "galleri/"])
def test_pages_of_the_installation_are_not_for_editors(eva, path):
    assert eva.get(f"/redaktion/{path}").status_code == 403


def test_gallery_shows(hedda):
    assert hedda.get("/redaktion/galleri/").status_code == 200


def test_menu_leads_only_where_one_may_go(eva, hedda):
    def menu(client):
        page = client.get("/redaktion/").content.decode()
        return page.partition('class="subnav"')[2].partition("</nav>")[0]

    assert 'href="/redaktion/publikationer/"' in menu(eva)
    assert 'href="/redaktion/halsa/"' not in menu(eva)
    assert 'href="/redaktion/halsa/"' in menu(hedda)
    assert 'href="/redaktion/utskick/"' not in menu(hedda)
