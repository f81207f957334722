"""Where the page of a search answer is."""

from django.urls import reverse

from samverka.kernel.search import Hit
from samverka.kernel.text import slug

#: Where the pages of the knowledge bank stand, by their kind.
KNOWLEDGE = {
    "example": "exempel",
    "portrait": "portratt",
    "publication": "publikationer",
    "article": "artiklar",
}


def hit_address(hit: Hit) -> str:
    """Return the address of the page that `hit` speaks of; in a PDF's page where that is known."""
    if hit.kind in KNOWLEDGE:
        return knowledge_address(hit.kind, hit.public_id, hit.title)
    if hit.kind == "organisation":
        return reverse("organisation", args=[hit.public_id, slug(hit.title) or "-"])
    if hit.kind == "place":
        return reverse("place", args=[hit.public_id])
    if hit.kind == "step":
        model, _slash, path = hit.public_id.partition("/")
        return reverse("model_step", args=[model, *path.split("-", 1)])
    if hit.kind in {"result", "report"}:
        return _result_address(hit.public_id)
    return reverse("collaboration_by_id", args=[hit.public_id])


def knowledge_address(kind: str, public_id: str, title: str) -> str:
    """Return the address of a page of the knowledge bank."""
    return f"/{KNOWLEDGE[kind]}/{public_id}-{slug(title) or '-'}/"


def _result_address(object_id: str) -> str:
    """Return the address of a question's results, or of a report: "<round>?<code>" and "<round>/<edition>"."""
    if "/" in object_id:
        round_slug, _slash, number = object_id.partition("/")
        return reverse("survey_report_edition", args=[round_slug, int(number)])
    round_slug, _mark, code = object_id.partition("?")
    address = reverse("survey_results", args=[round_slug])
    return f"{address}?fraga={code}" if code else address
