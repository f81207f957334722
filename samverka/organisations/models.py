"""The register: organisations, their units, functions, contacts, and who may act for them."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.accounts import roles
from samverka.kernel.ids import PublicIdField
from samverka.kernel.search import Searchable
from samverka.kernel.text import SortKeyField, slug, swedish_sort_key

from . import enums
from .indexing import search_texts
from .querysets import OrganisationQuerySet, UnitQuerySet


class RegisterSource(models.Model):
    """Where organisations came from: a municipality's register in one system, or a file."""

    name = models.CharField(max_length=200, unique=True)
    system = models.CharField(max_length=60, blank=True)
    municipality = models.ForeignKey("places.Municipality", null=True, blank=True, on_delete=models.PROTECT)
    url = models.URLField(max_length=500, blank=True)
    fetched_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return self.name


class ActivityField(models.Model):
    """A field of activity, as dated data: a field that comes or goes does not break a series."""

    code = models.CharField(max_length=40)
    scheme = models.CharField(max_length=12, choices=enums.FieldScheme)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    sensitive = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["scheme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="activity_field_once"),
            models.CheckConstraint(
                condition=Q(scheme__in=enums.FieldScheme.values), name="activity_field_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="activity_field_period"
            ),
        ]

    def __str__(self) -> str:
        return self.name_sv


