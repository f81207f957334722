"""The kinds of things in the register."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: The register source of the bodies that come with the product; their `source_key` is "municipality:1480" or
#: "region:14".
BODIES = "Kommuner och regioner"


class Side(TextChoices):
    """Which ring an organisation stands in."""

    PUBLIC = "public", _("Offentlig aktör")
    CIVIL = "civil", _("Civilsamhällesorganisation")


class Kind(TextChoices):
    MUNICIPALITY = "municipality", _("Kommun")
    REGION = "region", _("Region")
    AGENCY = "agency", _("Myndighet")
    MUNICIPAL_COMPANY = "municipal_company", _("Kommunalt bolag")
    LOCAL_FEDERATION = "local_federation", _("Kommunalförbund")
    ASSOCIATION = "association", _("Förening")
    FOUNDATION = "foundation", _("Stiftelse")
    COOPERATIVE = "cooperative", _("Kooperativ")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Socialt företag")
    FAITH_COMMUNITY = "faith_community", _("Trossamfund")
    STUDY_ASSOCIATION = "study_association", _("Studieförbund")
    NETWORK = "network", _("Nätverk")

    @property
    def side(self) -> Side:
        """The ring that organisations of this kind stand in."""
        return Side.PUBLIC if self in PUBLIC_KINDS else Side.CIVIL


PUBLIC_KINDS = frozenset({Kind.MUNICIPALITY, Kind.REGION, Kind.AGENCY, Kind.MUNICIPAL_COMPANY, Kind.LOCAL_FEDERATION})
CIVIL_KINDS = frozenset(Kind) - PUBLIC_KINDS


class OrgNumberStatus(TextChoices):
    """What is known of the organisation number as it was stated."""

    NONE = "none", _("Saknas")
    VALID = "valid", _("Rätt skrivet")
    WRONG_CHECK_DIGIT = "wrong_check_digit", _("Kontrollsiffran stämmer inte")
    MALFORMED = "malformed", _("Fel form")
    PERSONAL = "personal", _("Ser ut som ett personnummer och sparas inte")


class State(TextChoices):
    ACTIVE = "active", _("Aktiv")
    DORMANT = "dormant", _("Vilande")
    WITHDRAWN = "withdrawn", _("Borttagen ur registret")


class UnitKind(TextChoices):
    COMMITTEE = "committee", _("Nämnd")
    DEPARTMENT = "department", _("Förvaltning")
    COMPANY = "company", _("Bolag")
    FEDERATION = "federation", _("Kommunalförbund")


class FunctionKind(TextChoices):
    """An address that is an office, not a person."""

    REGISTRAR = "registrar", _("Registrator")
    EXECUTIVE_BOARD = "executive_board", _("Kommunstyrelse eller regionstyrelse")
    COORDINATOR = "coordinator", _("Föreningssamordnare")
    COMMITTEE = "committee", _("Nämnd")
    OFFICE = "office", _("Kansli")
    CONTACT_CENTRE = "contact_centre", _("Kontaktcenter")


class RelationKind(TextChoices):
    """How `organisation` stands to `other`: reads as a sentence from the first to the second."""

    SUCCESSOR_OF = "successor_of", _("är efterträdare till")
    MEMBER_OF = "member_of", _("är medlem i")
    LOCAL_BRANCH_OF = "local_branch_of", _("är lokalförening i")
    DISTRICT_OF = "district_of", _("är distrikt i")
    OWNED_BY = "owned_by", _("ägs av")


class OfferKind(TextChoices):
    OFFER = "offer", _("Det här kan vi")
    NEED = "need", _("Det här behöver vi")


class FieldScheme(TextChoices):
    ICNPO = "icnpo", _("Verksamhetsområde (ICNPO)")
    MAPPING = "mapping", _("Samverkansområde")


class ClaimState(TextChoices):
    """A person's request to act for an organisation (users.md R11)."""

    CODE_SENT = "code_sent", _("Kod skickad")
    ASKED = "asked", _("Väntar på någon som kan bekräfta")
    GRANTED = "granted", _("Godkänd")
    REFUSED = "refused", _("Avslagen")
    EXPIRED = "expired", _("För gammal")
