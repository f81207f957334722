"""Forms of meetings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.actions import Present, Typed
from samverka.collaborations.models import Party
from samverka.kernel.personal_numbers import mentions
from samverka.processes.reading import ModelView, StepView

#: Empty rows for people who are not known here; more are added when the meeting is under way.
ROWS = 5
LONGEST = 20_000


class StartMeetingForm(forms.Form):
    """Which steps are asked about, and who is there."""

    steps = forms.MultipleChoiceField(
        label=_("Vilka frågor tar ni upp?"),
        error_messages={"required": _("Välj minst en fråga.")},
        widget=forms.CheckboxSelectMultiple,
    )
    follow_ups = forms.BooleanField(
        label=_("Ta följdfrågorna också, en i taget"),
        help_text=_("Annars står de som stöd under huvudfrågan."),
        required=False,
    )
    known = forms.MultipleChoiceField(
        label=_("Vilka är med?"),
        help_text=_("De får texten med e-post när mötet är slut."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, model: ModelView, people: Sequence[tuple[Any, Party]], parties: Sequence[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.model, self.people, self.parties = model, {str(user.public_id): (user, p) for user, p in people}, parties
        self.fields["steps"].choices = [(step.code, step.question.text) for step in model.steps]  # type: ignore[attr-defined]
        self.fields["known"].choices = [  # type: ignore[attr-defined]
            (key, f"{user}, {party.name}") for key, (user, party) in self.people.items()
        ]
        for number in range(1, ROWS + 1):
            self.fields[f"name_{number}"] = forms.CharField(label=_("Namn"), max_length=150, required=False)
            self.fields[f"party_{number}"] = _party_field(parties)
            self.fields[f"email_{number}"] = forms.EmailField(label=_("E-postadress"), required=False)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The rows for people who are not known here: name, party, address."""
        return [(self[f"name_{n}"], self[f"party_{n}"], self[f"email_{n}"]) for n in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any] | None:
        """Ask for a name where an address was written."""
        for number in range(1, ROWS + 1):
            if self.cleaned_data.get(f"email_{number}") and not self.cleaned_data.get(f"name_{number}"):
                self.add_error(f"name_{number}", _("Skriv vem adressen hör till."))
        return self.cleaned_data

    @property
    def questions(self) -> list[str]:
        """The codes of the questions that were chosen, in the model's order."""
        chosen = [step for step in self.model.steps if step.code in self.cleaned_data["steps"]]
        return [code for step in chosen for code in _codes(step, self.cleaned_data["follow_ups"])]

    @property
    def present(self) -> list[Present]:
        """Who is there: those who were ticked, then those who were written."""
        known = [self.people[key] for key in self.cleaned_data["known"]]
        ticked = [Present(str(user), party, user=user) for user, party in known]
        rows = [PresentRow(self.cleaned_data, str(number)) for number in range(1, ROWS + 1)]
        return ticked + [row.present(self.parties) for row in rows if row.name]


def _codes(step: StepView, follow_ups: bool) -> list[str]:
    return [question.code for question in step.questions] if follow_ups else [step.question.code]


def _party_field(parties: Sequence[Party]) -> forms.ChoiceField:
    choices = [("", _("Ingen av parterna")), *((party.public_id, party.name) for party in parties)]
    return forms.ChoiceField(label=_("Kommer från"), choices=choices, required=False)


class PresentRow:
    """A person as written in three fields."""

    def __init__(self, values: Mapping[str, Any], number: str = "") -> None:
        end = f"_{number}" if number else ""
        self.name = (values.get(f"name{end}") or "").strip()
        self.party, self.email = values.get(f"party{end}"), values.get(f"email{end}") or ""

    def present(self, parties: Sequence[Party]) -> Present:
        """Return the person, of the party that was chosen."""
        return Present(self.name, next((p for p in parties if p.public_id == self.party), None), self.email)


class AttendeeForm(forms.Form):
    """One more who is there."""

    name = forms.CharField(label=_("Namn"), max_length=150, error_messages={"required": _("Skriv vem som är med.")})
    party = forms.ChoiceField(label=_("Kommer från"), required=False)
    email = forms.EmailField(
        label=_("E-postadress"), required=False, help_text=_("Om personen vill ha texten efteråt.")
    )

    def __init__(self, *args: Any, parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = _party_field(parties)


class BoxesForm(forms.Form):
    """The boxes of a question: one for each party, and one for what they say together; each with its version.

    `saved` is what stands in them now: only what is new is looked through for personal identity numbers (users.md R10).
    """

    keep_numbers = forms.BooleanField(required=False, label=_("Spara ändå, det är inget personnummer eller det behövs"))
    asks_about_numbers = False

    def __init__(self, *args: Any, saved: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = saved
        for box in saved:
            self.fields[f"text_{box}"] = forms.CharField(max_length=LONGEST, required=False)
            self.fields[f"version_{box}"] = forms.IntegerField(min_value=0, required=False)

    def clean(self) -> dict[str, Any] | None:
        """Ask before a personal identity number is kept."""
        texts = {box: self.cleaned_data.get(f"text_{box}", "") for box in self.saved}
        new = [text for box, text in texts.items() if text and text.splitlines() != self.saved[box].splitlines()]
        if not self.cleaned_data.get("keep_numbers") and any(mentions(text) for text in new):
            self.asks_about_numbers = True
            raise forms.ValidationError(
                _("Texten verkar innehålla ett personnummer. Ta bort det, eller kryssa i att den ska sparas ändå.")
            )
        return self.cleaned_data

    @property
    def fault(self) -> str:
        """What is to be mended, in a sentence."""
        too_long = _("En text är för lång. Dela upp den; det får plats 20 000 tecken i varje ruta.")
        return str(next(iter(self.non_field_errors()), too_long))

    @property
    def typed(self) -> dict[str, Typed]:
        """What stands in each box that was sent; one that others have confirmed is not."""
        data, sent = self.cleaned_data, [box for box in self.saved if f"text_{box}" in self.data]
        return {box: Typed(data[f"text_{box}"], data[f"version_{box}"] or 0) for box in sent}
