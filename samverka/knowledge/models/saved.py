"""What a person has put aside: private, in collections of their own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from .pages import Page

User = settings.AUTH_USER_MODEL


class Collection(models.Model):
    """A person's own pile of pages, under a name. Nobody else sees it."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, related_name="collections", on_delete=models.CASCADE)
    name = models.CharField(_("Namn"), max_length=100)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="collection_once"),
            models.CheckConstraint(condition=~Q(name=""), name="collection_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Bookmark(models.Model):
    """A page that a person has saved, in a collection or in none, with a note to oneself."""

    user = models.ForeignKey(User, related_name="bookmarks", on_delete=models.CASCADE)
    page = models.ForeignKey(Page, related_name="+", on_delete=models.CASCADE)
    collection = models.ForeignKey(
        Collection, null=True, blank=True, related_name="bookmarks", on_delete=models.SET_NULL
    )
    note = models.CharField(_("Att komma ihåg"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"Bookmark {self.pk}"
