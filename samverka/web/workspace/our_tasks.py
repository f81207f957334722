"""What the organisation has promised over all its collaborations, the late ones first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.collaborations.queries import our_open_commitments, owners_of
from samverka.kernel.access import requires
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_follow_collaborations

from .acting import acting_organisation

PAGE_SIZE = 50


@requires(can_follow_collaborations, load=acting_organisation)
def our_tasks(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Those still to be kept: by day, those without a day last."""
    page = Paginator(our_open_commitments(acting), PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {"acting": acting, "page": page, "promises": owners_of(page)}
    return render(request, "workspace/tasks.html", context)
