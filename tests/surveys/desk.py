"""A round at the desk: prepared, with a panel, opened, invited, answered."""

import datetime
from typing import Any

from django.utils import timezone

from samverka.organisations.models import Function, Organisation
from samverka.surveys.actions import inviting, panel, round_states, rounds
from samverka.surveys.models import Asked, Round
from samverka.surveys.tasks import send_invitations

SHIPPED = "offentliga-aktorer"
#: A Friday in spring, five weeks before the last day.
INVITED_ON = datetime.datetime(2027, 3, 19, 9, 0, tzinfo=datetime.UTC)
CLOSES_ON = datetime.date(2027, 4, 30)
FACTS: dict[str, Any] = {
    "title": "Så samverkar ni 2027",
    "sender": "Exempelmyndigheten",
    "closes_on": CLOSES_ON,
    "contact_name": "Anna Provsson",
    "contact_email": "kartlaggning@exempel.example",
    "contact_phone": "0123-456 70, vardagar 9–12",
    "at_hand": "Avtalen\nBudgeten\nNamnet på samordnaren",
}


def prepared(by: Any, slug: str = "2027", questionnaire: str = SHIPPED, **facts: Any) -> Round:
    """Return a prepared round."""
    return rounds.prepare_round(by=by, slug=slug, questionnaire=questionnaire, values={**FACTS, **facts})


def opened(by: Any, *organisations: Organisation, slug: str = "2027", **facts: Any) -> Round:
    """Return an open round with these in its panel."""
    found = prepared(by, slug, **facts)
    panel.add_to_panel(by=by, slug=slug, members=[panel.Member(one.pk) for one in organisations])
    return round_states.start_round(by=by, slug=found.slug)


def invited(by: Any, *organisations: Organisation, **facts: Any) -> list[Asked]:
    """Return those who are asked in an open round, invited; each has an address."""
    for one in organisations:
        address(one)
    found = opened(by, *organisations, **facts)
    send_all(by, found)
    return list(Asked.objects.filter(round=found).select_related("round", "organisation"))


def send_all(by: Any, found: Round) -> int:
    """Queue the invitations and send them, in place of the worker; return how many."""
    progress = inviting.invite(by=by, slug=found.slug)
    send_invitations(progress.pk)
    progress.refresh_from_db()
    return int(progress.done)


def address(body: Organisation, kind: str = "registrar", **fields: Any) -> Function:
    """Give the body a function, unless it has one of that kind."""
    there = {"email": f"{kind}@{body.slug}.example", "phone": "0123-45 67 89", **fields}
    made, _new = Function.objects.get_or_create(organisation=body, kind=kind, unit=None, defaults=there)
    return made


def bodies(count: int, **fields: Any) -> list[Organisation]:
    """Return invented municipalities in Swedish order."""
    names = [f"Provby{number:03} kommun" for number in range(count)]
    return [Organisation.objects.create(name=name, kind="municipality", **fields) for name in names]


def hand_over(asked: Asked, *, signed: bool = False) -> None:
    """Let one have handed over, as the form does."""
    now = timezone.now()
    asked.state, asked.opened_at, asked.begun_at, asked.handed_over_at = "handed_over", now, now, now
    asked.handed_over_by = "Kim Provsson"
    if signed:
        asked.state, asked.signed_at, asked.signed_by = "signed", now, "Karin Provsson"
    asked.save()
