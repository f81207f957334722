"""The terms on paper: as they stand, and as a body has accepted them. Each is drawn once a process."""

import datetime
import threading
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from samverka.kernel.pdf import CONTENT_TYPE, render_pdf
from samverka.organisations.models import TermsAcceptance
from samverka.organisations.terms import Terms

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Accepted:
    """What stands on paper of an acceptance: who, as what, for whom, with whom, when."""

    party: str
    provider: str
    name: str
    role: str
    at: datetime.datetime

    @classmethod
    def of(cls, acceptance: TermsAcceptance) -> "Accepted":
        """Return what is printed of `acceptance`."""
        return cls(
            acceptance.party,
            acceptance.provider,
            acceptance.accepted_name,
            acceptance.accepted_role,
            acceptance.accepted_at,
        )


def terms_on_paper(terms: Terms, accepted: Accepted | None = None) -> bytes:
    """Return the terms as a PDF in their own language, with who has accepted them if that is given."""
    with _one_at_a_time:
        return _drawn(terms, accepted)


@lru_cache(maxsize=32)
def _drawn(terms: Terms, accepted: Accepted | None) -> bytes:
    with translation.override(terms.language):
        title = _("{title}, version {number}").format(title=terms.title, number=terms.number)
    context = {"terms": terms, "accepted": accepted, "provider": settings.HOST_ORGANISATION}
    return render_pdf("pdf/terms.html", context, title=title, language=terms.language)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to be opened or saved as `name`.pdf."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
