"""The fields of a question's form: what each is called, the help beside it, and which types have it."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverka.questionnaires.definition import Definition, Item
from samverka.questionnaires.enums import QuestionType as T
from samverka.questionnaires.texts import NAMES
from samverka.web.components.words import language

TEXTS = frozenset(NAMES)
MUST_ALWAYS, MUST_IF = "always", "if"
CODE_HELP = gettext_lazy(
    "Frågans namn i filer och villkor: a–z, siffror och _. Samma kod i nästa omgång gör att svaren kan jämföras."
)
_UNSURE = ("dont_know", "not_applicable")
_NUMBER = ("unit", "default", *_UNSURE)
_CHOICES = ("choices", "new_options", "or_other", "choice_filter", "default", *_UNSURE)
#: What only some types have.
ANSWER_FIELDS: dict[T, tuple[str, ...]] = {
    T.ONE: _CHOICES,
    T.SEVERAL: (*_CHOICES, "max_choices"),
    T.YES_NO: ("default", *_UNSURE),
    T.INTEGER: _NUMBER,
    T.DECIMAL: _NUMBER,
    T.MONEY: _NUMBER,
    T.SCALE: ("start", "end", "step", "low", "high", "default", *_UNSURE),
    T.DATE: ("default", *_UNSURE),
    T.TEXT: ("default", *_UNSURE),
    T.LONG_TEXT: ("default", *_UNSURE),
    T.PHONE: ("default", *_UNSURE),
    T.ORGANISATION: _UNSURE,
    T.FILE: ("accept", *_UNSURE),
    T.CALCULATED: ("calculation", "unit"),
}
#: (title, fields, whether it is always unfolded), in the order of the page.
GROUPS: tuple[tuple[Any, tuple[str, ...], bool], ...] = (
    (gettext_lazy("Orden"), ("label", "help", "minutes", "suits"), True),
    (
        gettext_lazy("Svaret"),
        (
            "choices", "new_options", "max_choices", "or_other", "calculation", "unit", "start", "end", "step", "low",
            "high", "accept", "dont_know", "not_applicable",
        ),
        True,
    ),
    (
        gettext_lazy("När frågan visas och måste besvaras"),
        ("visible_if", "must", "required_if", "required_message", "count"),
        False,
    ),
    (gettext_lazy("Vilka svar som stämmer"), ("valid_if", "valid_message", "warn_if", "warn_message"), False),
    (gettext_lazy("Vad som menas, och varifrån frågan kommer"),
     ("definition", "counts", "counts_not", "source", "since"), False),
    (gettext_lazy("Mer"), ("default", "choice_filter", "read_only", "appearance"), False),
)  # fmt: skip

_EXPRESSION_HELP = {
    "visible_if": (
        gettext_lazy("Visas bara när"),
        gettext_lazy("Tomt betyder alltid. Exempel: ${en_vag_in} = 'yes'. Fler exempel och alla koder står nedanför."),
    ),
    "required_if": (gettext_lazy("Måste besvaras när"), gettext_lazy("Används bara när du har valt det här ovanför.")),
    "valid_if": (
        gettext_lazy("Svaret stämmer när"),
        gettext_lazy("Punkten betyder svaret självt. Exempel: . >= 0 and . <= 100"),
    ),
    "warn_if": (
        gettext_lazy("Varna när"),
        gettext_lazy("En varning stoppar ingen. Exempel: . > ${rad_antal} * 12"),
    ),
    "calculation": (
        gettext_lazy("Beräkning"),
        gettext_lazy("Exempel: if(${antagen} = 'yes' and ${dialog} = 'yes', 'yes', 'no')"),
    ),
    "choice_filter": (
        gettext_lazy("Visa bara de val där"),
        gettext_lazy("Läser valens egna uppgifter. Exempel: lan = ${lan}"),
    ),
    "count": (gettext_lazy("Antal rader"), gettext_lazy("Tomt betyder att den som svarar lägger till rader själv.")),
}


def language_name(code: str) -> str:
    """Return what a language is called in the reader's own."""
    return str(Locale(language()).languages.get(code.split("-", maxsplit=1)[0], code))


