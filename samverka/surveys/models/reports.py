"""Reports: what an analyst writes about a round, and the editions that are published of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.drafts import TypedDraft
from samverka.kernel.ids import PublicIdField

from ..enums import BlockKind, ChapterRole, FigureShape, ReportState
from ..querysets import ReportBlockQuerySet, ReportQuerySet
from .rounds import Round

User = settings.AUTH_USER_MODEL
LANGUAGES = (("sv", _("Svenska")), ("en", _("Engelska")))


class Report(models.Model):
    """A report about a round in one language. Figures may be taken from a second round, `beside`: the other side's.

    What stands in its parts is the draft; what everybody reads is an `Edition`.
    """

    public_id = PublicIdField()
    round = models.ForeignKey(Round, verbose_name=_("Omgång"), on_delete=models.PROTECT, related_name="reports")
    beside = models.ForeignKey(
        Round, verbose_name=_("En omgång till"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("Språk"), max_length=2, choices=LANGUAGES, default="sv")
    title = models.CharField(_("Rubrik"), max_length=200)
    lead = models.TextField(_("Ingress"), max_length=600, blank=True)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DRAFT)
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    row_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "language"], name="report_once_in_a_language"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(language__in=["sv", "en"]), name="report_language_known"),
            models.CheckConstraint(condition=~Q(title=""), name="report_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class ReportBlock(models.Model):
    """A part of a report in its draft. Which fields it uses, its kind says; one that is removed can be put back.

    `variable`, `by` and `option` are codes of the questionnaire. `from_beside`: its figures are those of the second
    round. `consent`: who is quoted has agreed to it.
    """

    public_id = PublicIdField()
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=BlockKind)
    role = models.CharField(max_length=10, choices=ChapterRole, blank=True, default="")
    heading = models.CharField(_("Rubrik"), max_length=200, blank=True)
    text = models.TextField(_("Text"), max_length=20_000, blank=True)
    variable = models.CharField(_("Fråga"), max_length=80, blank=True)
    by = models.CharField(_("Dela upp efter"), max_length=80, blank=True)
    option = models.CharField(_("Svar"), max_length=80, blank=True)
    shape = models.CharField(_("Så här visas den"), max_length=6, choices=FigureShape, default=FigureShape.CHART)
    who = models.CharField(_("Vem som säger det"), max_length=200, blank=True)
    consent = models.BooleanField(_("Den som citeras har sagt ja till det"), default=False)
    from_beside = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ReportBlockQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="report_block_kind_known"),
            models.CheckConstraint(condition=Q(role__in=ChapterRole.values), name="report_block_role_known"),
            models.CheckConstraint(condition=Q(shape__in=FigureShape.values), name="report_block_shape_known"),
            models.CheckConstraint(condition=Q(role="") | Q(kind="chapter"), name="report_block_role_of_chapter"),
            models.CheckConstraint(
                condition=~Q(role__in=["method", "missing"]) | Q(removed_at__isnull=True),
                name="report_block_required_stays",
            ),
            models.UniqueConstraint(fields=["report", "role"], condition=~Q(role=""), name="report_block_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"


class Edition(models.Model):
    """A report as it was published: `document` holds every text and every figure, and nothing changes it afterwards
    (the database sees to it). What was wrong is put right in a new edition, which says `what_changed`.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    what_changed = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_from_one"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(what_changed=""), name="edition_says_what_changed"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="edition_withdrawn_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.number}"


class BlockDraft(TypedDraft):
    """What an analyst is typing in a part of a report, kept as it is typed; nobody else reads it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    block = models.ForeignKey(ReportBlock, on_delete=models.CASCADE, related_name="drafts")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "block"], name="block_draft_once")]
