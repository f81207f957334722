"""The rows of the coordinator's list.

Written out here and not by a template: fifty rows took most of the page's time there.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from samverka.collaborations.enums import CollaborationState
from samverka.collaborations.queries.our_list import ListRow, PartyInList
from samverka.kernel.ids import ALPHABET, LENGTH
from samverka.web.components.icons import icon, side_shape
from samverka.web.components.words import day
from samverka.web.context import address

#: As many parties as a row names.
MOST_PARTIES = 4
#: Stands for a collaboration's id in the address that all rows share; no organisation has it.
PLACE = ALPHABET[0] * LENGTH
SHAPES = {side: side_shape(side) for side in ("public", "civil")}


def draw_list_rows(rows: Iterable[ListRow], organisation: str) -> SafeString:
    """Return `rows` as table rows; each title leads to the collaboration's page for the organisation acted for."""
    # The same words on every row are looked up once.
    words = Words(organisation)
    # Every part has been escaped, or is a drawing of ours.
    return SafeString("".join(_row(row, words) for row in rows))


class Words:
    """What the rows say, in the reader's language."""

    def __init__(self, organisation: str) -> None:
        self.labels = [gettext("Läge"), gettext("Där vi är"), gettext("Nästa datum")]
        self.unanswered = escape(gettext("(inte svarat)"))
        self.recorded = escape(gettext("Inlagd i efterhand"))
        self.not_begun = escape(gettext("Inte börjat"))
        self.sides = {
            "public": escape(gettext("Offentlig aktör")),
            "civil": escape(gettext("Civilsamhällesorganisation")),
        }
        self.states = {value: escape(str(label)) for value, label in CollaborationState.choices}
        self.clock = icon("clock")
        self.address = address("collaboration", organisation, PLACE)


def _row(row: ListRow, words: Words) -> str:
    one = row.collaboration
    link = f'<a href="{words.address.replace(PLACE, one.public_id)}">{escape(one.title)}</a>'
    head = f'{link}<span class="row-parties">{_parties(row, words)}</span>{_numbers(row)}'
    values = (_state(row, words), _here(row, words), _days(row, words))
    cells = "".join(
        f'<td role="cell" data-label="{escape(label)}"><span>{value}</span></td>'
        for label, value in zip(words.labels, values, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{head}</th>{cells}</tr>'


def _parties(row: ListRow, words: Words) -> str:
    shown = [_party(party, words) for party in row.parties[:MOST_PARTIES]]
    shown += [f"<span>{escape(name)}</span>" for name in row.named[:MOST_PARTIES]]
    left = max(len(row.parties) - MOST_PARTIES, 0) + max(len(row.named) - MOST_PARTIES, 0)
    if left:
        shown.append(f'<span class="meta">{escape(gettext("och {n} till").format(n=left))}</span>')
    return " ".join(shown)


def _party(party: PartyInList, words: Words) -> str:
    side = party.side
    said = f'<span class="visually-hidden">{words.sides[side]}: </span>'
    name = f'<span class="party" data-color="{side}">{SHAPES[side]}<span>{said}{escape(party.name)}</span></span>'
    return f'{name} <span class="meta">{words.unanswered}</span>' if party.state == "invited" else name


def _numbers(row: ListRow) -> str:
    said = (escape(gettext("Dnr {number}").format(number=number)) for number in row.diary_numbers)
    return "".join(f'<span class="meta row-number">{number}</span>' for number in said)


def _state(row: ListRow, words: Words) -> str:
    state = words.states[row.collaboration.state]
    return f'{state}<br><span class="meta">{words.recorded}</span>' if row.collaboration.recorded_later else state


def _here(row: ListRow, words: Words) -> str:
    if row.here:
        return f"{row.here.phase.number} {escape(row.here.phase.name)}"
    return f'<span class="meta">{words.not_begun}</span>' if row.collaboration.model_version_id else "–"


def _days(row: ListRow, words: Words) -> str:
    coming = day(row.next_on) if row.next_on else ""
    if not row.late:
        return coming or "–"
    late = escape(ngettext("{n} sent åtagande", "{n} sena åtaganden", row.late).format(n=row.late))
    tag = f'<span class="ds-tag" data-color="danger">{words.clock}{late}</span>'
    return f"{tag}<br>{coming}" if coming else tag
