"""The world's publications, article and what visitors have said: one of each that an address can name."""

from typing import Any

from django.core.files.base import ContentFile

from samverka.knowledge.actions.articles import start_article
from samverka.knowledge.actions.feedback import say_if_helped, say_why
from samverka.knowledge.actions.publications import (
    add_address,
    add_file,
    change_publication,
    read_file,
    start_publication,
)
from samverka.knowledge.actions.publishing import publish_page, withdraw_page
from samverka.knowledge.demo_paper import paper
from samverka.knowledge.models import Feedback, FormerSender, Page, ReportPart
from samverka.organisations.models import ActivityField
from samverka.places.models import Municipality

from .people import Village

CONTACT = {"contact_role": "Registrator", "contact_email": "registrator@exempelby.example"}


def publication(village: Village, **values: Any) -> Page:
    """Return a draft of a publication with a text, by Eva."""
    told = {
        "title": "Så stöder vi föreningar", "summary": "Vad kommunen gör för föreningar.", "kind": "report",
        "html": "<h2>Lokaler</h2><p>Kommunen lånar ut lokaler.</p>", "owner": village.municipality, "year": 2019,
        **CONTACT, **values,
    }  # fmt: skip
    return start_publication(by=village.eva, values=told)


def article(village: Village, **values: Any) -> Page:
    """Return a draft of an article, by Eva."""
    told = {
        "title": "Nytt stöd till läger", "summary": "Sök senast i mars.", "kind": "news",
        "html": "<p>Nu går det att söka.</p>", **CONTACT, **values,
    }  # fmt: skip
    return start_article(by=village.eva, values=told)


def inspiration(village: Village) -> Page:
    """Return a published inspiration report of one part; the part is an article, which no editor could choose, so that
    it needs no examples.
    """
    part = article(village, title="Läxhjälp på tre språk", municipality=Municipality.objects.get(pk="1499"))
    publish_page(by=village.eva, page_id=part.public_id)
    made = publication(village, title="Sex orter berättar", kind="inspiration", html="<p>Förord.</p>")
    ReportPart.objects.create(publication=made.publication, page=part, position=1)
    publish_page(by=village.eva, page_id=made.public_id)
    return made


def build_publications(village: Village) -> dict[str, str]:
    """Make them; return what addresses name."""
    FormerSender.objects.create(
        organisation=village.municipality, name="Exempelby stad", short_name="", until="2020-12-31"
    )
    out = _published(village)
    news = article(village, fields=list(ActivityField.objects.filter(scheme="mapping")[:1]))
    publish_page(by=village.eva, page_id=news.public_id)
    gone = article(village, title="Gammal nyhet")
    publish_page(by=village.eva, page_id=gone.public_id)
    withdraw_page(by=village.eva, page_id=gone.public_id, reason="Den gällde 2019.")
    said = say_if_helped(page=news, helped=False)
    say_why(feedback_id=said.public_id, text="När är sista dagen?", reply_email="nils@example.se")
    begun = say_if_helped(page=news, helped=True)
    return {
        "publication": out.public_id, "publication_name": out.slug, "article": news.public_id,
        "article_name": news.slug, "gone": gone.public_id, "gone_name": gone.slug,
        "publication_draft": publication(village, title="Utkastet").public_id,
        "inspiration": inspiration(village).public_id, "helped": said.public_id, "begun": begun.public_id,
        "field_code": news.fields.get().code,
    }  # fmt: skip


def _published(village: Village) -> Page:
    out = publication(village, key_points="Lokaler utan avgift", key_figures=[["68 %", "av föreningarna"]])
    pdf = ContentFile(paper("Så stöder vi föreningar", [("Lokaler", "Utan avgift.")]), "stod.pdf")
    file = add_file(by=village.eva, page_id=out.public_id, upload=pdf)
    read_file(by=None, file_id=file.pk)
    publish_page(by=village.eva, page_id=out.public_id)
    values = {
        "summary": "Vad kommunen gör för alla föreningar.",
        "html": "<h2>Lokaler</h2><p>Kommunen lånar ut hus.</p>",
    }
    change_publication(by=village.eva, page_id=out.public_id, version=None, values=values)
    publish_page(by=village.eva, page_id=out.public_id, what_changed="Ny text om lokaler")
    add_address(by=village.eva, page_id=out.public_id, path="/gamla/stod.aspx")
    assert Feedback.objects.count() == 0
    return out
