"""Who may act for our organisation, who asks to, and inviting a colleague."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.accounts import roles
from samverka.kernel.access import requires
from samverka.kernel.errors import NotAllowed, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.organisations.actions import claims, members
from samverka.organisations.models import Claim, Membership
from samverka.organisations.queries import Acting, called, claims_to_answer, members_of
from samverka.organisations.rules import can_grant_roles, can_manage_members, is_member
from samverka.web.components.refusals import refusals_on

from .acting import acting_organisation
from .forms_organisation import ReasonForm
from .forms_people import InviteColleagueForm, RoleForm
from .reach import whole_name, within_reach

MANAGE_MEMBERS = roles.Permission.MANAGE_MEMBERS
PAGES = "workspace/organisation"


@requires(is_member, load=acting_organisation)
def our_people(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Who may act for us, one row a person; those who ask, for administrators."""
    may_manage = can_manage_members(request.user, acting)
    by_person: dict[int, list[Membership]] = {}
    memberships = list(members_of(acting.organisation))
    for membership in memberships:
        by_person.setdefault(membership.user_id, []).append(membership)
    context = {
        "acting": acting,
        "people": [_colleague(held) for held in by_person.values()],
        "claims": claims_to_answer(request.user) if may_manage else [],
        "may_manage": may_manage,
        "within_reach": within_reach(acting, memberships, MANAGE_MEMBERS),
        "roles": [role for role in roles.ROLES.values() if role.scope == roles.ORGANISATION],
    }
    return render(request, f"{PAGES}/people.html", context)


@requires(can_manage_members, load=acting_organisation)
@creates_once
def our_people_invite(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Give a colleague a role; who has no account gets in by signing in with the address."""
    organisation = acting.organisation
    current = within_reach(acting, organisation.units.current(), MANAGE_MEMBERS, of="pk")
    form = InviteColleagueForm(request.POST or None, units=current, whole=whole_name(acting, MANAGE_MEMBERS))
    if form.is_valid():
        values = dict(form.cleaned_data)
        unit = next((u for u in current if u.public_id == values.pop("unit", "")), None)
        with refusals_on(form):
            members.invite_colleague(by=request.user, organisation=organisation, unit=unit, **values)
            # The address as it was typed: whose it is, is not ours to say.
            messages.success(request, _("{person} är inbjuden och får ett mejl.").format(person=values["email"]))
            return redirect("our_people", org=organisation.public_id)
    context = {"acting": acting, "form": form}
    return render(request, f"{PAGES}/invite.html", context, status=422 if form.is_bound else 200)


@requires(can_manage_members, load=acting_organisation)
@creates_once
def our_person_role(request: HttpRequest, acting: Acting, membership: str) -> HttpResponse:
    """One more role for someone who already acts for us."""
    held = _membership(acting, membership)
    if not can_grant_roles(request.user, acting.organisation, held.unit):
        raise NotAllowed
    person = _called(held)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            members.grant_role(
                by=request.user,
                organisation=acting.organisation,
                user=held.user,
                role=form.cleaned_data["role"],
                unit=held.unit,
            )
            messages.success(request, _("{person} har fått rollen.").format(person=person))
            return redirect("our_people", org=acting.organisation.public_id)
    context = {"acting": acting, "form": form, "person": person}
    return render(request, f"{PAGES}/person_role.html", context, status=422 if form.is_bound else 200)


@requires(is_member, load=acting_organisation)
def our_role_end(request: HttpRequest, acting: Acting, membership: str) -> HttpResponse:
    """End a role: an administrator anyone's, everybody their own."""
    held = _membership(acting, membership)
    if held.user_id != request.user.pk and not can_grant_roles(request.user, acting.organisation, held.unit):
        raise NotVisible
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            members.end_role(by=request.user, membership=held, reason=form.cleaned_data["reason"])
            messages.success(request, _("Rollen är avslutad."))
            own = held.user_id == request.user.pk
            return redirect("workspace") if own else redirect("our_people", org=acting.organisation.public_id)
    what = _("{person}: {role}").format(person=_called(held), role=held.get_role_display())
    context = {"acting": acting, "form": form, "what": what, "back": "our_people"}
    return render(request, f"{PAGES}/withdraw.html", context, status=422 if form.is_bound else 200)


@requires(can_manage_members, load=acting_organisation)
@require_POST
def our_claim_answer(request: HttpRequest, acting: Acting, claim: str) -> HttpResponse:
    """Confirm or refuse somebody's request to act for an organisation that we know."""
    found: Claim | None = claims_to_answer(request.user).filter(public_id=claim).first()
    if found is None:
        raise NotVisible
    granted = request.POST.get("answer") == "yes"
    claims.answer_claim(by=request.user, claim=found, granted=granted, reason=request.POST.get("reason", "")[:300])
    said = _("{person} får nu handla för {name}.") if granted else _("{person} har fått nej för {name}.")
    messages.success(request, said.format(person=found.user, name=found.organisation.name))
    return redirect("our_people", org=acting.organisation.public_id)


@dataclass(frozen=True)
class Colleague:
    """A person who acts for the organisation, as the others there know them; `email` is "" where `name` says it."""

    name: str
    email: str
    user_id: int
    held: list[Membership]


def _colleague(held: list[Membership]) -> Colleague:
    user, name = held[0].user, called(held)
    return Colleague(name, user.email if user.name and name == user.name else "", user.pk, held)


def _called(membership: Membership) -> str:
    return called(list(members_of(membership.organisation).filter(user=membership.user)))


def _membership(acting: Acting, public_id: str) -> Membership:
    found: Membership | None = members_of(acting.organisation).filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found
