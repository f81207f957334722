"""What stands in the knowledge bank, and how far a page of it has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PageKind(TextChoices):
    EXAMPLE = "example", _("Exempel")
    PORTRAIT = "portrait", _("Porträtt")
    PUBLICATION = "publication", _("Publikation")
    ARTICLE = "article", _("Artikel")


class PageState(TextChoices):
    """How far a page has come. What everybody reads is its latest edition, whatever state the draft is in."""

    DRAFT = "draft", _("Utkast")
    SUBMITTED = "submitted", _("Hos redaktören")
    RETURNED = "returned", _("Ändringar önskas")
    SCHEDULED = "scheduled", _("Publiceras senare")
    PUBLISHED = "published", _("Publicerad")
    WITHDRAWN = "withdrawn", _("Tillbakadragen")


class Licence(TextChoices):
    """What others may do with a text."""

    CC0 = "cc0", _("Fri att använda (CC0)")
    CC_BY = "cc-by", _("Fri att använda om källan anges (CC BY 4.0)")
    COPYRIGHT = "copyright", _("Skyddad av upphovsrätt")
    PUBLIC = "public", _("Inte skyddad av upphovsrätt (författning eller beslut av myndighet)")


class DecisionStep(TextChoices):
    """The six steps of a political decision in the European Code."""

    AGENDA = "agenda", _("Sätta dagordningen")
    DRAFTING = "drafting", _("Utforma förslag")
    DECISION = "decision", _("Besluta")
    IMPLEMENTATION = "implementation", _("Genomföra")
    MONITORING = "monitoring", _("Följa upp")
    REFORMULATION = "reformulation", _("Ompröva")


class Approval(TextChoices):
    """What a party of an example has said of its text. Silence is no word, and stops nothing (users.md R13)."""

    NOT_ASKED = "not_asked", _("Inte tillfrågad")
    WAITING = "waiting", _("Har inte svarat")
    APPROVED = "approved", _("Har godkänt")
    CHANGES = "changes", _("Vill ändra något")


class Consent(TextChoices):
    """What somebody who is quoted has said."""

    NOT_ASKED = "not_asked", _("Inte tillfrågad")
    ASKED = "asked", _("Har inte svarat")
    GIVEN = "given", _("Har sagt ja")
    REFUSED = "refused", _("Har sagt nej")

    @classmethod
    def settled(cls) -> "list[Consent]":
        """Those in which an answer has come."""
        return [cls.GIVEN, cls.REFUSED]


class Seen(TextChoices):
    """Whether a picture shows persons that can be told."""

    NOBODY = "nobody", _("Ingen person går att känna igen")
    AGREED = "agreed", _("De som syns har sagt ja till att bilden visas")


class QuestionState(TextChoices):
    WAITING = "waiting", _("Väntar på svar")
    ANSWERED = "answered", _("Besvarad")
    CLOSED = "closed", _("Avslutad utan svar")


class Holds(TextChoices):
    """What the contact says when asked whether a page still holds."""

    YES = "yes", _("Ja, det stämmer fortfarande")
    CHANGED = "changed", _("Ja, men något har ändrats")
    NO = "no", _("Nej, det här gäller inte längre")


class PublicationKind(TextChoices):
    """What a publication is."""

    REPORT = "report", _("Rapport")
    POSITION = "position", _("Ställningstagande")
    GUIDE = "guide", _("Vägledning")
    POLICY = "policy", _("Styrdokument")
    INSPIRATION = "inspiration", _("Inspirationsskrift")
    STATUTE = "statute", _("Författning")


class ArticleKind(TextChoices):
    ARTICLE = "article", _("Artikel")
    NEWS = "news", _("Nyhet")


class ReadState(TextChoices):
    """How far the reading of a file has come."""

    WAITING = "waiting", _("Läses")
    READ = "read", _("Läst")
    WITHOUT_TEXT = "without", _("Ingen text går att läsa")
