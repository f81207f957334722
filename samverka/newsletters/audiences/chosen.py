"""A segment as data: what `Issue.audience` holds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from ..enums import Audience

#: What each format may be sent to: official communication and what is voluntary are never in the same issue.
KINDS = ("offices", "subscribers", "monthly", "associations", "list")
#: What of a segment is several.
_SEVERAL = ("fields", "counties", "issues", "among")


@dataclass(frozen=True)
class Addressee:
    """One to whom a mail goes. `why` is the reason that stands in it; `function` names the office."""

    address: str
    audience: Audience
    language: str = "sv"
    organisation: int | None = None
    why: str = ""
    function: str = ""


@dataclass(frozen=True)
class Segment:
    """What is chosen. `kind`: one of KINDS. `query`: a register list as its address asks for it ("slag=municipality").

    `function`: the office that gets it where the body has not said. `fields`: keys of fields that the issue is about,
    followed by what each body has said. `place_class`: key of a class of municipalities. `answered`, `agreement`: "",
    "yes" or "no". `list`: public id of a list of one's own. `counties`: of subscribers; those of no place get it too.
    `issues`: keys of what a monthly mail tells of, out of `among`, all that was sent that month.
    """

    kind: str = ""
    query: str = ""
    function: str = ""
    fields: tuple[int, ...] = ()
    place_class: int | None = None
    answered: str = ""
    agreement: str = ""
    list: str = ""
    counties: tuple[str, ...] = ()
    issues: tuple[int, ...] = ()
    among: tuple[int, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Return the segment of an issue; one without a kind when nothing is chosen."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        return cls(**known | {name: tuple(known.get(name, ())) for name in _SEVERAL})

    @property
    def data(self) -> dict[str, Any]:
        """The segment as it is kept."""
        return asdict(self) | {name: [*getattr(self, name)] for name in _SEVERAL}
