"""A template of a sender's own: how an issue is put together, without what belongs to one issue only."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField
from samverka.kernel.text import SortKeyField, swedish_sort_key

from ..enums import Format, Matter


class IssueTemplate(models.Model):
    """What a sender's issues may begin with. `content` is {language: {subject, preview, blocks: [{kind, content}]}};
    no recipient, number, day or picture stands in it.
    """

    public_id = PublicIdField()
    sender = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="issue_templates")
    name = models.CharField(_("Mallens namn"), max_length=120)
    sort_key = SortKeyField()
    format = models.CharField(max_length=10, choices=Format)
    matter = models.CharField(max_length=16, choices=Matter, blank=True, default="")
    content: Any = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "name"], name="issue_template_once"),
            models.CheckConstraint(condition=~Q(name=""), name="issue_template_has_name"),
            models.CheckConstraint(condition=Q(format__in=Format.values), name="issue_template_format_known"),
            models.CheckConstraint(condition=Q(matter__in=["", *Matter.values]), name="issue_template_matter_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key in step with the name."""
        self.sort_key = swedish_sort_key(self.name)
        super().save(*args, **kwargs)
