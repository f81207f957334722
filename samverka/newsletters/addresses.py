"""Where the pages of an issue stand, for mails: whole addresses that are the same whether it is sent or not."""

from django.conf import settings

from .models import Block, Issue, Picture

#: Where pages of the knowledge bank stand, by kind.
KNOWLEDGE = {"example": "exempel", "portrait": "portratt", "publication": "publikationer", "article": "artiklar"}


def web_address(issue: Issue, language: str = "sv") -> str:
    """Return the web version's whole address; the name behind the id may change, the id leads on."""
    return f"{settings.BASE_URL}{_before(language)}/utskick/{issue.public_id}-{issue.slug}/"


def picture_address(picture: Picture) -> str:
    """Return where a picture is fetched: its name is a secret that stands in the mail."""
    return f"{settings.BASE_URL}/utskick/bild/{picture.token}/"


def calendar_address(issue: Issue, block: Block) -> str:
    """Return where an event is fetched as a calendar file."""
    return f"{settings.BASE_URL}/utskick/{issue.public_id}/{block.public_id}.ics"


def knowledge_address(kind: str, public_id: str, name: str) -> str:
    """Return the whole address of a page in the knowledge bank."""
    return f"{settings.BASE_URL}/{KNOWLEDGE[kind]}/{public_id}-{name}/"


def _before(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"
