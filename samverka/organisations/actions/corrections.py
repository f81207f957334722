""""Stämmer inte?": what visitors say is wrong."""

from typing import Any

from ..models import Correction, Organisation


def report_correction(*, by: Any, organisation: Organisation, text: str, reply_email: str = "", sender: str = "") -> Correction:
    """Note what a visitor (`by` may be None) says is wrong. `sender` is what the rate limit counts by (an IP address; not stored)."""
    raise NotImplementedError


def answer_correction(*, by: Any, correction: Correction, answer: str) -> Correction:
    """Answer and close; mails the answer if the visitor left an address. Editors and the organisation's administrators."""
    raise NotImplementedError
