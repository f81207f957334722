"""Where the pages of a round stand, for mails and files. Whoever has the link to a form may open it."""

from django.conf import settings
from django.utils.translation import get_language

from .links import asked_key
from .models import Asked, Round


def form_path(asked: Asked) -> str:
    """Return the path of the form of one who is asked."""
    return _in_language(f"/kartlaggning/svara/{asked_key(asked)}/")


def form_address(asked: Asked) -> str:
    """Return the whole address of the form of one who is asked."""
    return settings.BASE_URL + form_path(asked)


def open_address(found: Round) -> str:
    """Return the whole address of the form that everybody opens by the same link."""
    return settings.BASE_URL + _in_language(f"/kartlaggning/{found.slug}/svara/")


def blank_form_address(found: Round) -> str:
    """Return the whole address of the blank form as a PDF."""
    return settings.BASE_URL + _in_language(f"/kartlaggning/{found.slug}/formular.pdf")


def _in_language(path: str) -> str:
    return path if (get_language() or "sv").startswith(settings.LANGUAGE_CODE) else f"/en{path}"
