"""What is kept about oneself, to read and to take along; and ending the account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samverka.accounts import actions
from samverka.kernel import purge
from samverka.kernel.access import signed_in
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.knowledge.models import Bookmark
from samverka.organisations.models import Membership, TermsAcceptance
from samverka.web.context import local_path

from .fresh import recently_confirmed
from .person import person

PERSON = ("public_id", "name", "email", "phone", "language", "host_roles", "created_at", "last_login")


@signed_in
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Say what is kept about persons, why and how long, with the way to take it out."""
    return render(request, "account/my_data.html", {"declarations": purge.declarations()})


@signed_in
@never_cache
@require_safe
@recently_confirmed
def my_data_file(request: HttpRequest) -> HttpResponse:
    """Give out as JSON what is kept about the person who asks (GDPR article 15)."""
    response = JsonResponse(collected(person(request)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return response


def collected(user: Any) -> dict[str, Any]:
    """Return what the tables hold about `user`; secrets (codes, keys) are named, never given out."""
    keys = Authenticator.objects.filter(user=user).order_by("created_at")
    own = AuditEntry.objects.filter(actor_id=user.pk).order_by("-id")
    mails = OutboxMessage.objects.filter(to_address__iexact=user.email).order_by("-id")
    sessions = UserSession.objects.filter(user=user)
    terms = TermsAcceptance.objects.filter(accepted_by=user)
    saved = Bookmark.objects.filter(user=user)
    memberships = Membership.objects.filter(user=user).select_related("organisation", "unit").order_by("since")
    return {
        "person": {name: getattr(user, name) for name in PERSON},
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "ways_to_sign_in": [
            {"kind": key.type, "name": str(key), "created_at": key.created_at, "last_used_at": key.last_used_at}
            for key in keys
        ],
        "signed_in_at": list(sessions.values("ip", "user_agent", "created_at")),
        "roles": [
            {"organisation": row.organisation.name, "unit": row.unit.name if row.unit else None, "role": row.role,
             "since": row.since, "until": row.until}
            for row in memberships
        ],
        "accepted_terms": list(
            terms.values("organisation__name", "unit__name", "version", "accepted_role", "accepted_at")
        ),
        "saved_pages": list(saved.values("page__title", "collection__name", "note", "created_at")),
        "done": list(own.values("at", "action", "object_kind", "object_id", "object_label", "changes")),
        "mails": list(mails.values("kind", "subject", "created_at", "sent_at", "state")),
        "what_is_kept": [
            {"table": item.table, "what": str(item.what), "purpose": str(item.purpose), "kept": str(item.kept)}
            for item in purge.declarations()
        ],
    }  # fmt: skip


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def end_account(request: HttpRequest) -> HttpResponse:
    """Say what ending means, and end it."""
    if request.method == "POST":
        actions.end_account(by=person(request))
        logout(request)
        messages.success(request, gettext("Ditt konto är avslutat. Tack för den här tiden."))
        return HttpResponseRedirect(local_path("/"))
    return render(request, "account/end.html")
