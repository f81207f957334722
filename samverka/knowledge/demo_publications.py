"""The demo's publications and article: invented, with a small PDF that the product makes itself."""

import datetime
from typing import Any

from django.core.files.base import ContentFile

from samverka.collaborations.demo import Village, register_demo
from samverka.kernel.errors import Refused

from .actions.articles import start_article
from .actions.publications import add_file, start_publication
from .actions.publishing import publish_page
from .demo_paper import paper
from .models import Page

GUIDE, POLICY, NEWS = "Så lånar föreningar lokaler", "Strategi för samverkan med civilsamhället", "Nytt stöd till läger"
_CONTACT = {"contact_role": "Registrator", "contact_email": "registrator@exempelby.example"}
_PARTS = [
    ("Vem som får låna", "Alla ideella föreningar i kommunen. Den som är ny i registret får hjälp första gången."),
    ("Vad det kostar", "Kvällar och helger är utan avgift. Den som städar efter sig får låna igen."),
    ("Så gör ni", "Skriv till registratorn minst två veckor i förväg. Svaret kommer inom tre dagar."),
]


@register_demo
def build_publications(village: Village) -> None:
    """Make a guide with a PDF, a policy document and a piece of news, once."""
    if Page.objects.filter(title=GUIDE).exists():
        return
    owner = village.organisations["Exempelby kommun"]
    for page in (_guide(owner), _policy(owner), _news(owner)):
        publish_page(by=None, page_id=page.public_id)


def _guide(owner: Any) -> Page:
    told = {
        "title": GUIDE, "kind": "guide",
        "summary": "Vem som får låna kommunens lokaler, vad det kostar och hur ni gör.",
        "owner": owner, "year": 2026, "forms": ["premises"], "municipality": owner.municipality, **_CONTACT,
        "html": "<h2>I korthet</h2><p>Alla ideella föreningar får låna lokaler <strong>utan avgift</strong>.</p>",
        "key_points": "Utan avgift på kvällar och helger\nSvar inom tre dagar",
        "key_figures": [["3 dagar", "tills ni får svar"], ["41", "lokaler att låna"]],
        "series": "Exempelby kommuns vägledningar",
    }  # fmt: skip
    page = start_publication(by=None, values=told)
    try:
        add_file(by=None, page_id=page.public_id, upload=ContentFile(paper(GUIDE, _PARTS), "lokaler.pdf"))
    except Refused:
        # Without Pango no PDF can be made; the text is there all the same.
        return page
    return page


def _policy(owner: Any) -> Page:
    told = {
        "title": POLICY, "kind": "policy", "summary": "Vad kommunen vill med samverkan de närmaste fyra åren.",
        "owner": owner, "year": 2026, "municipality": owner.municipality, **_CONTACT,
        "adopted_by": "Kommunfullmäktige", "adopted_on": datetime.date(2026, 3, 23), "diary_number": "KS 2026/118",
        "valid_to": datetime.date(2029, 12, 31), "review_on": datetime.date(2028, 6, 30),
        "html": "<h2>Vad vi vill</h2><ul><li><p>Föreningar är med från början.</p></li>"
        "<li><p>Vi frågar innan vi bestämmer.</p></li><li><p>Vi svarar inom en vecka.</p></li></ul>",
    }  # fmt: skip
    return start_publication(by=None, values=told)


def _news(owner: Any) -> Page:
    told = {
        "title": NEWS, "kind": "news", "summary": "Föreningar i Exempelby kan söka stöd till sommarens läger.",
        "owner": owner, "municipality": owner.municipality, **_CONTACT,
        "html": "<p>Nu går det att söka stöd till läger för barn. Skriv hur många ni är och vilka dagar.</p>"
        "<h2>När</h2><p>Sök senast den 31 mars.</p>",
    }  # fmt: skip
    return start_article(by=None, values=told)
