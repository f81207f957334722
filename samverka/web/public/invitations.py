"""The mailed invitation: opened by link or code, read without an account, answered by a choice and a POST."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations.actions import answer_invitation
from samverka.collaborations.actions.answering import Answer
from samverka.collaborations.enums import InvitationState
from samverka.collaborations.models import Invitation
from samverka.collaborations.queries import (
    AnswerGround,
    answer_ground,
    invitation_by_code,
    invitation_by_token,
    takes_part_for,
    yes_by_link_needs,
)
from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.ratelimit import allow
from samverka.processes.reading import model_version
from samverka.web.client import client_address
from samverka.web.components.known import facts_to_show
from samverka.web.components.words import duration
from samverka.web.signing_in import remember_address

from .forms_invitation import AnswerForm, CodeForm
from .preparing import agenda, choice

CODE_TRIES_AN_HOUR = 20


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who asks, about what, and what becomes public; take the answer."""
    return answer_page(request, invitation_by_token(token))


@public
def enter_code(request: HttpRequest) -> HttpResponse:
    """Type the short code from the mail, the paper or the telephone call."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        allow(f"code:{client_address(request)}", most=CODE_TRIES_AN_HOUR, within=timedelta(hours=1), lasting=True)
        try:
            found = invitation_by_code(form.cleaned_data["code"])
        except NotVisible:
            said = _("Koden stämmer inte eller gäller inte längre. Jämför med mejlet, eller ring den som bjöd in.")
            form.add_error("code", said)
        else:
            request.session["invitation"] = found.public_id
            return redirect("invitation_by_code")
    return render(request, "public/enter_code.html", {"form": form})


@public
def by_code(request: HttpRequest) -> HttpResponse:
    """The invitation that the typed code opened in this browser."""
    opened = request.session.get("invitation", "")
    found = Invitation.objects.filter(public_id=opened).exclude(state="withdrawn").first() if opened else None
    if found is None:
        return redirect("enter_code")
    return answer_page(request, found)


def answer_page(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Show `found` to whoever asks, signed in or not, and take a posted answer."""
    user = request.user if request.user.is_authenticated else None
    ground = answer_ground(found, user)
    party = found.party
    form = AnswerForm(
        request.POST or None,
        ask_board=not party.organisation.is_public_body,
        offers_yes=ground in {AnswerGround.MEMBER, AnswerGround.LINK},
        initial=_known(found, user),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = Answer(**{**data, "choice": InvitationState(data["choice"])})
        try:
            answer_invitation(by=user, invitation=found, answer=answer)
        except Refused as refused:
            form.add_error(refused.details.get("field"), str(refused.message))
        else:
            if user is None:
                remember_address(request, answer.email)
            return redirect(request.path)
    opens = found.state == InvitationState.ACCEPTED and takes_part_for(user, party)
    return render(request, "public/invitation.html", {**_context(found, ground), "form": form, "opens": opens})


def _known(found: Invitation, user: Any) -> dict[str, str]:
    if user is None:
        return {"email": found.email}
    return {"name": user.name, "email": user.email, "phone": user.phone}


def _first_meeting(found: Invitation) -> str:
    """Return how long a first meeting along the model takes, in words; "" without a model."""
    pk = found.party.collaboration.model_version_id
    model = model_version(pk) if pk else None
    return duration(agenda.total_minutes(tuple(choice.first_stop(model)))) if model else ""


def _context(found: Invitation, ground: AnswerGround) -> dict[str, Any]:
    return {
        "invitation": found,
        "collaboration": found.party.collaboration,
        "party": found.party,
        "inviting": found.inviting_party,
        "ground": ground.value,
        "yes_needs": yes_by_link_needs(found).value if ground == AnswerGround.MEMBERS_ONLY else "",
        "facts": facts_to_show(found.party.collaboration, only_said=True),
        "first_meeting": _first_meeting(found),
        "readers": (found.inviting_party.name, found.party.name),
        # A closed link may have been sent on: it tells nothing of the matter.
        "tells": found.is_open or found.state == InvitationState.ACCEPTED,
        "public_record": found.party.organisation.is_public_body or found.inviting_party.organisation.is_public_body,
    }
