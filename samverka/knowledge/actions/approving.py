"""Asking the parties of an example about its text, their answers, and a reminder or two."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.collaborations.models import Party
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.mail import outbox
from samverka.organisations.models import Membership
from samverka.organisations.queries import Acting, administrators_of, office_address
from samverka.organisations.rules import can_take_part

from ..emails_examples import ApprovalAsked
from ..enums import Approval
from ..models import Page, PageParty, told_of
from ..writing import held_whole, party_at, state_of
from .checks import locked_page
from .steps import page_to_change
from .trail import note_page

#: Days after the question when one who is silent is reminded (users.md R13).
REMINDED_AFTER = (timedelta(days=7), timedelta(days=21))


@transaction.atomic
def ask_parties(*, by: Any, page_id: str) -> int:
    """Ask every organisation that has not approved the text as it stands; return how many were asked."""
    page = page_to_change(by, page_id)
    asked = ask_unapproved(by=by, page=page)
    note_page("page.parties_asked", page, by=by, changes={"asked": [0, asked]})
    return asked


def ask_unapproved(*, by: Any, page: Page) -> int:
    """Ask those who have not approved the text as it stands, in the caller's transaction; return how many."""
    parties = page.parties.select_related("organisation").filter(wrote=False, organisation__isnull=False)
    silent = [party for party in parties if state_of(party, page) != Approval.APPROVED]
    for party in silent:
        party.state, party.asked_at, party.reminders, party.comment = Approval.WAITING, timezone.now(), 0, ""
        party.save(update_fields=["state", "asked_at", "reminders", "comment"])
        _send(party, page, reply_to=getattr(by, "email", ""))
    return len(silent)


def _send(party: PageParty, page: Page, *, reply_to: str = "") -> None:
    asked: Any = party.organisation
    mail = ApprovalAsked(party.public_id, page.title, party.reminders)
    for address in _addresses(party, page):
        outbox.send(
            mail, to=address, language=page.language, organisation=asked.public_id, reply_to=reply_to,
            thread=page.public_id,
        )  # fmt: skip


def _addresses(party: PageParty, page: Page) -> list[str]:
    """Return whom to ask: the contact at the table, else who administers the organisation, else its office."""
    asked: Any = party.organisation
    contacts = Party.objects.filter(
        collaboration__examples__page=page, organisation=asked, contact__isnull=False
    ).values_list("contact__email", flat=True)
    holding: list[Membership] = list(administrators_of(asked)) if not contacts else []
    found = list(contacts) or [held.user.email for held in holding]
    office = office_address(asked)
    return found or ([office] if office else [])


@transaction.atomic
def answer_for_party(*, by: Acting, page_id: str, approves: bool, comment: str = "") -> PageParty:
    """Say for the organisation acted for that the text may stand, or what to change. Raises NotVisible when it has not
    been asked, NotAllowed without taking part, Refused for one who acts for two of the parties (users.md R12).
    """
    party = party_at(by, page_id)
    if not can_take_part(by.user, by):
        raise NotAllowed
    page = locked_page(page_id)
    if acts_for_several(by.user, page):
        raise Refused(_("Du handlar för två av parterna. Någon annan hos er behöver svara."))
    if not approves and not comment:
        raise Refused(_("Skriv vad som behöver ändras, så att den som skriver vet."), field="comment")
    party.state = Approval.APPROVED if approves else Approval.CHANGES
    party.version, party.comment = told_of(page).text_version, "" if approves else comment
    party.answered_at, party.answered_by = timezone.now(), by.user
    party.save(update_fields=["state", "version", "comment", "answered_at", "answered_by"])
    note_page(
        "page.party_answered", page, by=by.user, changes={"party": [None, party.name], "approves": [None, approves]}
    )
    return party


def acts_for_several(user: Any, page: Page) -> bool:
    """Whether the person takes part for more than one of the page's parties."""
    held = held_whole(user).filter(organisation__in=page.parties.values("organisation"))
    return bool(held.values("organisation").distinct().count() > 1)


@transaction.atomic
def remind_parties(*, by: Any = None) -> int:
    """Remind those who have been silent for 7 and for 21 days, as long as the page waits; return how many."""
    now, reminded = timezone.now(), 0
    waiting = PageParty.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=Approval.WAITING, asked_at__isnull=False, reminders__lt=len(REMINDED_AFTER), page__withdrawn_at=None,
        page__state__in=["draft", "submitted", "returned"],
    ).select_related("page", "organisation")  # fmt: skip
    for party in waiting:
        if party.asked_at and party.asked_at <= now - REMINDED_AFTER[party.reminders]:
            party.reminders += 1
            party.save(update_fields=["reminders"])
            _send(party, party.page)
            reminded += 1
    return reminded
