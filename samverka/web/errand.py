"""What somebody was about to do when they had to show first for whom they act; they are led back there afterwards.

It travels in the address or the form (`vidare`) as far as that goes, and over a search through the register in the
session. Only a form that is sent puts it there: a look changes nothing.
"""

from django.http import HttpRequest

from .account.adapter import is_safe_path

ONWARD, _KEY = "vidare", "errand"


def errand(request: HttpRequest) -> str:
    """Return the path to lead back to, "" when there is none."""
    asked = request.POST.get(ONWARD) or request.GET.get(ONWARD) or request.session.get(_KEY) or ""
    return asked if is_safe_path(asked) else ""


def keep_errand(request: HttpRequest, path: str) -> None:
    """Keep `path` until the person is led back; nothing when it is ""."""
    if path:
        request.session[_KEY] = path


def end_errand(request: HttpRequest) -> str:
    """Return the path to lead back to, and forget it."""
    path = errand(request)
    request.session.pop(_KEY, None)
    return path
