"""An example or a portrait as its template reads it, from what was published or from the draft."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import ParticipationLevel, form_labels
from samverka.knowledge.documents import document_of
from samverka.knowledge.enums import DecisionStep, Holds, Licence, PageKind
from samverka.knowledge.models import Page, told_of
from samverka.knowledge.telling import still_shown
from samverka.processes.reading import SHIPPED, published_model
from samverka.web.components.markdown import rendered
from samverka.web.components.words import language

#: What one wants to know in a minute (users.md G9), and the rest, by column, with headings.
FIRST = {"done": _("Det här gjorde vi"), "cost": _("Det kostade"), "went_wrong": _("Det gick fel")}
REST = {"led_to": _("Det ledde till"), "lessons": _("Det har vi lärt oss")}
PORTRAIT = {
    "structure": _("Så är vi organiserade"), "agreements": _("Överenskommelser och avtal"),
    "grants": _("Stöd och bidrag"), "forums": _("Här möts vi"), "proud_of": _("Det är vi stolta över"),
    "struggles": _("Det brottas vi med"),
}  # fmt: skip


@dataclass(frozen=True)
class ExampleView:
    """What the page shows. `body` holds parties, quotes and pictures."""

    page: Page
    document: dict[str, Any]
    body: dict[str, Any]

    @classmethod
    def of(cls, page: Page, document: dict[str, Any]) -> "ExampleView":
        """Return a published page, without what has been taken back since."""
        return cls(page, document, still_shown(page, document["body"]))

    @classmethod
    def of_draft(cls, page: Page) -> "ExampleView":
        """Return the page as it would be published now."""
        document = document_of(page)
        return cls(page, document, document["body"])

    @property
    def is_example(self) -> bool:
        """Whether it is an example and no portrait."""
        return bool(self.page.kind == PageKind.EXAMPLE)

    @property
    def told(self) -> Any:
        """The row of the kind: when it was confirmed."""
        return told_of(self.page)

    @property
    def holds_no_longer(self) -> bool:
        """Whether the contact has said that it holds no longer."""
        return bool(self.told.holds == Holds.NO)

    @property
    def first(self) -> list[tuple[str, Any, SafeString]]:
        """What one wants to know in a minute: (column, heading, text)."""
        return self._texts(FIRST)

    @property
    def rest(self) -> list[tuple[str, Any, SafeString]]:
        """Everything else that is told."""
        return self._texts(REST if self.is_example else PORTRAIT)

    def _texts(self, headings: dict[str, Any]) -> list[tuple[str, Any, SafeString]]:
        said = [(name, heading, self.body.get(name, "")) for name, heading in headings.items()]
        return [(name, heading, rendered(text)) for name, heading, text in said if text.strip()]

    @property
    def facts(self) -> list[tuple[Any, str]]:
        """Place, form, field, year and the axes, as (label, value)."""
        place, english = self.document["place"], language() == "en"
        fields = [names[1] if english else names[0] for _code, *names in self.document["fields"]]
        body = self.body
        return [
            (_("Plats"), place["name"] if place else ""),
            (_("För vem"), body.get("target_group", "")),
            (_("Form"), ", ".join(form_labels(self.document["forms"]))),
            (_("Område"), ", ".join(fields)),
            (_("År"), str(self.document["year"] or "")),
            (_("Delaktighetsnivå"), _label(ParticipationLevel, body.get("participation", ""))),
            (_("Steg i ett beslut"), _label(DecisionStep, body.get("decision_step", ""))),
            (_("Licens"), str(Licence(self.document["licence"]).label)),
        ]

    @property
    def steps(self) -> list[tuple[str, Any]]:
        """The steps of the model it is about: the model's slug and the step, for links."""
        codes, model = self.body.get("steps", []), published_model(SHIPPED)
        return [(SHIPPED, step) for step in model.steps if step.code in codes] if model and codes else []


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label) if code else ""
