"""The mapping, for members of an organisation that is asked: the open rounds, and the way to each form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.kernel.access import requires
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_take_part
from samverka.surveys.addresses import form_address, open_address
from samverka.surveys.letters import name_of
from samverka.surveys.waiting import MOST, asked_for

from .acting import acting_organisation


@requires(can_take_part, load=acting_organisation)
def our_surveys(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The open rounds in which the organisation, or a unit that one acts for, is asked."""
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
    return render(request, "workspace/our_surveys.html", {"acting": acting, "rows": rows})