def made_field(part: str, definition: Definition, item: Item) -> forms.Field:
    """Return the field of a part that is no text in languages."""
    if part in _EXPRESSION_HELP:
        return _expression(part)
    if part in _MADE:
        made: forms.Field = _MADE[part](definition, item)
        return made
    if part in _BOXES:
        label, about = _BOXES[part]
        return forms.BooleanField(label=label, help_text=about, required=False)
    label, about = _SHORT[part]
    return forms.CharField(label=label, help_text=about, required=False, max_length=500)


def _expression(part: str) -> forms.Field:
    label, about = _EXPRESSION_HELP[part]
    shown = {"rows": 2, "class": "is-expression", "data-expression": "", "spellcheck": "false", "autocapitalize": "off"}
    return forms.CharField(
        label=label, help_text=about, required=False, max_length=5_000, widget=forms.Textarea(attrs=shown)
    )


def _choices(definition: Definition, _item: Item) -> forms.Field:
    names = [(found.name, _list_label(definition, found.name)) for found in definition.lists]
    return forms.ChoiceField(
        label=_("Vallista"), choices=[("", _("Nya val, som jag skriver här nedanför")), *names], required=False
    )


def _list_label(definition: Definition, name: str) -> str:
    labels = [definition.text(option.label, definition.language) for option in definition.options_by_list[name]]
    return f"{name}: {', '.join(labels)}"[:90]


def _new_options(definition: Definition, _item: Item) -> forms.Field:
    about = _("Ett val på varje rad.")
    if len(definition.languages) > 1:
        about = _("Ett val på varje rad, med språken efter varandra: Ja | Yes")
    return forms.CharField(
        label=_("Nya val"), help_text=about, required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


def _must(_definition: Definition, _item: Item) -> forms.Field:
    choices = [("", _("Nej")), (MUST_ALWAYS, _("Ja, alltid")), (MUST_IF, _("Ja, när villkoret nedanför stämmer"))]
    return forms.ChoiceField(
        label=_("Måste frågan besvaras?"), required=False, widget=forms.RadioSelect, choices=choices
    )


def _whole(label: Any, about: Any = "") -> Any:
    def make(_definition: Definition, _item: Item) -> forms.Field:
        return forms.IntegerField(
            label=label, help_text=about, required=False, min_value=-1_000_000, max_value=1_000_000
        )

    return make


def _accept(_definition: Definition, _item: Item) -> forms.Field:
    kinds = [("", _("Vilken fil som helst")), ("image", _("Bild")), ("audio", _("Ljud")), ("video", _("Film"))]
    return forms.ChoiceField(label=_("Slag av fil"), choices=kinds, required=False)


_MADE: dict[str, Any] = {
    "choices": _choices,
    "new_options": _new_options,
    "must": _must,
    "accept": _accept,
    "start": _whole(gettext_lazy("Lägsta värde")),
    "end": _whole(gettext_lazy("Högsta värde")),
    "step": _whole(gettext_lazy("Steg"), gettext_lazy("Tomt betyder 1.")),
    "max_choices": _whole(gettext_lazy("Högsta antal val"), gettext_lazy("Tomt betyder hur många som helst.")),
    "minutes": _whole(gettext_lazy("Minuter"), gettext_lazy("Ungefär hur lång tid avsnittet tar.")),
}
_BOXES: dict[str, tuple[Any, Any]] = {
    "or_other": (gettext_lazy("Ha med valet ”Annat” med en rad att skriva på"), ""),
    "dont_know": (gettext_lazy("Det går att svara ”Vet inte”"), ""),
    "not_applicable": (gettext_lazy("Det går att svara ”Ej aktuellt”"), ""),
    "read_only": (gettext_lazy("Svaret går bara att läsa, inte ändra"), ""),
}
_SHORT: dict[str, tuple[Any, Any]] = {
    "source": (gettext_lazy("Källa"), gettext_lazy("Varifrån frågan eller definitionen kommer.")),
    "since": (gettext_lazy("Ställd så sedan"), gettext_lazy("Året då frågan först ställdes med de här orden.")),
    "default": (gettext_lazy("Står redan i svaret"), gettext_lazy("Ett värde, som det skrivs i en fil med svar.")),
    "appearance": (gettext_lazy("Utseende i andra program"), gettext_lazy("Följer med till XLSForm. Lämna tomt.")),
}
