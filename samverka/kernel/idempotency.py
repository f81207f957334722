"""A creating POST carries a key; pressing twice, or sending again after a lost answer, makes one thing."""

import functools
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from .access import View
from .ids import secret_token
from .models import IdempotencyKey

FIELD = "idempotency_key"


def new_key() -> str:
    """Return a key for one form that has been shown once."""
    return secret_token()


def creates_once(view: View) -> View:
    """Answer a repeated POST with the redirect of the first. The view and the key share one transaction."""

    @functools.wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.POST.get(FIELD, "")[:64] if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        scope = f"{request.user.pk or 'anonymous'}:{getattr(view, '__name__', '')}"[:80]
        with transaction.atomic():
            try:
                with transaction.atomic():
                    row = IdempotencyKey.objects.create(scope=scope, key=key)
            except IntegrityError:
                return HttpResponseRedirect(IdempotencyKey.objects.get(scope=scope, key=key).location)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                IdempotencyKey.objects.filter(pk=row.pk).update(location=response.url)
            else:
                row.delete()
        return response

    return once
