"""The form for what a step leaves behind. What a field may hold, collaborations/left_behind.py says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import Form
from samverka.collaborations.left_behind import FORMS, PRINCIPLES, choices_of, clean_value, kept, kind_of
from samverka.collaborations.principles import PRINCIPLES as SIX
from samverka.collaborations.principles import Answer
from samverka.kernel.errors import Refused
from samverka.processes.enums import FieldKind
from samverka.processes.reading import FieldView, StepView
from samverka.web.components.careful import Careful
from samverka.web.components.day_field import day_field


def wide(rows: int) -> forms.Textarea:
    """Return a text box of that many rows."""
    return forms.Textarea(attrs={"rows": rows})


@dataclass(frozen=True)
class Part:
    """A field of a step as the page shows it: its inputs, and which of them are text boxes (with their readers)."""

    found: FieldView
    inputs: list[BoundField]
    heading: str = ""
    statement: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the last input is one that somebody writes a text in."""
        widget = self.inputs[-1].field.widget
        return isinstance(widget, forms.Textarea | forms.TextInput) and not isinstance(widget, forms.DateInput)


class OutcomeForm(Careful, forms.Form):
    """The fields of one step. `parts` are what the page shows, in order."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Any = None,
        *,
        step: StepView,
        fields: Iterable[FieldView],
        side: str,
        values: Mapping[str, Any],
        version: int,
        typed: Mapping[str, Any],
    ) -> None:
        self.step, self.found, self.side = step, list(fields), side
        initial = {"version": version}
        for found in self.found:
            initial |= _initial(step, found, values.get(found.key))
        super().__init__(data, initial={**initial, **typed})
        for found in self.found:
            self.fields |= _inputs(step, found)
        # A draft holds what was ticked as lines of one text.
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField) and isinstance(self.initial.get(name), str):
                self.initial[name] = self.initial[name].splitlines()

    @property
    def parts(self) -> list[Part]:
        """The fields as they stand on the page; each of the six principles is one of its own."""
        parts = []
        for found in self.found:
            if kind_of(self.step, found) == PRINCIPLES:
                parts += [self._principle(found, principle) for principle in SIX]
            else:
                parts.append(Part(found, [self[found.key]]))
        return parts

    def _principle(self, found: FieldView, principle: Any) -> Part:
        inputs = [self[f"{principle.key}_answer"], self[f"{principle.key}_comment"]]
        return Part(found, inputs, str(principle.name), str(principle.statement(self.side)))

    def clean(self) -> dict[str, Any]:
        """Ask the domain of each field, so that every fault is told at once."""
        super().clean()
        for found in self.found:
            try:
                clean_value(self.step, found, self._typed(found))
            except Refused as refused:
                self.add_error(self.name_of(found.key), str(refused.message))
        return self.cleaned_data

    def name_of(self, key: str) -> str:
        """Return the input that stands for a field, for its errors."""
        return key if key in self.fields else f"{SIX[0].key}_answer"

    def _typed(self, found: FieldView) -> Any:
        if kind_of(self.step, found) != PRINCIPLES:
            return self.cleaned_data.get(found.key)
        given = self.cleaned_data.get
        return {six.key: {"answer": given(f"{six.key}_answer"), "comment": given(f"{six.key}_comment")} for six in SIX}

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the step's fields."""
        return {found.key: self._typed(found) for found in self.found}


def _initial(step: StepView, found: FieldView, value: Any) -> dict[str, Any]:
    match kind_of(step, found):
        case FieldKind.LIST | FieldKind.PEOPLE:
            return {found.key: "\n".join(value or [])}
        case "principles":
            answers = value or {}
            return {f"{key}_{name}": said for key, given in answers.items() for name, said in given.items()}
    return {found.key: value}


def _inputs(step: StepView, found: FieldView) -> dict[str, forms.Field]:
    kind = kind_of(step, found)
    if kind == PRINCIPLES:
        return {name: field for six in SIX for name, field in _answer_inputs(six).items()}
    return {found.key: _input(step, found, kind)}


def _answer_inputs(principle: Any) -> dict[str, forms.Field]:
    scale = forms.ChoiceField(
        label=_("Hur väl stämmer det?"), choices=Answer.choices, required=False, widget=forms.RadioSelect
    )
    comment = forms.CharField(label=_("Kommentar"), max_length=2000, required=False, widget=wide(2))
    return {f"{principle.key}_answer": scale, f"{principle.key}_comment": comment}


#: What one writes freely: how many rows the text box has (0: one line), and what helps.
_BOXES: dict[str, tuple[int, Any]] = {
    FieldKind.TEXT: (4, ""),
    FieldKind.LINE: (0, ""),
    FieldKind.CHOICE: (0, ""),
    FieldKind.LIST: (5, _("En per rad.")),
    FieldKind.PEOPLE: (2, _("En person per rad.")),
}


def _input(step: StepView, found: FieldView, kind: str) -> forms.Field:
    told: dict[str, Any] = {"label": found.label, "required": False}
    if kind == FieldKind.DATE:
        return day_field(found.label)
    if kind == FORMS:
        return forms.MultipleChoiceField(choices=Form.choices, widget=forms.CheckboxSelectMultiple, **told)
    if kind == FieldKind.CHOICE and (choices := choices_of(step, found)):
        return forms.ChoiceField(choices=[("", _("Inte bestämt än")), *choices], widget=forms.RadioSelect, **told)
    rows, help_text = _BOXES[kind]
    if kept(step).on_collaboration.get(found.key) == "purpose":
        missing = _("Skriv syftet. Alla som är med läser det.")
        told |= {"required": True, "max_length": 2000, "error_messages": {"required": missing}}
    return forms.CharField(widget=wide(rows) if rows else forms.TextInput(), help_text=help_text, **told)
