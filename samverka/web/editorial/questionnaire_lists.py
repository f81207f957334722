"""Lists of choices of a draft: choices added, moved, renamed and made exclusive, as rows of one form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.questionnaires import actions
from samverka.questionnaires.definition import ChoiceList, Definition, Option
from samverka.questionnaires.marks import mark_of
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.forms import error_links, field_view
from samverka.web.components.refusals import refusals_on
from samverka.web.workspace.conflicts import Differing

from .questionnaire_draft import the_draft
from .questionnaire_fields import language_name

MOST_OPTIONS = 400
_FIELDS = ("value", "exclusive", "attributes")


class ListForm(forms.Form):
    """What the list is called."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=gettext_lazy("Listans namn"), max_length=60,
        help_text=gettext_lazy("a–z, siffror och _. Frågor som använder listan följer med när den byter namn."),
        widget=forms.TextInput(attrs={"class": "is-short", "autocapitalize": "off", "spellcheck": "false"}),
    )  # fmt: skip


class OptionForm(forms.Form):
    """One choice."""

    value = forms.CharField(
        label=gettext_lazy("Värde"), max_length=100, required=True,
        widget=forms.TextInput(attrs={"class": "is-short", "autocapitalize": "off", "spellcheck": "false"}),
    )  # fmt: skip
    exclusive = forms.BooleanField(label=gettext_lazy("Kan inte väljas tillsammans med andra"), required=False)
    attributes = forms.CharField(
        label=gettext_lazy("Uppgifter för urval"), max_length=500, required=False,
        help_text=gettext_lazy("Bara för val som visas ibland. Exempel: lan=14, slag=kommun"),
    )  # fmt: skip

    def __init__(self, languages: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, code in enumerate(languages):
            label = _("Text") if len(languages) == 1 else _("Text (%(language)s)") % {"language": language_name(code)}
            self.fields[f"label_{code}"] = forms.CharField(
                label=label, max_length=500, required=place == 0, widget=forms.TextInput(attrs={"lang": code})
            )
        self.languages = languages

    def clean_value(self) -> str:
        """Return the value, which has no spaces."""
        value: str = self.cleaned_data["value"].strip()
        if any(sign.isspace() for sign in value):
            raise forms.ValidationError(_("Ett värde har inga mellanslag. Skriv _ i stället."))
        return value

    def clean_attributes(self) -> dict[str, str]:
        """Return the columns of the choice: "lan=14, slag=kommun"."""
        pairs = [part.partition("=") for part in self.cleaned_data["attributes"].split(",") if part.strip()]
        if any(not sign or not name.strip().isidentifier() for name, sign, _text in pairs):
            raise forms.ValidationError(_("Skriv namn=värde med komma mellan, till exempel lan=14, slag=kommun."))
        return {name.strip(): text.strip() for name, _sign, text in pairs}

    def option(self) -> Option:
        """Return the choice."""
        given = self.cleaned_data
        label = {code: given[f"label_{code}"].strip() for code in self.languages}
        kept = {code: text for code, text in label.items() if text}
        return Option(given["value"], kept, given["exclusive"], given["attributes"])

    def views(self) -> list[Any]:
        """Return the fields as the row shows them: the words first."""
        names = [*(f"label_{code}" for code in self.languages), *_FIELDS]
        return [field_view(self[name]) for name in names]


@requires(can_run_surveys)
def editorial_draft_lists(request: HttpRequest, slug: str) -> HttpResponse:
    """The lists, with the questions that use each."""
    draft, definition = the_draft(slug)
    rows = [
        (found, [question.code for question in definition.questions if question.choices == found.name])
        for found in definition.lists
    ]
    return render(request, "editorial/draft_lists.html", {"draft": draft, "rows": rows})


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_draft_list(request: HttpRequest, slug: str, name: str = "") -> HttpResponse:
    """Change a list, or make a new one. Buttons in a row change what is typed; only saving writes."""
    draft, definition = the_draft(slug)
    found = next((one for one in definition.lists if one.name == name), None)
    if name and found is None:
        raise NotVisible
    do, conflict = request.POST.get("do", "save"), list[Differing]()
    form = ListForm(request.POST or None, initial={"name": name, "mark": mark_of(found) if found else ""})
    options = _options(request, definition, found)
    if request.method == "POST" and do == "remove":
        actions.remove_list(by=request.user, draft=draft, name=name)
        messages.success(request, _("Listan är borttagen."))
        return redirect("editorial_draft_lists", slug=slug)
    if request.method == "POST" and do != "save":
        form, options = _rearranged(form, options, definition, do)
    elif form.is_valid() & all(option.is_valid() for option in options) and request.method == "POST":
        made = ChoiceList(form.cleaned_data["name"].strip(), tuple(option.option() for option in options))
        try:
            with refusals_on(form):
                _save(request, draft, name, made, form)
                return redirect("editorial_draft_lists", slug=slug)
        except Conflict as both:
            conflict = _differing(both, definition)
            form = ListForm({**request.POST.dict(), "mark": mark_of(found) if found else ""})
    context = {
        "draft": draft, "form": form, "name": name, "conflict": conflict,
        "rows": [(option, option.views()) for option in options],
        "links": [*error_links(form), *(link for option in options for link in error_links(option))]
        if form.is_bound else [],
        "unsaved": request.method == "POST" and do != "save",
        "users": [question.code for question in definition.questions if name and question.choices == name],
    }  # fmt: skip
    status = 409 if conflict else 422 if context["links"] else 200
    return render(request, "editorial/draft_list.html", context, status=status)


def _save(request: HttpRequest, draft: Any, name: str, made: ChoiceList, form: ListForm) -> None:
    actions.change_list(by=request.user, draft=draft, name=name, found=made, mark=form.cleaned_data["mark"])
    messages.success(request, _("Listan är sparad."))


def _options(request: HttpRequest, definition: Definition, found: ChoiceList | None) -> list[OptionForm]:
    """Return the rows of the form: as they were sent, or as the list is."""
    codes = [one.code for one in definition.languages]
    if request.method != "POST":
        saved = [OptionForm(codes, prefix=f"o{n}", initial=_initial(one)) for n, one in enumerate(_kept(found))]
        return saved or [OptionForm(codes, prefix="o0"), OptionForm(codes, prefix="o1")]
    text = request.POST.get("rows", "0")
    count = min(int(text), MOST_OPTIONS) if text.isascii() and text.isdigit() else 0
    return [OptionForm(codes, request.POST, prefix=f"o{number}") for number in range(count)]


def _kept(found: ChoiceList | None) -> tuple[Option, ...]:
    return found.options if found else ()


def _initial(option: Option) -> dict[str, Any]:
    attributes = ", ".join(f"{name}={text}" for name, text in option.attributes.items())
    labels = {f"label_{code}": text for code, text in option.label.items()}
    return {"value": option.value, "exclusive": option.exclusive, "attributes": attributes} | labels


def _rearranged(form: ListForm, options: list[OptionForm], definition: Definition, do: str) -> Any:
    """Return the form and its rows after a button in a row: nothing typed is lost, nothing is judged yet."""
    what, _sign, text = do.partition(":")
    here = int(text) if text.isascii() and text.isdigit() else -1
    rows = [_typed(option) for option in options]
    if what == "add" and len(rows) < MOST_OPTIONS:
        rows.append({})
    elif 0 <= here < len(rows):
        row = rows.pop(here)
        if what in {"up", "down"}:
            rows.insert(max(here + (-1 if what == "up" else 1), 0), row)
    codes = [one.code for one in definition.languages]
    kept = ListForm(initial={name: form.data.get(name, "") for name in ("name", "mark")})
    return kept, [OptionForm(codes, prefix=f"o{number}", initial=row) for number, row in enumerate(rows)]


def _typed(option: OptionForm) -> dict[str, Any]:
    return {name: option[name].data for name in option.fields}


def _differing(both: Conflict, definition: Definition) -> list[Differing]:
    sides = [_told(both.details[side], definition) for side in ("theirs", "yours")]
    return [Differing(_("Val"), sides[0], sides[1])]


def _told(found: ChoiceList | None, definition: Definition) -> str:
    options = found.options if found else ()
    return ", ".join(f"{one.value}: {definition.text(one.label, definition.language)}" for one in options)
