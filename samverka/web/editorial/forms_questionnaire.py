"""Forms of a question and of a section: which fields there are for each type, from the definition and back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samverka.kernel.text import slug
from samverka.questionnaires.checking import faults
from samverka.questionnaires.definition import ChoiceList, Definition, Item, Option, Question
from samverka.questionnaires.editing import free_code
from samverka.questionnaires.enums import UNANSWERED, WITH_CHOICES, QuestionType, SectionKind
from samverka.questionnaires.expressions import ExpressionError, parse, unparse
from samverka.questionnaires.texts import NAMES
from samverka.questionnaires.values import is_dynamic
from samverka.web.components.forms import FieldView, field_view

from .questionnaire_fields import (
    ANSWER_FIELDS,
    CODE_HELP,
    GROUPS,
    MUST_ALWAYS,
    MUST_IF,
    TEXTS,
    language_name,
    made_field,
)

ALWAYS = "true()"
_EXPRESSIONS = {"visible_if", "required_if", "valid_if", "warn_if", "calculation", "choice_filter", "count"}


@dataclass(frozen=True)
class Group:
    """Fields that belong together; each row holds one field, or the same text in each language."""

    title: str
    rows: list[list[FieldView]]
    is_open: bool


class ItemForm(forms.Form):
    """What a question and a section have in common. `parts` are the fields of the item that it sets."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, definition: Definition, item: Item, data: Any = None, **options: Any) -> None:
        self.definition, self.item = definition, item
        self.languages = [language.code for language in definition.languages]
        self.parts = self._parts()
        options.setdefault("initial", initial_of(item, self.languages))
        super().__init__(data, **options)
        for part in self.parts:
            self._add(part)
        self.fields["code"] = forms.CharField(
            label=_("Kod"), help_text=CODE_HELP, max_length=80, required=bool(item.code),
            widget=forms.TextInput(attrs={"class": "is-short", "autocapitalize": "off", "spellcheck": "false"}),
        )  # fmt: skip

    def _parts(self) -> list[str]:
        return ["label", "help"]

    def _add(self, part: str) -> None:
        if part not in TEXTS:
            self.fields[part] = made_field(part, self.definition, self.item)
            return
        for code in self.languages:
            widget: Any = forms.TextInput() if part in {"unit", "low", "high"} else forms.Textarea(attrs={"rows": 2})
            widget.attrs["lang"] = code
            self.fields[f"{part}_{code}"] = forms.CharField(
                label=self._label(part, code), widget=widget, required=self._is_needed(part, code), max_length=4_000,
                error_messages={"required": _("Skriv texten.")},
            )  # fmt: skip

    def _is_needed(self, part: str, code: str) -> bool:
        """Return whether a text must be written: what is asked, in the first language, unless it came without."""
        if part != "label" or code != self.languages[0] or getattr(self.item, "type", "") == QuestionType.CALCULATED:
            return False
        return bool(self.item.label.get(code)) or not any(self.item.label.values())

    def _label(self, part: str, code: str) -> str:
        """Return what a text is called, with its language where there are several."""
        name = str(NAMES[part])
        return name if len(self.languages) == 1 else f"{name} ({language_name(code)})"

    def clean_code(self) -> str:
        """Return the code; a new item gets one from its words."""
        code: str = self.cleaned_data["code"].strip()
        return code or free_code(self._proposed(), self.definition.by_code)

    def _proposed(self) -> str:
        words = slug(self.data.get(f"label_{self.languages[0]}", ""), length=24).replace("-", "_")
        return words if words[:1].isalpha() else "fraga"

    def values(self) -> dict[str, Any]:
        """Return the fields of the item as they were filled in."""
        values: dict[str, Any] = {"code": self.cleaned_data["code"]}
        for part in self.parts:
            if part in TEXTS:
                said = {code: _tidy(self.cleaned_data[f"{part}_{code}"]) for code in self.languages}
                kept = {code: text for code, text in getattr(self.item, part).items() if code not in said}
                values[part] = kept | {code: text for code, text in said.items() if text}
            else:
                values[part] = self._value(part)
        return values

    def _value(self, part: str) -> Any:
        value = self.cleaned_data[part]
        if part in _EXPRESSIONS or (part == "default" and is_dynamic(value)):
            return in_one_way(value)
        return _tidy(value) if isinstance(value, str) else value

    def made(self) -> Item:
        """Return the item as it was filled in."""
        return replace(self.item, **self.values())

    def lists(self) -> tuple[ChoiceList, ...]:
        """Return new lists of choices that were written with the question."""
        return ()

    def say_faults(self, tentative: Definition) -> bool:
        """Add what would be wrong with the item in `tentative`, at its fields; return whether nothing is."""
        code = self.cleaned_data["code"]
        for fault in faults(tentative):
            if fault.where == code and fault.part:
                self.add_error(self._field_of(fault.part), fault.reason)
        return not self.errors

    def _field_of(self, part: str) -> str | None:
        name = f"{part}_{self.languages[0]}" if part in TEXTS else part
        return name if name in self.fields else None

    def groups(self) -> list[Group]:
        """Return the fields in groups, the less used ones folded while they are empty."""
        found = []
        for title, parts, always in GROUPS:
            rows = [[field_view(self[name]) for name in self._names(part)] for part in parts if self._names(part)]
            names = [name for part in parts for name in self._names(part)]
            filled = any(self[name].errors or self[name].value() for name in names)
            if rows:
                found.append(Group(str(title), rows, is_open=always or filled))
        return found

    def _names(self, part: str) -> list[str]:
        names = [f"{part}_{code}" for code in self.languages] if part in TEXTS else [part]
        return [name for name in names if name in self.fields]


