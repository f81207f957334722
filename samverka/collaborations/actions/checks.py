"""What several actions ask before they write."""

from typing import Any

from django.utils.translation import gettext as _

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.organisations.acceptances import terms_missing

from ..enums import CollaborationState
from ..models import Collaboration
from ..queries import Seat


def hold(by: Seat) -> None:
    """Hold the collaboration until the action is done, with its state as it is now: whoever writes there meanwhile
    waits. The first thing that a writing action does, before it reads any row that belongs to the collaboration.
    """
    by.collaboration.refresh_from_db(fields=["state"], from_queryset=Collaboration.objects.locked())


def needs_writer(by: Seat) -> None:
    """Hold the collaboration. Raise NotAllowed for who only reads, or when it was ended since the page was shown."""
    hold(by)
    if not by.writes:
        raise NotAllowed


def needs_company(by: Seat) -> None:
    """Raise NotAllowed for who only reads, Refused while the party is alone: nobody is there to promise anything to;
    TermsMissing, since all parties read what is written then.
    """
    needs_writer(by)
    if by.alone:
        raise Refused(_("Det här gör ni tillsammans. Vänta tills en part till har tackat ja."))
    needs_terms(by)


def needs_terms(by: Seat) -> None:
    """Raise TermsMissing before a public body's unit, which has not accepted the terms, shares anything (R8)."""
    terms = terms_missing(by.party.organisation, by.party.unit)
    if terms is not None:
        said = _("Innan %(party)s delar något för första gången behöver villkoren för personuppgifter godkännas.")
        raise TermsMissing(said % {"party": by.party.name})


def needs_somebody_to_share_with(by: Seat) -> None:
    """Raise TermsMissing as above, Refused in a preparation where nobody has been invited."""
    needs_terms(by)
    if by.collaboration.state == CollaborationState.PREPARING:
        raise Refused(_("Det finns ingen att dela med än. Bjud in någon först, och välj då vad som ska följa med."))


class TermsMissing(Refused):
    """The party is a public body that has yet to accept the terms."""


def needs_one_side(by: Seat) -> None:
    """Raise Refused for who acts for several parties here (users.md R12)."""
    if by.both_sides:
        raise Refused(_("Du handlar för flera parter här. Be någon annan hos er att göra det här."))


def refuse_overwriting(row: Any, version: int, *, theirs: dict[str, Any], yours: dict[str, Any], current: int) -> None:
    """Raise Conflict with both texts, by field, when the row has been saved since `version`."""
    if version != current:
        raise Conflict(
            _("Någon annan har sparat medan du skrev. Din text är kvar här nedanför, bredvid den andra."),
            theirs=theirs,
            yours=yours,
            version=current,
            changed_by=str(getattr(row, "changed_by", None) or ""),
            changed_at=getattr(row, "changed_at", None),
        )
