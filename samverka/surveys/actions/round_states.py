"""What opens, closes and publishes a round."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused
from samverka.kernel.search import store_vector
from samverka.questionnaires.reading import definition_of

from ..enums import RoundState
from ..files import file_questions
from ..models import Round
from .anonymous import require_all_counted
from .checks import require_analyst
from .steps import locked_round, note, set_values


@transaction.atomic
def start_round(*, by: Any, slug: str) -> Round:
    """Let a prepared round take answers. Raises NotAllowed; Refused when it is not prepared, or lacks what the form
    says: who asks, whom to ask back, the last day.
    """
    require_analyst(by)
    found = _in_state(slug, RoundState.PREPARED, _("Omgången är redan öppnad."))
    missing = missing_facts(found)
    if missing:
        said = _("Det här saknas innan omgången kan öppnas: %(what)s.") % {"what": ", ".join(missing)}
        raise Refused(said)
    _refuse_files_of_nobody(found)
    _move(found, "round.opened", by, state=RoundState.OPEN, opened_at=timezone.now())
    return found


def _refuse_files_of_nobody(found: Round) -> None:
    """Raise Refused where nobody may know who answers, and a file could tell it."""
    asking = file_questions(definition_of(found.version)) if found.is_anonymous else []
    if asking:
        said = _(
            "Frågan %(code)s ber om en fil. I en fil står ofta vem som har gjort den, och här ska ingen kunna veta vem "
            "som svarar. Ta bort frågan ur frågeformuläret, eller låt svaren inte vara anonyma."
        )
        raise Refused(said % {"code": asking[0].code})


def missing_facts(found: Round) -> list[str]:
    """Return what has to be filled in before the round can open, by the names of the fields."""
    needed = ("title", "sender", "closes_on", "contact_name", "contact_email", "contact_phone", "at_hand")
    fields = {field.name: field.verbose_name for field in Round._meta.fields}
    return [str(fields[name]).lower() for name in needed if not getattr(found, name)]


@transaction.atomic
def close_round(*, by: Any, slug: str) -> Round:
    """Take no more answers. Raises NotAllowed, Refused."""
    require_analyst(by)
    found = _in_state(slug, RoundState.OPEN, _("Omgången är inte öppen."))
    _move(found, "round.closed", by, state=RoundState.CLOSED, closed_at=timezone.now())
    return found


@transaction.atomic
def reopen_round(*, by: Any, slug: str, why: str) -> Round:
    """Take answers again; why stands in the log. Raises NotAllowed, Refused."""
    require_analyst(by)
    if not why.strip():
        raise Refused(_("Skriv varför omgången öppnas igen. Det står kvar i loggen."), field="why")
    found = _in_state(slug, RoundState.CLOSED, _("Omgången är inte stängd."))
    _move(found, "round.reopened", by, why=why.strip(), state=RoundState.OPEN, closed_at=None)
    return found


@transaction.atomic
def publish_results(*, by: Any, slug: str) -> Round:
    """Let everybody see the results. Raises NotAllowed; Refused for what never counts, or is not closed."""
    require_analyst(by)
    found = _in_state(slug, RoundState.CLOSED, _("Stäng omgången innan resultatet visas för alla."))
    if found.is_test:
        raise Refused(_("En pilot eller ett prov lämnar inga spår i resultaten."))
    if found.published_at:
        raise Refused(_("Resultatet visas redan för alla."))
    require_all_counted(found)
    _move(found, "round.published", by, published_at=timezone.now())
    store_vector(found)
    return found


def _in_state(slug: str, state: RoundState, otherwise: str) -> Round:
    found = locked_round(slug)
    if found.state != state:
        raise Refused(otherwise)
    return found


def _move(found: Round, action: str, by: Any, *, why: str = "", **values: Any) -> None:
    changes = set_values(found, values)
    note(action, found, by=by, changes=changes | ({"why": [None, why]} if why else {}))
