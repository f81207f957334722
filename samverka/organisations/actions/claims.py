"""Who is the first to act for an organisation (users.md R11)."""

from typing import Any

from ..models import Claim, Organisation, Unit


def start_claim(
    *, by: Any, organisation: Organisation, unit: Unit | None = None, person_role: str = "", message: str = ""
) -> Claim:
    """Ask to act for `organisation`. Sends a code to an office address (a body) or the registered address (an association) if there is one
    (state code_sent; `sent_to` says where), otherwise the request waits for someone who can confirm (state asked).

    An open claim is returned as it is. Refused for someone who already acts for it; TooMany after 5 in a day.
    """
    raise NotImplementedError


def confirm_claim(*, by: Any, claim: Claim, code: str) -> Claim:
    """Answer with the code that was sent; the person becomes administrator. 5 attempts, 7 days. Raises Refused with what to do."""
    raise NotImplementedError


def ask_instead(*, by: Any, claim: Claim, message: str = "") -> Claim:
    """The code cannot be had: let someone who can confirm answer instead (state asked)."""
    raise NotImplementedError


def answer_claim(*, by: Any, claim: Claim, granted: bool, reason: str = "") -> Claim:
    """Grant or refuse an asked claim. For whoever `rules.can_answer_claim` names. The claimant gets a mail; refusing needs a reason."""
    raise NotImplementedError
