"""The blank workbook: each chosen step with its questions and room to write. As DOCX here, as PDF by a template."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samverka.kernel.word import WordDocument
from samverka.processes.reading import StepView

from .choice import Choice

#: Millimetres on paper.
TWO_COLUMNS, THREE_COLUMNS = (58, 108), (44, 82, 40)
ROOM, LINE = 24, 11
PROMISES = 8  # empty rows for who does what by when


def workbook_title(known: Mapping[str, str]) -> str:
    """Return the heading of the workbook."""
    return _("Arbetsbok: {title}").format(title=known["title"]) if known.get("title") else _("Arbetsbok för mötet")


def meeting_facts(known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what was filled in of the meeting, with its labels; what is unknown is an empty text to write on."""
    return [
        (_("Vi som bjuder in"), known.get("who", "")),
        (_("Inbjudna"), known.get("whom", "")),
        (_("När"), known.get("when", "")),
        (_("Var"), known.get("place", "")),
        (_("Vem man ringer"), known.get("contact", "")),
    ]


def to_write(step: StepView) -> list[str]:
    """Return what there is to write down of a step: its notes, what it leaves behind, where the parties differ."""
    return [_("Anteckningar"), *(field.label for field in step.leaves.fields), _("Det här ser vi olika på")]


def workbook_docx(choice: Choice, known: Mapping[str, str]) -> bytes:
    """Return the workbook as a Word document."""
    model = choice.model
    document = WordDocument(title=workbook_title(known), language=model.language, author=model.name)
    document.footer(f"{model.name} · {choice.address.partition('?')[0]}")
    document.paragraph(how_to(model.name))
    if known.get("purpose"):
        document.heading(_("Varför vi ses"), 2)
        document.paragraph(known["purpose"])
    document.heading(_("Mötet"), 2)
    document.writing_table([_("Uppgift"), _("Svar")], meeting_facts(known), widths=TWO_COLUMNS, height=LINE)
    document.heading(_("Frågorna"), 2)
    document.bullets(f"{step.code} {step.question.text}" for step in choice.steps)
    for step in choice.steps:
        _add_step(document, step)
    document.heading(_("Vem gör vad till när?"), 2, new_page=True)
    document.writing_table(
        [_("Vem"), _("Gör vad"), _("Till när")], [()] * PROMISES, widths=THREE_COLUMNS, height=LINE + 4
    )
    return document.content()


def how_to(model_name: str) -> str:
    """Return what the workbook says first."""
    return _(
        "Läs frågan högt, prata först och skriv sedan. En av er skriver för alla. Hoppa över det som inte passar. "
        "Frågorna kommer från {model}."
    ).format(model=model_name)


def _add_step(document: WordDocument, step: StepView) -> None:
    document.heading(f"{step.code} {step.name}", 2, new_page=True)
    document.paragraph(step.question.text, large=True)
    document.heading(_("Följdfrågor"), 3)
    document.bullets(question.text for question in step.follow_ups)
    document.heading(step.leaves.label, 3)
    document.writing_table(
        [_("Att skriva upp"), _("Här skriver ni")],
        [(label,) for label in to_write(step)],
        widths=TWO_COLUMNS,
        height=ROOM,
    )
    document.paragraph("☐ " + step.done_when)
    if step.template:
        document.heading(_("Mall: {name}").format(name=step.template.name), 3)
        document.writing_table(
            [_("Rad"), _("Här skriver ni")], [(line,) for line in step.template.lines], widths=TWO_COLUMNS, height=LINE
        )
