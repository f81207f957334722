"""Publications, their files and what is around them."""

import pytest
from django.core.files.base import ContentFile

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.kernel.search import search
from samverka.knowledge.actions.inspiration import add_part, move_part, remove_part
from samverka.knowledge.actions.publications import (
    add_address,
    add_file,
    add_former_sender,
    change_publication,
    read_file,
    remove_former_sender,
)
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.demo_paper import paper
from samverka.knowledge.enums import PageKind
from samverka.knowledge.models import FormerSender, Page, ReportPart
from tests.people import Village
from tests.world_publications import article, publication


def _pdf(words: str = "Ordet är rävlya.") -> "ContentFile[bytes]":
    return ContentFile(paper("Rapport", [("Inledning", words)]), "rapport.pdf")


def test_pdf_is_found_by_its_words_when_it_has_been_read(village: Village) -> None:
    page = publication(village)
    file = add_file(by=village.eva, page_id=page.public_id, upload=_pdf())
    publish_page(by=village.eva, page_id=page.public_id)
    assert not search("rävlyor", user=None, kind="publication")
    read_file(by=None, file_id=file.pk)
    file.refresh_from_db()
    assert (file.pages, file.state, file.cover.content_type) == (1, "read", "image/jpeg")
    assert search("rävlyor", user=None, kind="publication")[0].public_id == page.public_id


def test_words_of_a_draft_or_of_a_file_that_is_not_out_are_not_found(village: Village) -> None:
    page = publication(village)
    first = add_file(by=village.eva, page_id=page.public_id, upload=_pdf())
    publish_page(by=village.eva, page_id=page.public_id)
    values = {"title": "Hemlig titel", "html": "<p>Smygtext</p>"}
    change_publication(by=village.eva, page_id=page.public_id, version=None, values=values)
    newer = add_file(by=village.eva, page_id=page.public_id, upload=_pdf("Ordet är bävergäl."), note="Ny")
    for file in (first, newer):
        read_file(by=None, file_id=file.pk)
    assert search("rävlya", user=None, kind="publication")
    for word in ("smygtext", "bävergäl", "hemlig"):
        assert not search(word, user=None, kind="publication"), word
    publish_page(by=village.eva, page_id=page.public_id)
    assert search("bävergäl", user=None, kind="publication")


def test_what_is_no_pdf_is_refused(village: Village) -> None:
    page = publication(village)
    with pytest.raises(Refused):
        add_file(by=village.eva, page_id=page.public_id, upload=ContentFile(b"<html>", "rapport.pdf"))
    assert not page.publication.files.exists()


def test_second_version_says_what_is_changed(village: Village) -> None:
    page = publication(village)
    add_file(by=village.eva, page_id=page.public_id, upload=_pdf())
    with pytest.raises(Refused):
        add_file(by=village.eva, page_id=page.public_id, upload=_pdf())
    assert add_file(by=village.eva, page_id=page.public_id, upload=_pdf(), note="Rättad tabell").number == 2


def test_two_who_change_at_once_lose_nothing(village: Village) -> None:
    page = publication(village)
    change_publication(by=village.eva, page_id=page.public_id, version=1, values={"title": "Evas"})
    with pytest.raises(Conflict):
        change_publication(by=village.eva, page_id=page.public_id, version=1, values={"title": "Annans"})
    assert Page.objects.get(pk=page.pk).title == "Evas"


def test_html_is_clean_however_it_comes(village: Village) -> None:
    page = publication(village, html="<p onclick=alert(1)>Text<script>alert(1)</script></p>")
    assert page.publication.html == "<p>Text</p>"


@pytest.mark.parametrize("missing", ["adopted_by", "adopted_on"])
def test_policy_is_not_published_without_who_and_when(village: Village, missing: str) -> None:
    told = {"kind": "policy", "adopted_by": "Kommunfullmäktige", "adopted_on": "2026-03-23"}
    page = publication(village, **{name: value for name, value in told.items() if name != missing})
    with pytest.raises(Refused, match="antagit"):
        publish_page(by=village.eva, page_id=page.public_id)


@pytest.mark.parametrize("path", ["rapport", "//evil.example/", "/a\\b", "https://example.se/", ""])
def test_former_address_is_a_path(village: Village, path: str) -> None:
    with pytest.raises(Refused):
        add_address(by=village.eva, page_id=publication(village).public_id, path=path)


def test_former_address_leads_to_one_page(village: Village) -> None:
    add_address(by=village.eva, page_id=publication(village).public_id, path="/x")
    with pytest.raises(Refused, match="leder redan"):
        add_address(by=village.eva, page_id=publication(village).public_id, path="/x")


def test_former_sender_is_found_at_once_and_not_when_removed(village: Village) -> None:
    page = publication(village)
    publish_page(by=village.eva, page_id=page.public_id)
    told = {"organisation": village.municipality, "name": "Fornby köping", "short_name": "", "until": "1970-12-31"}
    made = add_former_sender(by=village.eva, values=told)
    assert search("Fornby", user=None, kind="publication")
    remove_former_sender(by=village.eva, sender_id=made.pk)
    assert not search("Fornby", user=None, kind="publication")
    assert not FormerSender.objects.exists()


def _examples(village: Village) -> list[Page]:
    made = []
    for title in ("Ett", "Två", "Tre"):
        page = article(village, title=title)
        publish_page(by=village.eva, page_id=page.public_id)
        Page.objects.filter(pk=page.pk).update(kind=PageKind.EXAMPLE)
        made.append(page)
    return made


def test_parts_are_added_put_in_order_and_taken_out(village: Village) -> None:
    one, two, three = _examples(village)
    report = publication(village, kind="inspiration")
    for part in (one, two, three):
        add_part(by=village.eva, page_id=report.public_id, part_id=part.public_id)
    with pytest.raises(Refused, match="redan med"):
        add_part(by=village.eva, page_id=report.public_id, part_id=one.public_id)
    move_part(by=village.eva, page_id=report.public_id, part_id=three.public_id, steps=-1)
    move_part(by=village.eva, page_id=report.public_id, part_id=one.public_id, steps=-1)
    remove_part(by=village.eva, page_id=report.public_id, part_id=two.public_id)
    assert [part.page_id for part in ReportPart.objects.all()] == [one.pk, three.pk]


def test_report_without_parts_is_not_published(village: Village) -> None:
    report = publication(village, kind="inspiration")
    with pytest.raises(Refused, match="Välj minst"):
        publish_page(by=village.eva, page_id=report.public_id)


@pytest.mark.parametrize("name", ["yusuf", "karin", "hanna"])
def test_others_write_nothing(village: Village, name: str) -> None:
    page, by = publication(village), village.people[name]
    with pytest.raises(NotAllowed):
        change_publication(by=by, page_id=page.public_id, version=None, values={"title": "X"})
    with pytest.raises(NotAllowed):
        add_file(by=by, page_id=page.public_id, upload=ContentFile(b"x", "x.pdf"))
    with pytest.raises(NotAllowed):
        add_address(by=by, page_id=page.public_id, path="/x")
