"""Who may open a view. Every view wears one of these; a test lists those that do not.

`@public`, `@signed_in`, `@requires(rule)` and `@requires(rule, load=loader)`. A loader takes the user and the address's
arguments, returns the object that the rule is asked about (raising NotVisible when there is none for this user) and is
passed on to the view as its second argument; it names the arguments it takes in `consumes`.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from .errors import NotAllowed, SignedOut

View = Callable[..., HttpResponseBase]
Rule = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Access:
    """What a view declares: `public`, `signed_in` or `requires`, and the rule's name for the table."""

    kind: str
    rule: str = ""


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    # A redirect would throw away what the person has typed since the session ended.
    if request.method == "POST":
        raise SignedOut
    return redirect_to_login(request.get_full_path())


def public(view: View) -> View:
    """Mark a view as open to everyone, signed in or not."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Let only signed-in persons through; others go to sign-in and come back."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    checked.access = Access("signed_in")  # type: ignore[attr-defined]
    return checked


def requires(rule: Rule, *, load: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Let those through for whom `rule(user, obj)` holds. Raises NotAllowed (403), NotVisible (404) from `load`."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            if load is None:
                if not rule(request.user, None):
                    raise NotAllowed
                return view(request, *args, **kwargs)
            taken = {name: kwargs.pop(name) for name in load.consumes}  # type: ignore[attr-defined]
            obj = load(request.user, **taken)
            if not rule(request.user, obj):
                raise NotAllowed
            return view(request, obj, *args, **kwargs)

        checked.access = Access("requires", rule.__name__)  # type: ignore[attr-defined]
        return checked

    return decorate


def consumes(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a loader with the names of the address arguments that it takes."""

    def mark(loader: Callable[..., Any]) -> Callable[..., Any]:
        loader.consumes = names  # type: ignore[attr-defined]
        return loader

    return mark
