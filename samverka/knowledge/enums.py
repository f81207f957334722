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