class QuestionForm(ItemForm):
    """A question of one type. `must` and `required_if` together say when it has to be answered."""

    def _parts(self) -> list[str]:
        kind = QuestionType(getattr(self.item, "type", QuestionType.TEXT))
        parts = [*super()._parts(), *ANSWER_FIELDS.get(kind, ()), "visible_if", "definition", "counts", "counts_not"]
        parts += ["source", "since", "appearance"]
        if kind not in UNANSWERED:
            parts += ["must", "required_if", "required_message", "valid_if", "valid_message", "warn_if"]
            parts += ["warn_message", "read_only"]
        return parts

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("must") == MUST_IF and not given.get("required_if"):
            self.add_error("required_if", _("Skriv villkoret för när frågan måste besvaras."))
        if "choices" in self.fields:
            if given.get("choices") and given.get("new_options"):
                self.add_error("new_options", _("Välj en lista som finns eller skriv nya val, inte båda."))
            if not given.get("choices") and not given.get("new_options"):
                self.add_error("choices", _("Välj en lista, eller skriv valen här nedanför."))
        return given

    def values(self) -> dict[str, Any]:
        """Return the fields of the question."""
        values = super().values()
        new_options = values.pop("new_options", "")
        must = values.pop("must", "")
        if "required_if" in values:
            values["required_if"] = {MUST_ALWAYS: ALWAYS, MUST_IF: values["required_if"]}.get(must, "")
        if "step" in values:
            values["step"] = values["step"] or 1
        if new_options:
            values["choices"] = self._list_name()
        return values

    def _list_name(self) -> str:
        return free_code(self.cleaned_data["code"], self.definition.options_by_list)

    def lists(self) -> tuple[ChoiceList, ...]:
        """Return the list of the choices that were written, one a line, the languages between bars."""
        text = self.cleaned_data.get("new_options", "")
        if not text:
            return ()
        options: list[Option] = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            said = [part.strip() for part in line.split("|")]
            value = slug(said[0], length=30).replace("-", "_") or "val"
            label = {code: words for code, words in zip(self.languages, said, strict=False) if words}
            options.append(Option(free_code(value, {option.value for option in options}), label))
        return (ChoiceList(self._list_name(), tuple(options)),)


class SectionForm(ItemForm):
    """A section, a repeated group or a table."""

    def _parts(self) -> list[str]:
        parts = [*super()._parts(), "minutes", "suits", "visible_if", "appearance"]
        return [*parts, "count"] if getattr(self.item, "kind", "") == SectionKind.REPEAT else parts

    def _proposed(self) -> str:
        return super()._proposed().replace("fraga", "avsnitt")


def form_for(definition: Definition, item: Item, data: Any = None, **options: Any) -> ItemForm:
    """Return the form of a question or a section."""
    return (QuestionForm if isinstance(item, Question) else SectionForm)(definition, item, data, **options)


def of_type(question: Question, kind: QuestionType) -> Question:
    """Return the question as one of another type: what only the old type has is left behind."""
    if question.type == kind:
        return question
    lost = _OF_TYPES - set(ANSWER_FIELDS.get(kind, ())) | {"type", "default"}
    if not {question.type, kind} <= WITH_CHOICES:
        lost |= {"choices", "choice_filter", "or_other"}
    if kind in UNANSWERED:
        lost |= _OF_ANSWERS
    return Question(
        type=kind, **{field.name: getattr(question, field.name) for field in fields(Question) if field.name not in lost}
    )


_OF_TYPES = {name for names in ANSWER_FIELDS.values() for name in names if name != "new_options"}
_OF_ANSWERS = {
    "required_if", "required_message", "valid_if", "valid_message", "warn_if", "warn_message", "read_only"
}  # fmt: skip


def initial_of(item: Item, languages: list[str]) -> dict[str, Any]:
    """Return what stands in the form of an item from the beginning, and what it is compared by in a conflict."""
    initial: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in TEXTS:
            initial |= {f"{field.name}_{code}": value.get(code, "") for code in languages}
        elif not isinstance(value, Mapping | tuple):
            initial[field.name] = value
    required = initial.get("required_if", "")
    initial["must"] = MUST_ALWAYS if required == ALWAYS else MUST_IF if required else ""
    if required == ALWAYS:
        initial["required_if"] = ""
    return initial


def in_one_way(text: str) -> str:
    """Return an expression written in one way; one that cannot be read as it stands, to be told of as a fault."""
    try:
        return unparse(parse(text)) if text.strip() else ""
    except ExpressionError:
        return text.strip()


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
