"""Recovery codes, shown and as a file. allauth's own pages note on the row that they were read; ours write nothing."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samverka.accounts.models import User
from samverka.kernel.access import signed_in
from samverka.kernel.errors import NotVisible

from .fresh import recently_confirmed
from .person import person


def _unused_codes(user: User) -> list[str]:
    """Return the codes that still work. Raises NotVisible when the person has none set up."""
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if codes is None:
        raise NotVisible
    return list(codes.wrap().get_unused_codes())


@signed_in
@recently_confirmed
@never_cache
@require_safe
def codes_page(request: HttpRequest) -> HttpResponse:
    """Show the codes that still work."""
    return render(request, "mfa/recovery_codes/index.html", {"unused_codes": _unused_codes(person(request))})


@signed_in
@recently_confirmed
@never_cache
@require_safe
def codes_file(request: HttpRequest) -> HttpResponse:
    """Give the codes that still work as text, one a line."""
    text = "".join(f"{code}\n" for code in _unused_codes(person(request)))
    headers = {"Content-Disposition": 'attachment; filename="reservkoder.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
