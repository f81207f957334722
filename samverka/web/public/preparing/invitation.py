"""The draft of an invitation, from what has been filled in. What is not known stands in square brackets."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverka.web.components.words import duration

from .agenda import total_minutes
from .choice import Choice


@dataclass(frozen=True)
class Draft:
    """An invitation as a mail, and in short for a text message or a notice."""

    subject: str
    mail: str
    short: str


def draft_invitation(choice: Choice, known: Mapping[str, str]) -> Draft:
    """Return a draft about the chosen questions; `known` is what was filled in (`forms_prepare.PrepareForm.known`)."""
    said = {name: known.get(name, "").rstrip(".") or blank for name, blank in _blanks().items()}
    model, paragraphs = choice.model, _paragraphs(choice, known, said)
    short = _(
        "Hej! Vi är {who}. Vi vill gärna träffa er och prata om en sak: {title}. Passar {when}? Plats: {place}. "
        "Ni lovar ingenting genom att komma. Svara eller ring: {contact}."
    ).format(**said)
    return Draft(
        subject=_("Vill ni träffa oss? {title}").format(**said),
        mail="\n\n".join(part for part in paragraphs if part),
        short=short + "\n\n" + _("Mötet följer {model}.").format(model=model.name),
    )


def greeting(known: Mapping[str, str]) -> str:
    """Return what was filled in of the meeting, as lines to send with an invitation made here; "" for nothing."""
    return "\n".join(f"{label} {known[name]}" for name, label in greeting_labels().items() if known.get(name))


def greeting_labels() -> dict[str, str]:
    """Return what stands before each of the greeting's lines, by the names of what was filled in."""
    return {
        "when": _("När vi kan träffas:"),
        "place": _("Var:"),
        "who": _("Vilka vi är:"),
        "whom": _("Vilka vi vill träffa:"),
        "contact": _("Ring om ni undrar något:"),
    }


def _blanks() -> dict[str, str]:
    return {
        "title": _("[vad det handlar om]"),
        "who": _("[vilka ni är]"),
        "whom": _("[vilka ni bjuder in]"),
        "when": _("[dag och tid]"),
        "place": _("[plats]"),
        "contact": _("[namn och telefonnummer]"),
    }


def _paragraphs(choice: Choice, known: Mapping[str, str], said: Mapping[str, str]) -> list[str]:
    why = _("Därför frågar vi: {purpose}").format(purpose=known["purpose"]) if known.get("purpose") else ""
    length = duration(total_minutes(choice.steps))
    questions = [_("Det här vill vi prata om:"), *(f"– {step.question.text}" for step in choice.steps)]
    return [
        _("Hej {whom}!").format(**said),
        _("Vi som skriver är {who}. Vi vill gärna träffa er och prata om en sak: {title}.").format(**said),
        why,
        _("När: {when}\nVar: {place}\nHur länge: ungefär {length}").format(length=length, **said),
        "\n".join(questions),
        _(
            "Ni lovar ingenting genom att komma. Passar inte dagen hittar vi en annan. Säg också till om det är "
            "något ni behöver för att kunna vara med, till exempel tolk eller en annan tid."
        ),
        _("Svara gärna på det här mejlet, eller ring om det är lättare: {contact}.").format(**said),
        _("Hälsningar") + "\n" + said["who"],
        _("Frågorna kommer från {model}: {address}").format(model=choice.model.name, address=choice.address),
    ]
