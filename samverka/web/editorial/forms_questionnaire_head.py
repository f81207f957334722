"""Small forms of a draft: its title and languages, where to move an item, and how a new questionnaire begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverka.kernel.errors import Conflict
from samverka.questionnaires.definition import Definition, Language
from samverka.questionnaires.marks import head_mark
from samverka.questionnaires.models import Version
from samverka.web.workspace.conflicts import Differing

from .questionnaire_fields import language_name

#: Languages that a questionnaire may be written in: those that many in Sweden read, national minorities' among them.
OFFERED = ("sv", "en", "fi", "se", "ar", "fa", "pl", "so", "de", "fr", "es", "nb", "da")


def as_language(code: str) -> Language:
    """Return the language as workbooks call it."""
    return Language(code, f"{language_name(code).capitalize()} ({code})")


class HeadForm(forms.Form):
    """The title in each language, which languages there are, and which is read first."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, definition: Definition, data: Any = None) -> None:
        self.definition = definition
        codes = [language.code for language in definition.languages]
        initial = {"mark": head_mark(definition), "languages": codes, "first": definition.language}
        super().__init__(data, initial=initial | {f"title_{code}": text for code, text in definition.title.items()})
        for code in codes:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Rubrik (%(language)s)") % {"language": language_name(code)},
                max_length=200,
                required=code == definition.language,
                widget=forms.TextInput(attrs={"lang": code}),
            )
        offered = [(code, language_name(code).capitalize()) for code in dict.fromkeys([*codes, *OFFERED])]
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Språk"), choices=offered, widget=forms.CheckboxSelectMultiple,
            help_text=_("Tar du bort ett språk finns dess texter kvar i utkastet, men visas inte."),
        )  # fmt: skip
        self.fields["first"] = forms.ChoiceField(label=_("Språk som läses där en översättning saknas"), choices=offered)

    def clean(self) -> dict[str, Any]:
        """Check that the first language is among those chosen."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("first") and given["first"] not in given.get("languages", []):
            self.add_error("first", _("Välj ett av språken som formuläret finns på."))
        return given

    def title(self) -> dict[str, str]:
        """Return the title, with texts in languages that are not on the page as they were."""
        said = {
            code: self.cleaned_data.get(f"title_{code}") for code in (one.code for one in self.definition.languages)
        }
        others = {code: text for code, text in self.definition.title.items() if code not in said}
        return others | {code: text.strip() for code, text in said.items() if text and text.strip()}

    def languages_chosen(self) -> tuple[Language, ...]:
        """Return the languages, the one that is read first at the front."""
        known = {language.code: language for language in self.definition.languages}
        first = self.cleaned_data["first"]
        codes = [first, *(code for code in self.cleaned_data["languages"] if code != first)]
        return tuple(known.get(code) or as_language(code) for code in codes)


def head_conflict(form: HeadForm, both: Conflict) -> list[Differing]:
    """Return what differs between the title and languages that are saved and those that were written."""
    theirs, yours = both.details["theirs"], both.details["yours"]
    codes = [language.code for language in form.definition.languages]
    rows = [Differing(str(form.fields[f"title_{code}"].label), theirs.title.get(code, ""), yours.title.get(code, ""))
            for code in codes]  # fmt: skip
    spoken = [", ".join(language_name(one.code) for one in side.languages) for side in (theirs, yours)]
    rows.append(Differing(str(form.fields["languages"].label), spoken[0], spoken[1]))
    return [row for row in rows if row.theirs != row.yours] or rows


class MoveForm(forms.Form):
    """Where to move an item."""

    place = forms.ChoiceField(label=gettext_lazy("Flytta till"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ChoiceField(label=_("Flytta till"), choices=[("", _("Välj plats …")), *places])


class NewForm(forms.Form):
    """How a new draft begins: from nothing, as a copy, or from a workbook."""

    needed_by_choice = ("title", "original", "file")

    title = forms.CharField(
        label=gettext_lazy("Rubrik"), max_length=200, required=False,
        help_text=gettext_lazy("Så som de som svarar läser den. En arbetsbok kan ha sin egen."),
    )  # fmt: skip
    slug = forms.CharField(
        label=gettext_lazy("Namn i adresser"), max_length=60,
        help_text=gettext_lazy("a–z, siffror och bindestreck: kartlaggning-2027. Det går inte att ändra sedan."),
        widget=forms.TextInput(attrs={"class": "is-short", "autocapitalize": "off", "spellcheck": "false"}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=gettext_lazy("Hur vill du börja?"),
        widget=forms.RadioSelect,
        choices=[
            ("scratch", gettext_lazy("Från början")),
            ("copy", gettext_lazy("Med en kopia av ett annat formulär")),
            ("workbook", gettext_lazy("Med en arbetsbok (XLSForm)")),
        ],
    )
    original = forms.ChoiceField(
        label=gettext_lazy("Formulär att kopiera"), required=False,
        help_text=gettext_lazy("Används när du har valt en kopia."),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Arbetsbok"), required=False,
        help_text=gettext_lazy(
            ".xlsx, .xls eller .md, högst 10 MB. Hela läses in, eller ingenting. Finns namnet redan blir arbetsboken "
            "ett nytt utkast av det formuläret."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Version.objects.published().select_related("questionnaire").defer("document")
        names = [(one.questionnaire.slug, one.questionnaire.title) for one in found.order_by("questionnaire__title")]
        self.fields["original"].choices = [("", _("Välj …")), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        how = given.get("how")
        if how == "scratch" and not given.get("title"):
            self.add_error("title", _("Skriv en rubrik."))
        if how == "copy" and not given.get("original"):
            self.add_error("original", _("Välj vilket formulär du vill kopiera."))
        if how == "workbook" and not given.get("file"):
            self.add_error("file", _("Välj en fil att läsa in."))
        return given
