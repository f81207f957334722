"""The mapping, for members of an organisation that is asked: open rounds, the way to each form, and own answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.kernel.access import consumes, requires
from samverka.kernel.errors import NotVisible
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_take_part
from samverka.surveys.addresses import form_address, open_address
from samverka.surveys.letters import name_of
from samverka.surveys.models import Asked
from samverka.surveys.waiting import MOST, answered_by, asked_for
from samverka.web.own_answers import own_page
from samverka.web.public.surveys.answer_own import pdf_response, response_of

from .acting import acting_organisation


@requires(can_take_part, load=acting_organisation)
def our_surveys(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The open rounds in which the organisation, or a unit that one acts for, is asked; and what it has answered."""
    rows = [
        {
            "asked": one,
            "name": name_of(one),
            "url": open_address(one.round) if one.round.is_anonymous else form_address(one),
            "done": one.state in {"handed_over", "signed"},
            "begun": one.state in {"opened", "begun"},
        }
        for one in asked_for(acting)[:MOST]
    ]
    answered = [(one, name_of(one)) for one in answered_by(acting)[:MOST]]
    return render(request, "workspace/our_surveys.html", {"acting": acting, "rows": rows, "answered": answered})


@consumes("org", "asked")
def answered_one(user: Any, org: str, asked: str) -> tuple[Acting, Asked]:
    """Return one's organisation, and what it answered. Raises NotVisible for the answer of anybody else."""
    acting = acting_organisation(user, org=org)
    found: Asked | None = answered_by(acting).filter(public_id=asked).first()
    if found is None:
        raise NotVisible
    return acting, found


def can_see_answers(user: Any, held: tuple[Acting, Asked]) -> bool:
    """See one's organisation's answers beside others'."""
    return can_take_part(user, held[0])


@requires(can_see_answers, load=answered_one)
def our_survey_own(request: HttpRequest, held: tuple[Acting, Asked]) -> HttpResponse:
    """Own answers beside those of similar bodies, as by the link to the form."""
    acting, asked = held
    context = own_page(response_of(asked), asked.round) | {"acting": acting, "asked": asked}
    return render(request, "workspace/our_survey_own.html", context)


@requires(can_see_answers, load=answered_one)
def our_survey_own_pdf(_request: HttpRequest, held: tuple[Acting, Asked]) -> HttpResponse:
    """The same as a tagged PDF."""
    return pdf_response(held[1])
