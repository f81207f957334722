"""Where a page of the knowledge bank stands."""

from django.conf import settings
from django.urls import reverse

from samverka.knowledge.enums import PageKind
from samverka.knowledge.models import Page

#: kind -> the name of its route, which takes the public id and the name.
ROUTES = {
    PageKind.EXAMPLE: "example",
    PageKind.PORTRAIT: "portrait",
    PageKind.PUBLICATION: "publication",
    PageKind.ARTICLE: "article",
}


def page_path(page: Page) -> str:
    """Return the path of a page in the reader's language."""
    return reverse(ROUTES[PageKind(page.kind)], args=[page.public_id, page.slug])


def lasting_address(page: Page) -> str:
    """Return the whole address that leads to the page whatever it is called: short, for QR codes and references."""
    return f"{settings.BASE_URL}{reverse('page_by_id', args=[page.public_id])}"
