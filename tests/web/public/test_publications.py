"""Publications and articles as everybody meets them: lists, pages, files, feeds, old addresses."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from samverka.kernel.pdf_worker import problems
from samverka.knowledge.actions.inspiration import add_part
from samverka.knowledge.actions.publications import add_address, change_publication
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.actions.sending_in import send_in
from samverka.knowledge.models import Feedback, FormerAddress, FormerSender, Page
from samverka.organisations.models import ActivityField
from samverka.places.models import Municipality
from tests.knowledge import told
from tests.people import Together, Village
from tests.world_publications import article, inspiration, publication

ATOM = "{http://www.w3.org/2005/Atom}"


def _out(village: Village, page: Page) -> Page:
    publish_page(by=village.eva, page_id=page.public_id)
    return page


def test_draft_is_no_page_and_in_no_list(client: Client, village: Village) -> None:
    page = publication(village)
    assert client.get(f"/publikationer/{page.public_id}-{page.slug}/").status_code == 404
    assert b"st\xc3\xb6der" not in client.get("/publikationer/").content


def test_address_stays_when_title_and_owner_change(client: Client, village: Village) -> None:
    page = _out(village, publication(village))
    old = f"/publikationer/{page.public_id}-{page.slug}/"
    change_publication(
        by=village.eva, page_id=page.public_id, version=None,
        values={"title": "Nytt namn", "owner": village.neighbour},
    )  # fmt: skip
    publish_page(by=village.eva, page_id=page.public_id)
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, f"/publikationer/{page.public_id}-nytt-namn/")
    assert "Grannby kommun" in client.get(answer["Location"]).content.decode()


def test_draft_of_a_page_that_is_out_shows_nowhere(client: Client, village: Village) -> None:
    page = _out(village, publication(village))
    values = {"title": "Hemligt", "summary": "Hemligt", "html": "<p>Hemligt utkast</p>"}
    change_publication(by=village.eva, page_id=page.public_id, version=None, values=values)
    for address in (
        "/publikationer/", f"/publikationer/{page.public_id}-{page.slug}/", "/flode/allt.atom", "/sok/?q=föreningar",
    ):  # fmt: skip
        assert "hemligt" not in client.get(address, follow=True).content.decode().lower(), address


def test_former_address_leads_on_in_both_languages(client: Client, village: Village) -> None:
    page = _out(village, publication(village))
    add_address(by=village.eva, page_id=page.public_id, path="/rapporter/2019/stod.pdf")
    answer = client.get("/rapporter/2019/stod.pdf")
    assert (answer.status_code, answer["Location"]) == (301, f"/publikationer/{page.public_id}-{page.slug}/")
    assert client.get("/rapporter/2019/annat.pdf").status_code == 404
    FormerAddress.objects.create(path="/default.aspx?id=7", page=page)
    assert client.get("/default.aspx?id=7").status_code == 301
    assert client.get("/default.aspx?id=8").status_code == 404


def test_filters_choose_and_can_be_taken_away(client: Client, village: Village) -> None:
    _out(village, publication(village, forms=["premises"]))
    _out(village, publication(village, title="En vägledning", kind="guide", year=2026))
    assert "En vägledning" not in client.get("/publikationer/?slag=report").content.decode()
    page = client.get("/publikationer/?form=premises&ar=2019").content.decode()
    assert "Så stöder vi föreningar" in page
    assert "En vägledning" not in page
    assert "Ta bort filtret" in page
    assert client.get("/publikationer/?slag=finns-inte&omrade=9999999999&ar=x&sida=hej").status_code == 200


def test_list_asks_as_many_queries_for_many_as_for_one(client: Client, village: Village) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/publikationer/")
        return len(asked)

    _out(village, publication(village))
    queries()
    one = queries()
    for number in range(5):
        _out(village, publication(village, title=f"Rapport {number}"))
    assert queries() == one


def test_page_says_what_the_sender_was_called(client: Client, village: Village) -> None:
    FormerSender.objects.create(organisation=village.municipality, name="Exempelby stad", until="2020-12-31")
    page = _out(village, publication(village, year=2019))
    text = client.get(f"/publikationer/{page.public_id}-{page.slug}/").content.decode()
    assert "hette Exempelby stad när texten skrevs" in text
    assert "Så stöder" in client.get("/publikationer/?q=Exempelby+stad").content.decode()
    newer = _out(village, publication(village, title="Nyare", year=2024))
    text = client.get(f"/publikationer/{newer.public_id}-{newer.slug}/").content.decode()
    assert "när texten skrevs" not in text


def test_policy_that_no_longer_holds_says_so(client: Client, village: Village) -> None:
    day = timezone.localdate()
    told = {"kind": "policy", "adopted_by": "Kommunfullmäktige", "adopted_on": day - timedelta(days=900)}
    page = _out(village, publication(village, **told, valid_to=day - timedelta(days=1)))
    assert "Gäller inte längre" in client.get(f"/publikationer/{page.public_id}-{page.slug}/").content.decode()


def test_feeds_are_atom_and_hold_what_is_out(client: Client, village: Village) -> None:
    field = ActivityField.objects.filter(scheme="mapping")[0]
    county = {"municipality": Municipality.objects.get(pk="1499")}
    page = _out(village, publication(village, forms=["iop"], fields=[field], **county))
    article(village)
    places = (("/flode/plats/1499.atom", 1), ("/flode/plats/14.atom", 1), ("/flode/plats/01.atom", 0))
    for address, count in (
        *places,
        (f"/flode/omrade/{field.code}.atom", 1),
        ("/flode/allt.atom", 1),
        ("/flode/form/iop.atom", 1),
        ("/flode/form/council.atom", 0),
    ):
        answer = client.get(address)
        assert answer["Content-Type"].startswith("application/atom+xml")
        feed = ET.fromstring(answer.content)
        assert len(feed.findall(f"{ATOM}entry")) == count, address
        assert feed.find(f"{ATOM}updated") is not None
    text = client.get(f"/publikationer/{page.public_id}-{page.slug}/").content.decode()
    assert 'type="application/atom+xml"' in text
    assert "/flode/form/iop.atom" in text


def test_visitor_says_no_and_why_without_scripts(client: Client, village: Village) -> None:
    page = _out(village, article(village))
    assert client.get(f"/sidor/{page.public_id}/hjalpte/").status_code == 405
    answer = client.post(f"/sidor/{page.public_id}/hjalpte/", {"helped": "nej"}, follow=True)
    assert "Vad saknade du?" in answer.content.decode()
    address = answer.redirect_chain[-1][0]
    assert client.post(address, {"text": ""}).status_code == 422
    done = client.post(address, {"text": "Datum", "reply_email": "nils@example.se"}, follow=True).content.decode()
    assert "svarar dig med ett mejl" in done
    said = Feedback.objects.get()
    assert (said.helped, said.text, said.reply_email) == (False, "Datum", "nils@example.se")


def test_qr_leads_to_the_lasting_address(client: Client, village: Village) -> None:
    page = _out(village, article(village))
    answer = client.get(f"/sidor/{page.public_id}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<?xml")
    assert client.get(f"/sidor/{page.public_id}/")["Location"] == f"/artiklar/{page.public_id}-{page.slug}/"


@pytest.fixture
def report(village: Village) -> Page:
    return inspiration(village)


def test_inspiration_report_has_contents_and_anchors(client: Client, report: Page) -> None:
    text = client.get(f"/publikationer/{report.public_id}-{report.slug}/").content.decode()
    part = report.publication.parts.get().page.public_id
    assert f'href="#del-{part}"' in text
    assert f'id="del-{part}"' in text
    assert "Förord" in text


def test_inspiration_report_is_frozen(client: Client, village: Village, report: Page) -> None:
    part = report.publication.parts.get().page
    Page.objects.filter(pk=part.pk).update(title="Ändrad efteråt")
    publish_page(by=village.eva, page_id=part.public_id)
    text = client.get(f"/publikationer/{report.public_id}-{report.slug}/").content.decode()
    assert "Läxhjälp på tre språk" in text
    assert "Ändrad efteråt" not in text


def test_inspiration_report_on_paper_is_tagged(client: Client, report: Page) -> None:
    paper = client.get(f"/publikationer/{report.public_id}/skrift.pdf").content
    assert problems(paper) == []
    with pikepdf.open(BytesIO(paper)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot
        assert str(document.Root.Lang) == "sv"
    assert "Sex orter berättar" in _text(paper)
    assert "Kontakter" in _text(paper)


def _text(paper: bytes) -> str:
    from samverka.kernel.untrusted.pdf_text import text

    return "".join(text(paper))


def test_inspiration_report_draws_a_part_as_on_its_own_page(client: Client, together: Together) -> None:
    village = together.village
    example = told.change(told.whole(together), village.karin, led_to="Trettio barn kom.\r\n\r\n- Färre gav upp")
    send_in(by=village.karin, page_id=example.public_id)
    publish_page(by=village.eva, page_id=example.public_id)
    made = publication(village, title="Två berättar", kind="inspiration", html="<p>Förord.</p>")
    for part in (example, told.portrait(village)):
        add_part(by=village.eva, page_id=made.public_id, part_id=part.public_id)
    page = client.get(f"/sidor/{_out(village, made).public_id}/", follow=True).content.decode()
    assert "<p>Trettio barn kom.</p>" in page and "<li>Färre gav upp</li>" in page
    portrait = page.split("Exempelby kommun</h2>")[1].split("</section>")[0]
    assert '<p class="muted">Exempelby kommun</p>' not in portrait and "En samordnare på heltid." in portrait
