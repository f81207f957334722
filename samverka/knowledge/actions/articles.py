"""What starts and changes articles and news."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ..enums import PageKind
from ..html import clean
from ..models import Article, Page
from .checks import hold_saves, locked_page, require_editor
from .heads import made_page, set_head
from .trail import note_page


@transaction.atomic
def start_article(*, by: Any, values: Mapping[str, Any]) -> Page:
    """Begin an article as a draft; its HTML is cleaned. Raises NotAllowed, Refused."""
    require_editor(by)
    page = made_page(by=by, kind=PageKind.ARTICLE, values=values)
    Article.objects.create(page=page, kind=values["kind"], html=clean(values.get("html", "")))
    note_page("article.started", page, by=by)
    return page


@transaction.atomic
def change_article(*, by: Any, page_id: str, version: int | None, values: Mapping[str, Any]) -> Page:
    """Set the facts in `values` (heads.HEAD, fields, kind, html) in the draft. `version` is the
    `saves` of the page that the person began from. Raises NotAllowed, Conflict, Refused.
    """
    require_editor(by)
    page = locked_page(page_id)
    hold_saves(page, version)
    found = set_head(page, values)
    article = page.article
    article.kind = values.get("kind", article.kind)
    article.html = clean(values["html"]) if "html" in values else article.html
    article.save()
    note_page("article.changed", page, by=by, changes=found)
    return page
