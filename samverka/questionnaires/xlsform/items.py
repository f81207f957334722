"""The survey sheet as a tree of sections and questions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..definition import Item, Language, Question, Section
from ..enums import QuestionType, SectionKind
from ..expressions import ExpressionError, parse, unparse
from ..values import is_dynamic
from . import columns, types
from .limits import without_limit
from .sheets import Row, Sheet

Refuse = Callable[[str, int, str], None]
_EXPRESSIONS = {"visible_if", "valid_if", "calculation", "choice_filter", "warn_if", "count"}
_DATE_AS_CELL = " 00:00:00"


@dataclass
class _Open:
    """A section whose end has not come; the outermost has no row."""

    row: Row | None
    kind: SectionKind | None = None
    items: list[Item] = field(default_factory=list)


class ItemReader:
    """Reads the rows in order; `rows` tells afterwards where each code stands."""

    def __init__(self, sheet: Sheet, languages: dict[str, Language], refuse: Refuse) -> None:
        self._sheet, self._languages = sheet, languages
        self._refuse_on = refuse
        self.rows: dict[str, int] = {}

    def read(self) -> tuple[Item, ...]:
        """Return the items of the outermost level."""
        open_ = [_Open(None)]
        for row in self._sheet.rows:
            text = types.tidy(row["type"])
            if bound := types.bound(text):
                self._bound(open_, row, bound)
            elif text:
                open_[-1].items += self._question(row, text)
            elif row["name"] or row.texts("label"):
                self._refuse(row, _("Raden saknar type."))
        for left in open_[1:]:
            if left.row:
                self._refuse(left.row, _("Avsnittet börjar men slutar aldrig."))
        return tuple(open_[0].items)

    def _refuse(self, row: Row, reason: str) -> None:
        self._refuse_on("survey", row.number, reason)

    def _bound(self, open_: list[_Open], row: Row, bound: types.Bound) -> None:
        if bound.begins:
            if bound.kind is None:
                self._refuse(row, types.why_not(row["type"]))
            open_.append(_Open(row, bound.kind))
        elif len(open_) == 1:
            self._refuse(row, _("Ett avsnitt slutar som aldrig har börjat."))
        else:
            done = open_.pop()
            if done.row:
                open_[-1].items.append(self._section(done, done.row))

    def _section(self, done: _Open, row: Row) -> Section:
        fields = self._fields(row, {"label", "help", "visible_if", "count", "suits", "appearance"})
        kind = done.kind or SectionKind.GROUP
        if fields.get("appearance") == types.TABLE or row["samverka_type"] == SectionKind.MATRIX:
            kind = SectionKind.MATRIX
            fields["appearance"] = "" if fields.get("appearance") == types.TABLE else fields.get("appearance", "")
        if minutes := row["samverka_minutes"]:
            fields["minutes"] = self._whole(row, minutes)
        self.rows.setdefault(row["name"], row.number)
        return Section(code=row["name"], kind=kind, items=tuple(done.items), **fields)

    def _question(self, row: Row, text: str) -> Iterator[Question]:
        self.rows.setdefault(row["name"], row.number)
        kind = self._kind(row, text)
        if not kind:
            return
        fields = self._fields(row, {*columns.TRANSLATED.values(), *columns.PLAIN.values()} - {"suits", "count"})
        fields |= kind | self._flags(row)
        if row["samverka_max_choices"]:
            fields["max_choices"] = self._whole(row, row["samverka_max_choices"])
            fields["valid_if"] = without_limit(fields.get("valid_if", ""), fields["max_choices"])
        if row["repeat_count"]:
            self._refuse(row, _("Bara en upprepad grupp kan ha ett antal."))
        yield Question(code=row["name"], **self._presented(row, fields))

    def _kind(self, row: Row, text: str) -> dict[str, Any] | None:
        if select := types.select(text):
            return self._select(row, select)
        simple = types.SIMPLE.get(text) or types.SIMPLE.get(text.lower())
        if not simple:
            self._refuse(row, types.why_not(text))
            return None
        own = row["samverka_type"]
        found: dict[str, Any] = {"type": simple[0], "accept": simple[1]}
        if own in types.OWN and types.OWN[QuestionType(own)] == types.WRITTEN.get(simple[0]):
            found["type"] = QuestionType(own)
        return found | self._parameters(row, found["type"])

    def _select(self, row: Row, select: types.Select) -> dict[str, Any]:
        if row["parameters"]:
            self._refuse(row, _("Slumpad ordning på valen finns inte här."))
        if row["samverka_type"] == QuestionType.YES_NO and select.choices == types.YES_NO_LIST:
            return {"type": QuestionType.YES_NO}
        kind = QuestionType.SEVERAL if select.several else QuestionType.ONE
        return {"type": kind, "choices": select.choices, "or_other": select.or_other}

    def _parameters(self, row: Row, kind: QuestionType) -> dict[str, Any]:
        said = dict(part.partition("=")[::2] for part in row["parameters"].replace(",", " ").replace(";", " ").split())
        if kind != QuestionType.SCALE:
            for name in said.keys() - {"max-pixels", "quality"}:
                self._refuse(row, _("Parametern %(name)s finns inte här.") % {"name": name})
            return {}
        for name in said.keys() - {"start", "end", "step"}:
            self._refuse(row, _("Parametern %(name)s finns inte här.") % {"name": name})
        defaults = {"start": "1", "end": "10", "step": "1"}
        return {name: self._whole(row, said.get(name, text)) for name, text in defaults.items()}

    def _whole(self, row: Row, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            self._refuse(row, _("”%(text)s” är inget heltal.") % {"text": text})
            return 0

    def _flags(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {"required_if": self._required(row)}
        for column in ("read_only", "samverka_dont_know", "samverka_not_applicable"):
            said = columns.yes_or_no(row[column])
            if said is None:
                self._refuse(row, _("Kolumnen %(name)s ska vara yes eller no.") % {"name": column})
            found[column.removeprefix("samverka_")] = bool(said)
        return found

    def _required(self, row: Row) -> str:
        said = columns.yes_or_no(row["required"])
        return self._expression(row["required"]) if said is None else "true()" if said else ""

    def _fields(self, row: Row, wanted: set[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column, name in columns.TRANSLATED.items():
            if name in wanted and (texts := row.texts(column)):
                found[name] = {self._languages[key].code: text for key, text in texts.items() if key in self._languages}
        for column, name in columns.PLAIN.items():
            if name in wanted and (text := row[column]):
                found[name] = self._expression(text) if name in _EXPRESSIONS else text
        return found

    @staticmethod
    def _expression(text: str) -> str:
        """Return the expression written in one way; one that cannot be read as it stands, to be refused later."""
        try:
            return unparse(parse(text))
        except ExpressionError:
            return text

    def _presented(self, row: Row, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the fields with what appearance and default say in their own places."""
        appearance = fields.get("appearance", "")
        if appearance in {"label", "list-nolabel"}:
            self._refuse(row, _("Utseendet %(name)s finns inte; skriv table-list på gruppen.") % {"name": appearance})
        if appearance == types.MULTILINE and fields["type"] == QuestionType.TEXT:
            fields |= {"type": QuestionType.LONG_TEXT, "appearance": ""}
        if default := fields.get("default"):
            fields["default"] = (
                self._expression(default) if is_dynamic(default) else default.removesuffix(_DATE_AS_CELL)
            )
        return fields
