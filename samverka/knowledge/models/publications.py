"""What publications and articles hold besides their head, and the names that senders had before."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..enums import ArticleKind, PublicationKind, ReadState
from .pages import Page

User = settings.AUTH_USER_MODEL


class Publication(models.Model):
    """A report, position paper, guide, policy document or inspiration report.

    `html` is its text on the web, clean (`knowledge.html`); of an inspiration report the foreword. `key_points` has one
    point a line, `key_figures` pairs of figure and what it says, `facts` pairs of label and value from an imported
    file. `contacts` are those to ask besides the head's: dicts of name, role, email and phone. `source_path` and
    `source_sha256` tell which imported file it comes from.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="publication")
    kind = models.CharField(_("Slag"), max_length=12, choices=PublicationKind, default=PublicationKind.REPORT)
    html = models.TextField(_("Text på webben"), max_length=2_000_000, blank=True)
    key_points = models.TextField(_("Det viktigaste"), max_length=3000, blank=True)
    key_figures = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=list, blank=True)
    contacts = models.JSONField(default=list, blank=True)
    series = models.CharField(_("Serie"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    diary_number = models.CharField(_("Diarienummer"), max_length=60, blank=True)
    adopted_by = models.CharField(_("Antaget av"), max_length=200, blank=True)
    adopted_on = models.DateField(_("Antaget den"), null=True, blank=True)
    valid_to = models.DateField(_("Gäller till och med"), null=True, blank=True)
    review_on = models.DateField(_("Ska ses över senast"), null=True, blank=True)
    source_path = models.CharField(max_length=500, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PublicationKind.values), name="publication_kind_known"),
            models.UniqueConstraint(fields=["source_path"], condition=~Q(source_path=""), name="publication_file_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(adopted_on__isnull=True) | Q(valid_to__gte=F("adopted_on")),
                name="publication_period",
            ),
        ]

    def __str__(self) -> str:
        return str(self.page)


class PublicationFile(models.Model):
    """A version of a publication's PDF. Its text, pages and cover are read by a job; the newest is the one shown."""

    public_id = PublicIdField()
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    file = models.OneToOneField("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    cover = models.OneToOneField(
        "kernel.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    pages = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=8, choices=ReadState, default=ReadState.WAITING)
    note = models.CharField(_("Vad är ändrat?"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["publication", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="publication_file_number_once"),
            models.CheckConstraint(condition=Q(state__in=ReadState.values), name="publication_file_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.number}"


class ReportPart(models.Model):
    """An example or a portrait that an inspiration report takes up, in its order. What it says is frozen with the
    report's own edition.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="parts")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["publication", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["publication", "page"], name="report_part_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.page}"


class Article(models.Model):
    """An article or a piece of news: clean HTML, as the editor stores it."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="article")
    kind = models.CharField(_("Slag"), max_length=8, choices=ArticleKind, default=ArticleKind.ARTICLE)
    html = models.TextField(_("Text"), max_length=200_000, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=ArticleKind.values), name="article_kind_known")]

    def __str__(self) -> str:
        return str(self.page)


class FormerSender(models.Model):
    """What an organisation, or the one before it, was called as a sender until a day: SKL before SKR, a landsting
    before its region.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("Organisation"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("Hette förut"), max_length=200)
    short_name = models.CharField(_("Kort namn"), max_length=40, blank=True)
    until = models.DateField(_("Till och med"))

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["organisation", "-until"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="former_sender_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.short_name})" if self.short_name else self.name
