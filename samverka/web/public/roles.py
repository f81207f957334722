"""Who may do what: made from samverka.accounts.roles, so that the page and the rules say the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samverka.accounts.reference import role_tables
from samverka.kernel.access import public


@public
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show a table for the organisations' roles and one for the host's."""
    return render(request, "public/roles.html", {"tables": role_tables()})
