"""What somebody is typing in the form of a page and has not saved."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from samverka.kernel.drafts import TypedDraft

from ..enums import PageKind
from .pages import Page


class PageDraft(TypedDraft):
    """What a person is typing in one form, kept as they type: nobody else reads it. `page` is None, and `kind` says
    what, while a new publication or article is begun. `base_version` is the page's `saves`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=12, choices=PageKind)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "kind"], nulls_distinct=False, name="page_draft_once"),
            models.CheckConstraint(condition=Q(kind__in=PageKind.values), name="page_draft_kind_known"),
        ]
