"""How large a form may be, told before any of it is read: a form is read before its view has asked who the person is.

A view whose form carries files says so: `@takes_files(MOST_ATTACHMENT_BYTES)`, in any order with its other marks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from samverka.kernel.access import View

#: Bytes of a form without files.
MOST_BYTES = 3 * 1024 * 1024


@dataclass(frozen=True)
class FilesTaken:
    """How many bytes of files a view takes, and from whom."""

    most: int
    rule: Callable[[Any], bool]


def _anyone(_user: Any) -> bool:
    return True


def takes_files(most: int, *, rule: Callable[[Any], bool] = _anyone) -> Callable[[View], View]:
    """Let signed-in persons send a form with files to this view, `most` bytes in all; only those of `rule` if given."""

    def mark(view: View) -> View:
        view.files_taken = FilesTaken(most, rule)  # type: ignore[attr-defined]
        return view

    return mark


def files_taken(request: HttpRequest) -> FilesTaken | None:
    """Return what the view of the request's address has said; None when it takes no files, or there is none."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return None
    return getattr(view, "files_taken", None) if request.method == "POST" else None


def most_bytes(request: HttpRequest) -> int:
    """Return how many bytes the body of this request may have."""
    taken = files_taken(request)
    if taken is None or not request.user.is_authenticated or not taken.rule(request.user):
        return MOST_BYTES
    return MOST_BYTES + taken.most
