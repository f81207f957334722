"""The kinds of things in a process model."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    DRAFT = "draft", _("Utkast")
    PUBLISHED = "published", _("Gäller")
    RETIRED = "retired", _("Ersatt")


class QuestionKind(TextChoices):
    MAIN = "main", _("Stegets fråga")
    FOLLOW_UP = "follow_up", _("Följdfråga")


class SocietyLevel(TextChoices):
    """Where in society; never just "level", which means four things (docs/glossary.md)."""

    LOCAL = "local", _("Lokalt")
    REGIONAL = "regional", _("Regionalt")
    NATIONAL = "national", _("Nationellt")


class FieldKind(TextChoices):
    """What one fills in where a step leaves something behind."""

    TEXT = "text", _("Text")
    LINE = "line", _("Rad")
    DATE = "date", _("Datum")
    LIST = "list", _("Lista")
    CHOICE = "choice", _("Val")
    PEOPLE = "people", _("Personer")


class LeavesKind(TextChoices):
    """What a step leaves behind; stored as what it is."""

    PURPOSE = "purpose", _("Syfte")
    EXISTING_LIST = "existing_list", _("Det som redan finns")
    DECISION_ROOM = "decision_room", _("Beslutsläge")
    CHOICE_OF_WAY = "choice_of_way", _("Val av väg")
    INVITATION_LIST = "invitation_list", _("Inbjudningslista")
    MANDATES = "mandates", _("Mandat")
    TERMS = "terms", _("Villkor")
    OPENNESS = "openness", _("Öppenhet")
    DEPUTIES = "deputies", _("Kontakt och ersättare")
    DRIVERS = "drivers", _("Drivkrafter")
    GOAL = "goal", _("Mål")
    LIMITS = "limits", _("Avgränsning")
    HEARD = "heard", _("Det vi hörde")
    FORM = "form", _("Samverkansform")
    COMMITMENTS = "commitments", _("Åtaganden")
    RESOURCES = "resources", _("Insatser")
    DISAGREEMENT = "disagreement", _("Väg vid oenighet")
    DECISION = "decision", _("Beslut")
    FIRST_COMMITMENT = "first_commitment", _("Första åtagandet")
    COMMITMENT_STATUS = "commitment_status", _("Läge per åtagande")
    RESPONSES = "responses", _("Synpunkter och svar")
    WAYS_OF_WORKING = "ways_of_working", _("Arbetssätt")
    INTRODUCTION = "introduction", _("Så här ligger det till")
    RECONCILIATION = "reconciliation", _("Avstämning")
    RESULTS = "results", _("Resultat")
    TWO_VIEWS = "two_views", _("Två bilder")
    LESSONS = "lessons", _("Lärdomar")
    EXAMPLE_DRAFT = "example_draft", _("Utkast till exempel")
    CONTINUATION = "continuation", _("Fortsättning")
    NEW_HOME = "new_home", _("Ny hemvist")
    HANDOVER = "handover", _("Överlämning")
    CLOSING = "closing", _("Avslut")
    ARCHIVE = "archive", _("Arkiv")
