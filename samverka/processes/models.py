"""Process models as versioned data: model > version > phase > step > questions, tips, deeper texts, template.

A published version never changes: changed content becomes a new one, so that what people wrote along a step keeps the
words they read (ADR 4). A translation is a version of the same number in another language; steps have the same codes.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from samverka.kernel.search import Searchable

from .enums import LeavesKind, QuestionKind, SocietyLevel, VersionState
from .querysets import ModelVersionQuerySet, StepQuerySet

#: A phase's number, a point, the step's number within it: "4.2".
STEP_CODE = r"^[0-9]{1,2}\.[0-9]{1,2}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class ProcessModel(models.Model):
    """A process model, whoever wrote it. `language` is the one it was written in; `source` says what it builds on."""

    slug = models.CharField(max_length=60, unique=True, validators=[RegexValidator(SLUG)])
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=120)
    licence = models.CharField(max_length=60)
    licence_url = models.URLField(max_length=300, blank=True)
    source = models.CharField(max_length=500)
    language = models.CharField(max_length=8, default="sv")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(slug__regex=SLUG), name="process_model_slug")]

    def __str__(self) -> str:
        return self.name


class ModelVersion(models.Model):
    """One edition of a model in one language. `fingerprint` is the SHA-256 of the content it was loaded from;
    `short_path` holds the stops of the short path: [{"name", "steps": [codes]}].
    """

    model = models.ForeignKey(ProcessModel, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=120)
    summary = models.TextField()
    short_path_summary = models.CharField(max_length=200, blank=True)
    short_path = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = ModelVersionQuerySet.as_manager()

    class Meta:
        ordering = ["model", "number"]
        constraints = [
            models.UniqueConstraint(fields=["model", "language", "number"], name="model_version_once"),
            models.UniqueConstraint(
                fields=["model", "language"], condition=Q(state="published"), name="model_version_one_published"
            ),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="model_version_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_on__isnull=False), name="model_version_published_has_date"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="model_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number} ({self.language})"


class Phase(models.Model):
    """One of the stretches of the path, numbered from 1."""

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=30)
    summary = models.TextField()

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="phase_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Step(Searchable):
    """One question to talk about, and what it leaves behind. `minutes` is honest time at a table; `complaints` are
    numbers of docs/reference/complaints.md; `leaves_fields` is [{"key", "label", "kind"}], kinds of FieldKind.
    """

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="steps")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5, validators=[RegexValidator(STEP_CODE)])
    slug = models.CharField(max_length=60, validators=[RegexValidator(SLUG)])
    name = models.CharField(max_length=80)
    introduction = models.TextField()
    done_when = models.TextField()
    leaves_kind = models.CharField(max_length=20, choices=LeavesKind)
    leaves_label = models.CharField(max_length=80)
    leaves_fields = models.JSONField(default=list)
    on_short_path = models.BooleanField(default=False)
    society_levels = ArrayField(models.CharField(max_length=10, choices=SocietyLevel), default=list)
    complaints = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = StepQuerySet.as_manager()

    class Meta(Searchable.Meta):
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="step_code_once"),
            models.UniqueConstraint(fields=["version", "order"], name="step_order_once"),
            models.CheckConstraint(condition=Q(code__regex=STEP_CODE), name="step_code_form"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="step_slug_form"),
            models.CheckConstraint(condition=Q(leaves_kind__in=LeavesKind.values), name="step_leaves_known"),
            models.CheckConstraint(
                condition=Q(society_levels__contained_by=SocietyLevel.values), name="step_society_levels_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def public_id(self) -> str:
        """The step as search names it and as it stands in an address: samverka/4.2-fordela-loftena."""
        return f"{self.version.model.slug}/{self.code}-{self.slug}"

    def search_parts(self) -> Mapping[str, Iterable[str]]:
        """Return the step's texts by weight: name, question, what stands on the page at once, what one opens."""
        questions = list(self.questions.all())
        return {
            "A": [self.name],
            "B": [question.text for question in questions if question.kind == QuestionKind.MAIN],
            "C": [self.introduction, self.leaves_label, *(q.text for q in questions if q.kind != QuestionKind.MAIN)],
            "D": [
                *(f"{tip.saying} {tip.goes_wrong}" for tip in self.tips.all()),
                *(f"{deeper.heading} {deeper.text}" for deeper in self.deeper_texts.all()),
            ],
        }


class Question(models.Model):
    """A question of a step: its main one, number 1, or one that follows."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    text = models.TextField()

    class Meta:
        ordering = ["step", "number"]
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="question_once"),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="main", number=1) | Q(kind="follow_up", number__gt=1), name="question_main_is_first"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Tip(models.Model):
    """What someone who has done it would say, and what tends to go wrong."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="tips")
    order = models.PositiveSmallIntegerField()
    saying = models.TextField()
    goes_wrong = models.TextField()

    class Meta:
        ordering = ["step", "order"]
        constraints = [models.UniqueConstraint(fields=["step", "order"], name="tip_once")]

    def __str__(self) -> str:
        return self.saying


class DeeperText(models.Model):
    """A section for those who want more. `text` is paragraphs with an empty line between."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="deeper_texts")
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["step", "order"]
        constraints = [models.UniqueConstraint(fields=["step", "order"], name="deeper_text_once")]

    def __str__(self) -> str:
        return self.heading


class Template(models.Model):
    """A paper to fill in by hand: a name and lines, each a field."""

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="template")
    name = models.CharField(max_length=120)
    lines = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name
