"""Counties, municipalities and regions: what they are called and how many live there.

They are facts from content/places and change with the content, never by a page. Their codes are
SCB's and serve as keys, so that another app can point at a place by a code it already has.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverka.kernel.text import SortKeyField, slug

COUNTY_CODE = r"^\d{2}$"
MUNICIPALITY_CODE = r"^\d{4}$"


class Place(models.Model):
    """What the three kinds share. `population` is inhabitants at `population_date`."""

    display_name = models.CharField(max_length=60, unique=True)
    genitive = models.CharField(max_length=60)
    short_name = models.CharField(max_length=40)
    short_genitive = models.CharField(max_length=40)
    sort_key = SortKeyField()
    population = models.PositiveIntegerField()
    population_date = models.DateField()
    source = models.CharField(max_length=120)

    code: "models.CharField[str, str]"

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def path(self) -> str:
        """The place as it stands in an address, see `place_path`."""
        return place_path(self)


class County(Place):
    """One of the 21 counties (län); a place on the map, not an organisation."""

    code = models.CharField(max_length=2, primary_key=True, validators=[RegexValidator(COUNTY_CODE)])

    class Meta(Place.Meta):
        constraints = [models.CheckConstraint(condition=Q(code__regex=COUNTY_CODE), name="county_code_two_digits")]


class Municipality(Place):
    """One of the 290 municipalities. `display_name` is what it calls itself (Malmö stad).

    `formal_name` is what statutes call it (Malmö kommun); the two differ where the body calls
    itself "stad" and for Gotland, which is municipality and region in one.
    """

    code = models.CharField(max_length=4, primary_key=True, validators=[RegexValidator(MUNICIPALITY_CODE)])
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipalities")
    formal_name = models.CharField(max_length=60)

    class Meta(Place.Meta):
        verbose_name_plural = "municipalities"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=MUNICIPALITY_CODE), name="municipality_code_four_digits"),
            models.CheckConstraint(
                condition=Q(code__startswith=models.F("county_id")), name="municipality_code_begins_with_county"
            ),
        ]


class Region(Place):
    """One of the 21 regions, each covering one county and sharing its code."""

    code = models.CharField(max_length=2, primary_key=True, validators=[RegexValidator(COUNTY_CODE)])
    county = models.OneToOneField(County, on_delete=models.PROTECT, related_name="region")

    class Meta(Place.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(code=models.F("county_id")), name="region_code_is_the_county_code")
        ]


def place_path(place: Place) -> str:
    """Return `place` as it stands in an address: 1499-falkoping, 14-vastra-gotalandsregionen."""
    name = place.short_name if isinstance(place, Municipality) else place.display_name
    return f"{place.code}-{slug(name)}"


class GroupingKind(models.TextChoices):
    """What a grouping tells of a municipality."""

    POPULATION = "befolkning", _("Invånare")
    MUNICIPAL_GROUP = "kommungrupp", _("Kommungrupp")


class Grouping(models.Model):
    """A division of all municipalities into classes, with the days it holds (`valid_to` None: still)."""

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=20, choices=GroupingKind)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=160)

    class Meta:
        ordering = ["kind", "valid_from"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=GroupingKind.values), name="grouping_kind_known")]

    def __str__(self) -> str:
        return self.name_sv


class PlaceClass(models.Model):
    """A class of a grouping, such as a municipal group, and the municipalities in it."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="classes")
    code = models.CharField(max_length=8)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()
    municipalities = models.ManyToManyField(Municipality, related_name="classes")

    class Meta:
        ordering = ["grouping", "order"]
        constraints = [models.UniqueConstraint(fields=["grouping", "code"], name="place_class_once")]

    def __str__(self) -> str:
        return self.name_sv
