"""A questionnaire on paper: tagged, with its tables' headings linked, and with all there is to know in advance."""

import io
import re

import pypdfium2
import pytest

from samverka.questionnaires.content import shipped_questionnaires
from samverka.web.questionnaire_papers import blank_form_pdf
from tests.questionnaires.forms import agreements


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", said)


ABOUT = {"sender": "Exempelmyndigheten", "provision": "", "consulted": "Exempelförbundet", "contact": ["Anna", "010-1"]}


@pytest.mark.parametrize(
    ("language", "duty"), [("sv", "Nej, det är frivilligt."), ("en", "What does the answer cover?")]
)
def test_blank_form_is_tagged_and_says_what_is_asked(language: str, duty: str) -> None:
    pdf = blank_form_pdf(shipped_questionnaires()["offentliga-aktorer"], language, ABOUT)
    for mark in (b"/StructTreeRoot", b"/MarkInfo", f"/Lang ({language})".encode()):
        assert mark in pdf
    said = _text(pdf)
    for words in ("Exempelmyndigheten", "Exempelförbundet", "Anna, 010-1", duty):
        assert words in said


def test_follow_up_question_says_when_it_is_answered() -> None:
    said = _text(blank_form_pdf(shipped_questionnaires()["offentliga-aktorer"], "sv"))
    assert "Svara om ni svarade Ja på: Har ni en väg in för föreningar?" in said
    assert "Frivilligt" not in said


def test_any_questionnaire_is_printed() -> None:
    said = _text(blank_form_pdf(agreements(), "sv"))
    for words in ("Vilken kommun?", "Råd som har mötts.", "Enstaka möten.", "Med vem?", "Välj högst 2.", "Ej aktuellt"):
        assert words in said
