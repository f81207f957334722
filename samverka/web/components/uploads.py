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
    """How many bytes of files a view takes, and from whom: those signed in, or whoever holds a `link` by its key."""

    most: int
    rule: Callable[[Any], bool]
    link: Callable[[str], bool] | None = None


def _anyone(_user: Any) -> bool:
    return True


def takes_files(
    most: int, *, rule: Callable[[Any], bool] = _anyone, link: Callable[[str], bool] | None = None
) -> Callable[[View], View]:
    """Let signed-in persons send a form with files to this view, `most` bytes in all; only those of `rule` if given.
    With `link` instead whoever has a link whose key it says yes to; the address has it as `key`.
    """

    def mark(view: View) -> View:
        view.files_taken = FilesTaken(most, rule, link)  # type: ignore[attr-defined]
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
    if taken and taken.link:
        return MOST_BYTES + (taken.most if taken.link(resolve(request.path_info).kwargs["key"]) else 0)
    if taken is None or not request.user.is_authenticated or not taken.rule(request.user):
        return MOST_BYTES
    return MOST_BYTES + taken.most
