"""The readers' circle: who can read a text is chosen before it is written (users.md R1).

Every text box in a collaboration is this component. It knows no model: the page says who the readers are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.forms import Form
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .forms import error_texts
from .icons import circle_picture
from .words import names_in_words

ME, PARTY, ALL = "me", "party", "all"
#: So many readers are named at once; of more it is said how many, and their names unfold.
MOST_READERS = 8


def many_readers(names: Sequence[str]) -> int:
    """Return how many they are, where they are too many to be named at once; else 0."""
    return len(names) if len(names) > MOST_READERS else 0


def _few_named(names: list[str]) -> str:
    many = many_readers(names)
    return gettext("de {n} andra parterna").format(n=many) if many else names_in_words(names)


@dataclass(frozen=True)
class CircleOption:
    """One of the three circles: its words, its readers in clear text (and how many, where their names unfold), and
    what choosing it leads to.
    """

    value: str
    label: str
    readers: str
    many: int
    consequence: str
    picture: SafeString
    checked: bool
    disabled: bool


@dataclass(frozen=True)
class CircleField:
    """A text with its readers.

    part: our party's name ("Utbildningsnämnden"). side: our side, public or civil.
    party_readers: who reads "Bara vi". all_readers: who reads "Alla parter", ourselves included (names).
    public_record: whether any party is a public body, so that what is shared becomes an allmän handling.
    selected: me, party, all or "" (nothing chosen yet). closed: circles that cannot be chosen now.
    """

    label: str
    part: str
    side: str
    party_readers: Sequence[str]
    all_readers: Sequence[str]
    public_record: bool = True
    selected: str = ""
    text: str = ""
    help: str = ""
    circle_name: str = "circle"
    text_name: str = "text"
    prefix: str = "id_"
    rows: int = 6
    errors: Sequence[str] = field(default_factory=tuple)
    circle_errors: Sequence[str] = field(default_factory=tuple)
    closed: Sequence[str] = field(default_factory=tuple)

    @classmethod
    def from_form(
        cls,
        form: Form,
        *,
        part: str,
        side: str,
        party_readers: Sequence[str],
        all_readers: Sequence[str],
        circle: str = "circle",
        text: str = "text",
        public_record: bool = True,
        closed: Sequence[str] = (),
    ) -> "CircleField":
        """Build it from a form's two fields; the circle field's values are me, party and all."""
        circle_field, text_field = form[circle], form[text]
        return cls(
            label=str(text_field.label), part=part, side=side, party_readers=party_readers, all_readers=all_readers,
            public_record=public_record, selected=str(circle_field.value() or ""), text=str(text_field.value() or ""),
            help=str(text_field.help_text), circle_name=circle_field.html_name, text_name=text_field.html_name,
            errors=error_texts(text_field),
            circle_errors=error_texts(circle_field), closed=closed,
        )  # fmt: skip

    @property
    def text_id(self) -> str:
        """The text box's id, for labels and for the error summary's links."""
        return self.prefix + self.text_name

    @property
    def circle_id(self) -> str:
        """The id that the circle's choices begin with; the first is `…_0`."""
        return self.prefix + self.circle_name

    @property
    def options(self) -> list[CircleOption]:
        """The three circles, narrowest first."""
        said = {
            ME: (
                gettext("Bara jag (utkast)"),
                gettext("bara du"),
                0,
                gettext("Ett utkast. Varken kollegor eller administratörer kan se det."),
            ),
            PARTY: (
                gettext("Bara vi i {part}").format(part=self.part),
                names_in_words(list(self.party_readers)),
                many_readers(self.party_readers),
                gettext("Stannar hos er. De andra parterna ser det inte."),
            ),
            ALL: (
                gettext("Alla parter"),
                names_in_words(list(self.all_readers)),
                many_readers(self.all_readers),
                self._sharing(),
            ),
        }
        return [
            CircleOption(
                value,
                *words,
                picture=circle_picture(value),
                checked=value == self.selected,
                disabled=value in self.closed,
            )
            for value, words in said.items()
        ]

    def _sharing(self) -> str:
        others = [name for name in self.all_readers if name not in self.party_readers]
        said = gettext("När du delar kan {others} läsa det.").format(others=_few_named(others))
        if not self.public_record:
            return said
        record = gettext("Då blir det en allmän handling som vem som helst kan begära att få läsa.")
        return f"{said} {record}"

    @property
    def described_by(self) -> str:
        """The ids of what describes the text box: its readers, its help, its errors."""
        ids = [f"{self.text_id}_readers"]
        ids += [f"{self.text_id}_helptext"] if self.help else []
        ids += [f"{self.text_id}_error"] if self.errors else []
        return " ".join(ids)
