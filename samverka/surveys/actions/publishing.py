"""What makes the results of a round public."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused
from samverka.kernel.search import store_vector

from ..background import KIND, NAMES
from ..enums import RoundMode, RoundSide, RoundState
from ..measures import measured
from ..models import Round
from .anonymous import require_all_counted
from .checks import require_analyst


@transaction.atomic
def publish_results(*, by: Any, round_id: int) -> Round:
    """Let everybody see the results of a round that is closed. Raises NotAllowed, Refused."""
    require_analyst(by)
    found: Round = Round.objects.select_for_update().get(pk=round_id)
    if found.mode != RoundMode.REAL:
        raise Refused(_("Ett prov eller en pilot blir aldrig resultat."))
    if found.state != RoundState.CLOSED:
        raise Refused(_("Stäng omgången först. Så länge den tar emot svar kan siffrorna ändras."))
    if found.published_at:
        return found
    require_all_counted(found)
    found.published_at = timezone.now()
    found.row_version += 1
    found.save(update_fields=["published_at", "row_version"])
    audit.record("round.results_published", by=by, kind="round", object_id=found.slug, label=str(found))
    for division in NAMES if found.side == RoundSide.PUBLIC else (KIND,):
        # Counted now, so that the first visitor does not wait.
        measured(found, division)
    store_vector(found)
    return found
