"""Forms of reports: starting one, its facts, each kind of part, publishing and withdrawing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samverka.surveys.actions.report_blocks import FIELDS
from samverka.surveys.background import NAMES, name_of
from samverka.surveys.enums import BlockKind, ChapterRole, RoundSide
from samverka.surveys.measures import can_divide, shown_questions
from samverka.surveys.models import Report, ReportBlock, Round
from samverka.surveys.report_numbers import mark_fault, named_in
from samverka.surveys.reporting import round_of
from samverka.surveys.results import RoundResults
from samverka.web.workspace.forms_left_behind import wide

_MARKDOWN = _(
    "Tom rad mellan stycken. # före en rubrik, - före en punkt i en lista, [ord](adress) för en länk. "
    "Siffror som följer svaren skrivs {{kod:svar}}, se listan nedanför."
)
#: What the text of a part is called, and what helps there.
_TEXTS: dict[str, tuple[Any, Any]] = {
    BlockKind.CHAPTER: (_("Kapitlets text"), _MARKDOWN),
    BlockKind.TEXT: (_("Text"), _MARKDOWN),
    BlockKind.FIGURE: (_("Text under siffran"), _("Det läsaren bör veta för att förstå siffran rätt. Får vara tom.")),
    BlockKind.MAP: (_("Text under kartan"), _("Det läsaren bör veta för att förstå kartan rätt. Får vara tom.")),
    BlockKind.QUOTE: (_("Citatet"), _("Ord för ord, utan citattecken.")),
}


#: What cannot be left empty in a part that is saved.
_NEEDED: dict[str, tuple[str, ...]] = {
    BlockKind.CHAPTER: ("heading",), BlockKind.TEXT: ("text",), BlockKind.FIGURE: ("variable",),
    BlockKind.MAP: ("variable",), BlockKind.QUOTE: ("text", "who"),
}  # fmt: skip


def _rounds(**only: Any) -> Any:
    return Round.objects.real().filter(opened_at__isnull=False, **only).select_related("version__questionnaire")


class StartForm(forms.Form):
    """Which round a report is about, in what language, and what it is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_texts: Any = {
            "title": _("Så att den som söker hittar den: Så samverkar kommuner och föreningar 2027."),
            "beside": _("Om rapporten också ska ha siffror från den andra sidans omgång."),
        }
        names = ("round", "language", "title", "beside")
        widgets: Any = {"language": forms.RadioSelect}
        self.fields |= forms.fields_for_model(Report, names, widgets=widgets, help_texts=help_texts)
        for name, empty in (("round", _("Välj omgång")), ("beside", _("Ingen"))):
            self.fields[name].queryset = _rounds()  # type: ignore[attr-defined]
            self.fields[name].empty_label = empty  # type: ignore[attr-defined]


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a report is called and begins with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Report
        fields = ("title", "lead", "beside")
        widgets = {"lead": wide(3)}
        help_texts = {"lead": _("Det viktigaste i två eller tre meningar. Står under rubriken.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beside"].queryset = _rounds().exclude(pk=self.instance.round_id)  # type: ignore[attr-defined]
        self.fields["beside"].empty_label = _("Ingen")  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in ("title", "lead", "beside")}


