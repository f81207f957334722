"""Django's forms in the house's look: label, help, error, input; the summary of errors first."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, Field, widgets
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .words import number

CHOICE_WIDGETS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


class FormRenderer(TemplatesSetting):
    """Makes `{{ form }}` and `{{ field.as_field_group }}` look as `{% form_fields %}` does (setting FORM_RENDERER)."""

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/group.html"


@dataclass(frozen=True)
class Option:
    """One choice of a radio or checkbox group."""

    control: SafeString
    label: str
    id: str


@dataclass(frozen=True)
class FieldView:
    """A field as its template reads it.

    kind: hidden, input, checkbox, group (radios, boxes) or parts (several inputs). required: always, or when another
    answer asks for it (the form names such fields in `needed_by_choice`).
    """

    kind: str
    id: str
    label: str
    help: str
    required: bool
    errors: list[str]
    described_by: str
    control: SafeString = field(default_factory=SafeString)
    options: list[Option] = field(default_factory=list)


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, CHOICE_WIDGETS):
        return "group"
    if isinstance(widget, widgets.CheckboxInput):
        return "checkbox"
    return "parts" if widget.use_fieldset else "input"


def _input_class(bound: BoundField) -> str:
    return " ".join(filter(None, ["ds-input", bound.field.widget.attrs.get("class", "")]))


def _options(bound: BoundField) -> list[Option]:
    options = []
    for choice in bound.subwidgets:
        choice.data["attrs"]["class"] = "ds-input"
        if bound.errors:
            choice.data["attrs"]["aria-invalid"] = "true"
        options.append(Option(choice.tag(), str(choice.choice_label), choice.id_for_label))
    return options


def error_texts(bound: BoundField) -> list[str]:
    """Return what is wrong with a field, in our words where Django's are an official's."""
    found = bound.form.errors.as_data().get(bound.name, [])
    return [_in_our_words(bound, error) for error in found]


def _in_our_words(bound: BoundField, error: ValidationError) -> str:
    counted = error.params or {}
    if error.code == "required" and error.message == Field.default_error_messages["required"]:
        return _nothing_given(bound.field.widget)
    if error.code != "max_length" or "show_value" not in counted:
        return str(error.messages[0])
    said = gettext("Texten är för lång: {length} tecken, högst {most}.")
    return said.format(length=number(counted["show_value"]), most=number(counted["limit_value"]))


def _nothing_given(widget: widgets.Widget) -> str:
    if isinstance(widget, widgets.FileInput):
        return gettext("Välj en fil.")
    return gettext("Välj ett av svaren.") if isinstance(widget, widgets.ChoiceWidget) else gettext("Skriv något här.")


def labelled(label: str, error: str) -> str:
    """Return an error with its field's name before it; a question needs no colon."""
    return f"{label} {error}" if label.endswith(("?", ":")) else f"{label}: {error}"


def field_view(bound: BoundField) -> FieldView:
    """Return what the template needs to show one field of a form."""
    kind = _kind(bound)
    drawn: dict[str, Any] = {}
    if kind == "group":
        drawn["options"] = _options(bound)
    else:
        drawn["control"] = bound.as_widget(attrs={"class": _input_class(bound)})
    return FieldView(
        kind=kind,
        id=bound.auto_id or bound.html_name,
        label=str(bound.label),
        help=str(bound.help_text),
        required=bound.field.required or bound.name in getattr(bound.form, "needed_by_choice", ()),
        errors=error_texts(bound),
        described_by=bound.aria_describedby or "",
        **drawn,
    )


def error_links(form: BaseForm) -> list[tuple[str, str]]:
    """Return (id of the input or "", message) for every error, the form's own first, then field by field."""
    links = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id or bound.html_name
        if isinstance(bound.field.widget, CHOICE_WIDGETS) or bound.field.widget.use_fieldset:
            target += "_0"
        links += [(target, labelled(str(bound.label), error)) for error in error_texts(bound)]
    return links
