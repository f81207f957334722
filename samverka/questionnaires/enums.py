"""The kinds of things in a questionnaire."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    DRAFT = "draft", _("Utkast")
    PUBLISHED = "published", _("Gäller")
    RETIRED = "retired", _("Ersatt")


class EditKind(TextChoices):
    """What was done to a draft."""

    ADDED = "added", _("Tillagd")
    CHANGED = "changed", _("Ändrad")
    MOVED = "moved", _("Flyttad")
    COPIED = "copied", _("Kopierad")
    REMOVED = "removed", _("Borttagen")
    LIST = "list", _("Vallista ändrad")
    TEXTS = "texts", _("Översatt")
    HEAD = "head", _("Rubrik eller språk ändrat")


class QuestionType(TextChoices):
    ONE = "one", _("Ett av flera")
    SEVERAL = "several", _("Flera av flera")
    YES_NO = "yes_no", _("Ja eller nej")
    INTEGER = "integer", _("Heltal")
    DECIMAL = "decimal", _("Tal med decimaler")
    MONEY = "money", _("Kronor")
    SCALE = "scale", _("Skala")
    DATE = "date", _("Datum")
    TEXT = "text", _("Kort text")
    LONG_TEXT = "long_text", _("Lång text")
    PHONE = "phone", _("Telefonnummer")
    ORGANISATION = "organisation", _("Organisation ur registret")
    FILE = "file", _("Fil")
    CALCULATED = "calculated", _("Beräknat")
    NOTE = "note", _("Text att läsa")


class SectionKind(TextChoices):
    GROUP = "group", _("Avsnitt")
    REPEAT = "repeat", _("Upprepad grupp")
    MATRIX = "matrix", _("Tabell med frågor")


class NoAnswer(TextChoices):
    """Answers that say nothing of the matter; each kept apart from no answer at all."""

    DONT_KNOW = "dont_know", _("Vet inte")
    NOT_APPLICABLE = "not_applicable", _("Ej aktuellt")


NUMBERS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.MONEY, QuestionType.SCALE})
WITH_CHOICES = frozenset({QuestionType.ONE, QuestionType.SEVERAL})
#: Answered with the name of something that is kept elsewhere.
NAMED = frozenset({QuestionType.ORGANISATION, QuestionType.FILE})
#: Nobody answers these.
UNANSWERED = frozenset({QuestionType.CALCULATED, QuestionType.NOTE})
YES, NO = "yes", "no"
#: The value of "annat" where a question takes something else than its choices; what it is stands in <code>_other.
OTHER = "other"