class BlockForm(forms.ModelForm):  # type: ignore[type-arg]
    """One part of a report, with the fields that its kind has. Which choices there are, its round says."""

    from_beside = forms.TypedChoiceField(
        label=_("Siffrorna kommer från"), coerce=lambda value: value == "True", required=False, empty_value=""
    )
    variable = forms.ChoiceField(label=_("Fråga"), required=False)
    by = forms.ChoiceField(label=_("Dela upp efter"), required=False)
    option = forms.ChoiceField(
        label=_("Svar som visas"), required=False,
        help_text=_("När siffran delas upp, och på kartan vid flera svar. Byt fråga och titta, så byts svaren."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ReportBlock
        fields = ("from_beside", "variable", "by", "option", "shape", "heading", "text", "who", "consent")
        widgets = {"shape": forms.RadioSelect, "text": wide(10)}
        help_texts = {
            "who": _("Så som den som citeras vill stå: en samordnare i en mellanstor kommun."),
            "consent": _(
                "Ett svar i en enkät är inget ja till att bli citerad. Utan ja går rapporten inte att publicera."
            ),
        }

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        self._keep_fields()
        if "from_beside" in self.fields:
            self._offer_rounds()
        self.results = RoundResults(round_of(report, self._probe()), report.language)
        if "variable" in self.fields:
            self._offer_questions()

    def _keep_fields(self) -> None:
        kind = self.instance.kind
        for name in set(self.Meta.fields) - set(FIELDS[kind]):
            del self.fields[name]
        self.fields["text"].label, self.fields["text"].help_text = _TEXTS[kind]
        if kind in {BlockKind.FIGURE, BlockKind.MAP}:
            self.fields["heading"].help_text = _("Säg vad man ser. Lämna tomt så skrivs rubriken av sig själv.")
            self.fields["text"].widget.attrs["rows"] = 4
        for name in _NEEDED[kind]:
            self.fields[name].required = True
        if "from_beside" in self.fields and not self.report.beside:
            del self.fields["from_beside"]

    def _offer_rounds(self) -> None:
        both = (("False", str(self.report.round)), ("True", str(self.report.beside)))
        self.fields["from_beside"].choices = both  # type: ignore[attr-defined]

    def _told(self, name: str) -> Any:
        """Return what is chosen in a field now, before anything is checked."""
        return self[name].value() if name in self.fields else getattr(self.instance, name)

    def _probe(self) -> ReportBlock:
        return ReportBlock(from_beside=str(self._told("from_beside")) == "True")

    def _offer_questions(self) -> None:
        found = self.results.round
        questions = {question.code: question for question in shown_questions(found)}
        self.fields["variable"].choices = [("", _("Välj fråga")), *self._grouped()]  # type: ignore[attr-defined]
        chosen = questions.get(str(self._told("variable")))
        options = self.results.values(chosen) if chosen else []
        is_map = self.instance.kind == BlockKind.MAP
        first = _("Det första, om man kunde välja flera") if is_map else _("Ja, eller det vanligaste")
        self.fields["option"].choices = [("", first), *options]  # type: ignore[attr-defined]
        if "by" in self.fields:
            self.fields["by"].choices = [("", _("Ingenting")), *self._divisions()]  # type: ignore[attr-defined]
        if self.is_bound and self._told("option") not in dict(options):
            data: Any = self.data
            self.data = data.copy()
            self.data["option"] = ""  # type: ignore[index]

    def _grouped(self) -> list[Any]:
        """Return the questions under the block or table that they stand in."""
        definition, language = self.results.definition, self.results.language
        found: dict[str, list[tuple[str, str]]] = {}
        for question in shown_questions(self.results.round):
            around = definition.by_code[question.code].within
            heading = definition.text(around[-1].label, language) if around else ""
            label = definition.text(question.label, language) or question.code
            found.setdefault(heading or _now("Frågor"), []).append((question.code, label))
        return list(found.items())

    def _divisions(self) -> list[Any]:
        is_public = self.results.round.side == RoundSide.PUBLIC
        definition, language = self.results.definition, self.results.language
        questions = [
            (q.code, definition.text(q.label, language) or q.code)
            for q in shown_questions(self.results.round) if can_divide(q)
        ]  # fmt: skip
        backgrounds = [(name, name_of(name)) for name in NAMES] if is_public else []
        return [*backgrounds, *([(_now("Svaret på en annan fråga"), questions)] if questions else [])]

    def clean_text(self) -> str:
        """Refuse a number that is not there, and say which there are."""
        text: str = self.cleaned_data["text"]
        for mark in named_in(text):
            if fault := mark_fault(self.results, mark):
                raise forms.ValidationError(f"{{{{{mark}}}}}: {fault}")
        return text

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        told = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        return told | ({"from_beside": told["from_beside"] is True} if "from_beside" in told else {})

    def as_block(self) -> ReportBlock:
        """Return the part as it would be, unsaved, for a look at it."""
        told = self.values()
        made = ReportBlock(report=self.report, kind=self.instance.kind, role=self.instance.role)
        made.public_id = self.instance.public_id
        for name, value in told.items():
            setattr(made, name, value)
        return made

    @property
    def is_required_chapter(self) -> bool:
        """Whether no report is published without words here."""
        return self.instance.role in {ChapterRole.METHOD, ChapterRole.MISSING}


class PublishForm(forms.Form):
    """What is changed since the last edition; asked from the second on."""

    what_changed = forms.CharField(
        label=_("Vad är ändrat sedan förra utgåvan?"), widget=wide(4), max_length=2000,
        help_text=_("Säg vad som var fel och vad som gäller nu. Det står först i den nya utgåvan."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["what_changed"]


class WithdrawForm(forms.Form):
    """Why an edition no longer holds."""

    reason = forms.CharField(
        label=_("Varför?"), widget=wide(3), max_length=500,
        help_text=_("Det står överst på rapportens sida. Rapporten går fortfarande att läsa."),
    )  # fmt: skip