class Organisation(Searchable):
    """A public body or a civil-society organisation, with or without an organisation number."""

    public_id = PublicIdField()
    name = models.CharField(_("Namn"), max_length=200)
    genitive = models.CharField(max_length=200, blank=True)
    sort_key = SortKeyField()
    kind = models.CharField(_("Slag"), max_length=20, choices=enums.Kind)
    also_region = models.BooleanField(default=False, help_text="a municipality with a region's tasks: Gotland")
    org_number = models.CharField(_("Organisationsnummer"), max_length=10, blank=True)
    org_number_stated = models.CharField(max_length=40, blank=True)
    org_number_status = models.CharField(
        max_length=20, choices=enums.OrgNumberStatus, default=enums.OrgNumberStatus.NONE
    )
    municipality = models.ForeignKey(
        "places.Municipality", verbose_name=_("Kommun"), null=True, blank=True, on_delete=models.PROTECT
    )
    county = models.ForeignKey("places.County", verbose_name=_("Län"), null=True, blank=True, on_delete=models.PROTECT)
    postal_code = models.CharField(_("Postnummer"), max_length=10, blank=True)
    postal_town = models.CharField(_("Postort"), max_length=80, blank=True)
    web_address = models.URLField(_("Webbplats"), max_length=500, blank=True)
    email = models.EmailField(_("Organisationens e-postadress"), blank=True)
    email_public = models.BooleanField(_("Visa e-postadress och telefon för alla"), default=False)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    description = models.TextField(_("Det här gör vi"), blank=True, max_length=4000)
    language = models.CharField(max_length=8, default="sv")
    founded_year = models.PositiveSmallIntegerField(_("Bildad år"), null=True, blank=True)
    umbrella_stated = models.CharField(max_length=200, blank=True)
    labels_stated = models.JSONField(default=list, blank=True)
    fields = models.ManyToManyField(ActivityField, through="OrganisationField", related_name="organisations")
    # Index column, written with search_vector: the fields' keys and their parents', for counting without a join.
    field_ids = ArrayField(models.IntegerField(), default=list, blank=True, editable=False)
    protected = models.BooleanField(_("Skyddad organisation"), default=False)
    protected_reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=enums.State, default=enums.State.ACTIVE)
    state_reason = models.CharField(max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="made for a demo")
    confirmed = models.BooleanField(
        default=True, help_text="not so while a person has added it and nobody has confirmed"
    )
    source = models.ForeignKey(RegisterSource, null=True, blank=True, on_delete=models.PROTECT)
    source_key = models.CharField(max_length=200, blank=True)
    source_hash = models.CharField(max_length=32, blank=True)
    source_marks = models.CharField(
        max_length=120,
        blank=True,
        help_text="a mark for each group of facts that the source stated at the latest import",
    )
    source_date = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = OrganisationQuerySet.as_manager()

    class Meta(Searchable.Meta):
        ordering = ["sort_key", "id"]
        indexes = [
            *Searchable.Meta.indexes,
            models.Index(fields=["sort_key", "id"], name="organisation_order", condition=~Q(state="withdrawn")),
            models.Index(fields=["municipality", "sort_key"], name="organisation_by_municipality"),
            models.Index(fields=["county", "sort_key"], name="organisation_by_county"),
            models.Index(fields=["kind", "sort_key"], name="organisation_by_kind"),
            models.Index(fields=["org_number"], name="organisation_by_number", condition=~Q(org_number="")),
            models.Index(fields=["-changed_at", "-id"], name="organisation_changed"),
            # What is new at a place: an import gives thousands the same moment, so the order must be in the index.
            models.Index(fields=["municipality", "-changed_at", "-id"], name="organisation_new_in_place"),
            models.Index(fields=["county", "-changed_at", "-id"], name="organisation_new_in_county"),
            GinIndex(fields=["sort_key"], opclasses=["gin_trgm_ops"], name="organisation_name_trgm"),
            GinIndex(fields=["field_ids"], name="organisation_by_fields"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=enums.Kind.values), name="organisation_kind_known"),
            models.CheckConstraint(condition=Q(state__in=enums.State.values), name="organisation_state_known"),
            models.CheckConstraint(
                condition=Q(org_number_status__in=enums.OrgNumberStatus.values), name="organisation_number_status_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
            models.CheckConstraint(
                condition=Q(also_region=False) | Q(kind="municipality"), name="organisation_also_region_is_municipality"
            ),
            models.CheckConstraint(
                condition=Q(org_number="") | Q(org_number__regex=r"^\d{10}$"), name="organisation_number_ten_digits"
            ),
            models.UniqueConstraint(
                fields=["source", "source_key"], name="organisation_source_once", condition=~Q(source_key="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = swedish_sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def side(self) -> enums.Side:
        """The ring this organisation stands in."""
        return enums.Kind(self.kind).side

    @property
    def is_public_body(self) -> bool:
        """Whether this is a municipality, region, agency or the like."""
        return self.side == enums.Side.PUBLIC

    @property
    def slug(self) -> str:
        """The name as it stands in the address."""
        return slug(self.name)

    def search_parts(self) -> Mapping[str, Iterable[str]]:
        """Return what may be searched, with earlier names and fields (two queries); see `indexing.search_texts`."""
        return search_texts(
            name=self.name,
            number=self.org_number,
            town=self.postal_town,
            municipality=self.municipality_id or "",
            county=self.county_id or "",
            labels=self.labels_stated,
            umbrella=self.umbrella_stated,
            description=self.description,
            earlier_names=[earlier.name for earlier in sorted(self.earlier_names.all(), key=lambda row: row.pk)],
            field_names=[field.name_sv for field in self.fields.all()],
            protected=self.protected,
        )


class OrganisationField(models.Model):
    """That an organisation works in a field."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    field = models.ForeignKey(ActivityField, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "field"], name="organisation_field_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.field_id}"


class Identifier(models.Model):
    """A number in another register (org-id.guide scheme, LOK-number …)."""

    organisation = models.ForeignKey(Organisation, related_name="identifiers", on_delete=models.CASCADE)
    scheme = models.CharField(_("Register"), max_length=40)
    value = models.CharField(_("Nummer"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "scheme", "value"], name="identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class EarlierName(models.Model):
    """A name the organisation had before; found by search."""

    organisation = models.ForeignKey(Organisation, related_name="earlier_names", on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """How one organisation stands to another: predecessor, umbrella, district."""

    organisation = models.ForeignKey(Organisation, related_name="relations", on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, choices=enums.RelationKind)
    other = models.ForeignKey(Organisation, related_name="relations_from_others", on_delete=models.CASCADE)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "other"], name="relation_once"),
            models.CheckConstraint(condition=~Q(organisation=F("other")), name="relation_to_another"),
            models.CheckConstraint(condition=Q(kind__in=enums.RelationKind.values), name="relation_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.other_id}"


class Offer(models.Model):
    """What an organisation offers or needs. It is no procurement and no promise of money."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, related_name="offers", on_delete=models.CASCADE)
    kind = models.CharField(max_length=8, choices=enums.OfferKind)
    text = models.CharField(_("Beskrivning"), max_length=500)
    field = models.ForeignKey(ActivityField, null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=8, default="sv")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=enums.OfferKind.values), name="offer_kind_known")]

    def __str__(self) -> str:
        return self.text


