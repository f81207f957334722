"""How a page comes from draft to published: which state follows on which."""

from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused

from .enums import PageState as S

#: state -> those that may follow. A page that is published can be worked on and published anew.
NEXT: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.SCHEDULED, S.PUBLISHED}),
    S.SUBMITTED: frozenset({S.RETURNED, S.SCHEDULED, S.PUBLISHED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.SUBMITTED, S.SCHEDULED, S.PUBLISHED, S.WITHDRAWN}),
    S.SCHEDULED: frozenset({S.SUBMITTED, S.SCHEDULED, S.PUBLISHED, S.WITHDRAWN}),
    S.PUBLISHED: frozenset({S.SUBMITTED, S.SCHEDULED, S.PUBLISHED, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset({S.SCHEDULED, S.PUBLISHED}),
}


def require_step(now: str, then: str) -> None:
    """Raise Refused unless a page may go from one state to the other."""
    if then not in NEXT[now]:
        raise Refused(
            _("Det går inte nu: sidan har läget {state}. Ladda om sidan och se vad som har hänt.").format(
                state=S(now).label
            )
        )
