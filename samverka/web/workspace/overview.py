"""Whom one acts for, and what waits there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samverka.accounts.rules import is_host_staff
from samverka.collaborations.queries import guest_places, organisation_at, reads_as_guest
from samverka.collaborations.queries.our_list import ListFilters, our_list
from samverka.kernel.access import requires, signed_in
from samverka.kernel.waiting import waiting_for
from samverka.organisations.queries import Acting, current_memberships
from samverka.organisations.rules import can_edit_facts, can_follow_collaborations, can_start_collaboration, is_member
from samverka.web.context import address

from .acting import acting_organisation

NEWEST = 5
#: As many things that wait as a page holds.
MOST = 30


@signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """The organisations that the person may act for; with only one, straight there. And what one reads as a guest.

    Who acts for none and works for the site goes to its editorial pages.
    """
    memberships = list(current_memberships(request.user))
    organisations = list({membership.organisation_id: membership.organisation for membership in memberships}.values())
    if len(organisations) == 1:
        return redirect("workspace_overview", organisations[0].public_id)
    roles = {
        organisation.pk: [m for m in memberships if m.organisation_id == organisation.pk]
        for organisation in organisations
    }
    rows = [(organisation, roles[organisation.pk]) for organisation in organisations]
    places = guest_places(request.user)
    if not (rows or places) and is_host_staff(request.user):
        return redirect("editorial")
    return render(request, "workspace/choose.html", {"rows": rows, "guest_places": places})


@requires(is_member, load=acting_organisation)
def overview(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What waits for the organisation, and what is newest."""
    waiting = waiting_for(acting)
    context = {
        "acting": acting,
        "waiting": [(one, address(*one.route) or _near(one.route)) for one in waiting[:MOST]],
        "more": max(len(waiting) - MOST, 0),
        "collaborations": our_list(acting, ListFilters())[:NEWEST]
        if can_follow_collaborations(request.user, acting)
        else [],
        "guest_places": guest_places(request.user),
        "may_start": can_start_collaboration(request.user, acting),
        "may_edit": can_edit_facts(request.user, acting),
    }
    return render(request, "workspace/overview.html", context)


def _near(route: tuple[str, ...]) -> str:
    """The collaboration's own page, for what has no page (yet): its organisation and itself come first in a route."""
    return address("collaboration", *route[1:3])


@signed_in
def collaboration_by_id(request: HttpRequest, collaboration: str) -> HttpResponse:
    """From a search answer to the collaboration's page, for the first of the person's organisations that takes part; to
    the guests' page for who only reads as a guest.
    """
    if reads_as_guest(request.user, collaboration):
        return redirect("guest_reading", collaboration)
    return redirect("collaboration", organisation_at(request.user, collaboration), collaboration)