class Unit(models.Model):
    """A part of a public body with its own diary, one step down (users.md R2)."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, related_name="units", on_delete=models.CASCADE)
    name = models.CharField(_("Namn"), max_length=200)
    sort_key = SortKeyField()
    kind = models.CharField(_("Slag"), max_length=12, choices=enums.UnitKind)
    is_controller = models.BooleanField(_("Är själv personuppgiftsansvarig"), default=True)
    diary_pattern = models.CharField(_("Så ser diarienumren ut"), max_length=60, blank=True)
    valid_from = models.DateField(_("Finns från"), null=True, blank=True)
    valid_to = models.DateField(_("Upphör"), null=True, blank=True)
    predecessor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="successors")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=enums.UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="unit_period",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"], name="unit_name_once", condition=Q(valid_to__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = swedish_sort_key(self.name)
        super().save(*args, **kwargs)


class Function(models.Model):
    """An office address of a body or one of its units: registrator, kommunstyrelse."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, related_name="functions", on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, null=True, blank=True, related_name="functions", on_delete=models.CASCADE)
    kind = models.CharField(_("Funktion"), max_length=20, choices=enums.FunctionKind)
    email = models.EmailField(_("E-postadress"))
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=enums.FunctionKind.values), name="function_kind_known"),
            models.UniqueConstraint(
                fields=["organisation", "unit", "kind"],
                name="function_once",
                nulls_distinct=False,
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.email}"


class Contact(models.Model):
    """A named person to turn to, with a deputy. Never public by default (users.md R10)."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, related_name="contacts", on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, null=True, blank=True, related_name="contacts", on_delete=models.CASCADE)
    name = models.CharField(_("Namn"), max_length=150)
    role = models.CharField(_("Roll"), max_length=120)
    email = models.EmailField(_("E-postadress"), blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    hours = models.CharField(_("Telefontid"), max_length=120, blank=True)
    deputy = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="deputy_for")
    public = models.BooleanField(_("Visa för alla"), default=False)
    confirmed_on = models.DateField(_("Bekräftad"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(deputy=F("id")), name="contact_deputy_is_another")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person may act for an organisation, or one unit of it, in a role."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="memberships", on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, related_name="memberships", on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, null=True, blank=True, related_name="memberships", on_delete=models.CASCADE)
    role = models.CharField(_("Roll"), max_length=20, choices=roles.choices(roles.ORGANISATION))
    basis = models.CharField(_("Grund"), max_length=200, blank=True)
    invited_as = models.EmailField(blank=True, help_text="the address that was typed, for one who was invited")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=roles.ORGANISATION_ROLES), name="membership_role_known"),
            models.UniqueConstraint(
                fields=["user", "organisation", "unit", "role"],
                name="membership_once",
                nulls_distinct=False,
                condition=Q(until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"


class Claim(models.Model):
    """A person's request to be the first to act for an organisation or unit (users.md R11)."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="claims", on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, related_name="claims", on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE)
    state = models.CharField(max_length=12, choices=enums.ClaimState)
    sent_to = models.EmailField(blank=True)
    code_hash = models.CharField(max_length=128, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    person_role = models.CharField(max_length=120, blank=True)
    message = models.CharField(max_length=500, blank=True)
    about_new = models.BooleanField(default=False, help_text="by the person who added the organisation")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=enums.ClaimState.values), name="claim_state_known"),
            models.UniqueConstraint(
                fields=["user", "organisation"], name="claim_open_once", condition=Q(state__in=["code_sent", "asked"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} claims {self.organisation_id}"


class Correction(models.Model):
    """What a visitor says is wrong on an organisation's page ("Stämmer inte?")."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, related_name="corrections", on_delete=models.CASCADE)
    text = models.TextField(max_length=2000)
    reply_email = models.EmailField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    answer = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Correction of {self.organisation_id}"


class TermsAcceptance(models.Model):
    """That a public body (unit null: all of it) has accepted a version of the terms (content/terms.yaml). Who did so
    stands as text too, so that it can be shown when the account has ended; so does with whom.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, related_name="terms_acceptances", on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, null=True, blank=True, related_name="terms_acceptances", on_delete=models.CASCADE)
    version = models.PositiveSmallIntegerField()
    provider = models.CharField(max_length=200, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    accepted_name = models.CharField(max_length=150)
    accepted_role = models.CharField(max_length=120, blank=True)
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-accepted_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="terms_acceptance_version_from_one"),
            models.CheckConstraint(condition=~Q(accepted_name=""), name="terms_acceptance_has_name"),
            models.UniqueConstraint(
                fields=["organisation", "unit", "version"], name="terms_acceptance_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: version {self.version}"

    @property
    def party(self) -> str:
        """Who accepted: "Fritidsnämnden, Exempelby kommun", or the organisation's name."""
        return f"{self.unit.name}, {self.organisation.name}" if self.unit else str(self.organisation.name)
