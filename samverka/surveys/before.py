"""What the same body answered in the round before. Only a public body's: an association's answer is shown to nobody."""

from typing import Any

from samverka.questionnaires.definition import Definition

from .models import Asked, Response

#: Calculated variables that hold an answer of the round before: code -> the code of the question there. The calculation
#: in the questionnaire is what holds in a first round.
CARRIED = {"planerade_forra": "planerar"}


def last_response(asked: Asked) -> Response | None:
    """Return what the same body, or the same unit of it, answered in the round that this one says comes before it."""
    if not asked.round.previous_id:
        return None
    rows = Response.objects.filter(round=asked.round.previous_id, organisation=asked.organisation_id)
    found: Response | None = (
        rows.filter(asked__unit=asked.unit_id).select_related("round__version").order_by("pk").first()
    )
    return found


def carried(asked: Asked, definition: Definition) -> dict[str, Any]:
    """Return the values that a form has from the round before; only what was answered, not that nobody knew."""
    wanted = {code: source for code, source in CARRIED.items() if code in definition.by_code}
    found = last_response(asked) if wanted else None
    if found is None:
        return {}
    told = {code: found.answers.get(source) for code, source in wanted.items()}
    return {code: value for code, value in told.items() if isinstance(value, str)}
