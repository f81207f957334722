"""Where the page of a search answer is."""

from django.urls import reverse

from samverka.kernel.search import Hit
from samverka.kernel.text import slug


def hit_address(hit: Hit) -> str:
    """Return the address of the page that `hit` speaks of."""
    if hit.kind == "organisation":
        return reverse("organisation", args=[hit.public_id, slug(hit.title) or "-"])
    if hit.kind == "place":
        return reverse("place", args=[hit.public_id])
    if hit.kind == "step":
        model, _slash, path = hit.public_id.partition("/")
        return reverse("model_step", args=[model, *path.split("-", 1)])
    if hit.kind in {"example", "portrait"}:
        return reverse("page_by_id", args=[hit.public_id])
    return reverse("collaboration_by_id", args=[hit.public_id])
