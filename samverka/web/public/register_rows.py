"""The rows of the register's list.

Written out here and not by a template: fifty rows took most of the page's time there.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from samverka.organisations.shown import ShownRow
from samverka.web.components.icons import side_shape

SHAPES = {side: side_shape(side) for side in ("public", "civil")}


def draw_rows(rows: Iterable[ShownRow], list_url: str) -> SafeString:
    """Return `rows` as table rows; each name leads to the organisation's page below `list_url`."""
    # Every part has been escaped, or is a shape of ours.
    return SafeString("".join(_row(row, list_url) for row in rows))


def _row(row: ShownRow, list_url: str) -> str:
    place = escape(row.place.municipality_name or row.place.label)
    kind = f'<span class="party" data-color="{row.side}">{SHAPES[row.side]}{escape(str(row.kind_label))}</span>'
    name = f'<a href="{list_url}{escape(row.path)}/">{escape(row.name)}</a>'
    fields = escape(", ".join(row.fields))
    cells = "".join(f'<td role="cell">{cell}</td>' for cell in (kind, place, fields))
    return f'<tr role="row"><th scope="row" role="rowheader">{name}</th>{cells}</tr>'
