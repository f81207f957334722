"""The kinds of things in a round."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    PREPARED = "prepared", _("Förbereds")
    OPEN = "open", _("Öppen")
    CLOSED = "closed", _("Stängd")


class RoundMode(TextChoices):
    """Only a real round is part of any result."""

    REAL = "real", _("Skarp")
    PILOT = "pilot", _("Pilot")
    TEST = "test", _("Prov")


class RoundSide(TextChoices):
    """Who is asked: the two sides are never counted together."""

    PUBLIC = "public", _("Kommuner och regioner")
    CIVIL = "civil", _("Föreningar")


class RoundAccess(TextChoices):
    """How one gets to the form. Through an open link nobody knows who answers."""

    INVITED = "invited", _("De som bjuds in, var och en med sin länk")
    OPEN = "open", _("Alla som har den öppna länken, utan namn")


class AskedState(TextChoices):
    """How far one who is asked has come; each is a time in its row, and the last that is set holds."""

    WAITING = "waiting", _("Inte inbjuden")
    INVITED = "invited", _("Inbjuden")
    OPENED = "opened", _("Har öppnat")
    BEGUN = "begun", _("Har börjat")
    HANDED_OVER = "handed_over", _("Har lämnat in")
    SIGNED = "signed", _("Undertecknat")
    DECLINED = "declined", _("Avstår")


#: States in which answers are taken; "waiting" too, for a link that was given by telephone.
ANSWERING = (AskedState.WAITING, AskedState.INVITED, AskedState.OPENED, AskedState.BEGUN)


class AnswerOrigin(TextChoices):
    """Where an answer comes from. What is suggested is never counted until somebody has confirmed it."""

    TYPED = "typed", _("Skrivet")
    LAST_ROUND = "last_round", _("Från förra omgången")
    KNOWN = "known", _("Det som finns här")


class SampledBy(TextChoices):
    """What a random sample is divided by before it is drawn."""

    NONE = "", _("Inget, dra bland alla")
    COUNTY = "county", _("Län")
    FIELD = "field", _("Verksamhetsområde")


class ReportState(TextChoices):
    """Of a report: published as long as its latest edition stands."""

    DRAFT = "draft", _("Utkast")
    PUBLISHED = "published", _("Publicerad")
    WITHDRAWN = "withdrawn", _("Tillbakadragen")


class BlockKind(TextChoices):
    """What a part of a report is. A chapter holds the parts that follow it."""

    CHAPTER = "chapter", _("Kapitel")
    TEXT = "text", _("Text")
    FIGURE = "figure", _("Siffra")
    MAP = "map", _("Karta")
    QUOTE = "quote", _("Citat")


class ChapterRole(TextChoices):
    """What a chapter says by itself below the analyst's own text, from the round as it is."""

    NONE = "", _("Bara det ni skriver")
    WHO = "who", _("Vilka som svarade")
    METHOD = "method", _("Metod")
    MISSING = "missing", _("Bortfall")
    QUESTIONS = "questions", _("Frågorna")


#: Chapters that a report is never published without, nor without words of the analyst's own in them.
REQUIRED_CHAPTERS = (ChapterRole.METHOD, ChapterRole.MISSING)


class FigureShape(TextChoices):
    CHART = "chart", _("Diagram med tabell")
    TABLE = "table", _("Bara tabell")
