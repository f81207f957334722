"""The head that every page of the knowledge bank has, whatever its kind, and what was published of it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField
from samverka.kernel.search import Searchable
from samverka.kernel.text import SortKeyField, slug, swedish_sort_key

from ..enums import Licence, PageKind, PageState
from ..querysets import PageQuerySet

User = settings.AUTH_USER_MODEL
LANGUAGES = (("sv", _("Svenska")), ("en", _("Engelska")))


class Page(Searchable):
    """An example, a portrait, a publication or an article: title, place, contact, dates, and whose it is.

    What its kind holds besides stands in a row of its own (`Example`, `Portrait`, `Publication`, `Article`). `owner` is
    the organisation that answers for it, `sent_in_by` the person who wrote it. `forms` are codes of
    `collaborations.enums.Form`. `search_text` is what the kind adds to the index, plain.
    """

    public_id = PublicIdField()
    kind = models.CharField(max_length=12, choices=PageKind)
    state = models.CharField(max_length=12, choices=PageState, default=PageState.DRAFT)
    title = models.CharField(_("Rubrik"), max_length=200)
    sort_key = SortKeyField()
    summary = models.TextField(_("Sammanfattning"), max_length=1000, blank=True)
    language = models.CharField(_("Språk"), max_length=2, choices=LANGUAGES, default="sv")
    year = models.PositiveSmallIntegerField(_("År"), null=True, blank=True)
    licence = models.CharField(_("Licens"), max_length=12, choices=Licence, default=Licence.CC_BY)
    owner = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("Vem som står för sidan"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="pages",
    )  # fmt: skip
    municipality = models.ForeignKey(
        "places.Municipality", verbose_name=_("Kommun"), null=True, blank=True, on_delete=models.PROTECT
    )
    county = models.ForeignKey("places.County", verbose_name=_("Län"), null=True, blank=True, on_delete=models.PROTECT)
    fields = models.ManyToManyField(
        "organisations.ActivityField", verbose_name=_("Områden"), blank=True, related_name="pages"
    )
    forms = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    contact_name = models.CharField(_("Kontaktperson"), max_length=150, blank=True)
    contact_role = models.CharField(_("Roll"), max_length=120, blank=True)
    contact_email = models.EmailField(_("E-postadress"), blank=True)
    contact_phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    sent_in_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    publish_at = models.DateTimeField(_("Publiceras"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reviewed_on = models.DateField(_("Senast granskad"), null=True, blank=True)
    returned_reason = models.CharField(max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    saves = models.PositiveIntegerField(default=1, help_text="counts saves of its form; two who write at once are told")

    objects: ClassVar[Any] = PageQuerySet.as_manager()

    class Meta(Searchable.Meta):
        ordering = ["-published_at", "-id"]
        indexes = [
            *Searchable.Meta.indexes,
            models.Index(fields=["kind", "-published_at", "-id"], name="page_newest"),
            models.Index(fields=["kind", "sort_key"], name="page_by_name"),
            models.Index(fields=["municipality", "-published_at"], name="page_by_municipality"),
            models.Index(fields=["county", "-published_at"], name="page_by_county"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PageKind.values), name="page_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PageState.values), name="page_state_known"),
            models.CheckConstraint(condition=Q(licence__in=Licence.values), name="page_licence_known"),
            models.CheckConstraint(condition=Q(language__in=["sv", "en"]), name="page_language_known"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="page_published_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False), name="page_scheduled_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="page_withdrawn_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key in step with the title."""
        self.sort_key = swedish_sort_key(self.title)
        super().save(*args, **kwargs)

    @property
    def slug(self) -> str:
        """The title as it stands in the page's address, behind the public id."""
        return slug(self.title)

    @property
    def is_out(self) -> bool:
        """Whether everybody may read it now."""
        return self.published_at is not None and self.withdrawn_at is None

    def search_parts(self) -> Mapping[str, Iterable[str]]:
        """Return the texts to index: title, summary, everything else."""
        return {"A": [self.title], "B": [self.summary], "C": [self.search_text]}


class PageEdition(models.Model):
    """A page as it was published: `document` holds every text that showed. Never changed; the next edition replaces it
    on the page, and both can be compared.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    what_changed = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="page_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="page_edition_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.number}"


class FormerAddress(models.Model):
    """An address, of ours or of a site that was here before, that leads to a page. `path` begins with a slash."""

    path = models.CharField(max_length=500, unique=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="former_addresses")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["path"]
        constraints = [models.CheckConstraint(condition=Q(path__startswith="/"), name="former_address_is_path")]

    def __str__(self) -> str:
        return self.path
