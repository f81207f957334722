"""What changes rounds."""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused
from samverka.questionnaires.models import SLUG
from samverka.questionnaires.reading import published_version

from ..enums import RoundMode
from ..models import Round
from .checks import require_analyst


@transaction.atomic
def open_round(*, by: Any, slug: str, questionnaire: str, mode: RoundMode = RoundMode.REAL) -> Round:
    """Open a round of the version that applies now. Raises NotAllowed, Refused."""
    require_analyst(by)
    if len(slug) > 60 or not re.match(SLUG, slug):
        raise Refused(_("En omgångs namn får bara ha a–z, siffror och bindestreck, högst 60 tecken: 2027-host."))
    if Round.objects.filter(slug=slug).exists():
        raise Refused(_("Det finns redan en omgång som heter %(name)s.") % {"name": slug})
    version = published_version(questionnaire)
    if not version:
        raise Refused(_("Det finns inget frågeformulär som heter %(name)s.") % {"name": questionnaire})
    opened = Round.objects.create(slug=slug, version=version, mode=mode, opened_at=timezone.now())
    audit.record(
        "round.opened", by=by, kind="round", object_id=slug, label=str(version),
        changes={"mode": [None, str(mode)]},
    )  # fmt: skip
    return opened
