"""A questionnaire on paper: tagged, with its tables' headings linked, and with all there is to know in advance."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from samverka.kernel import pdf_worker
from samverka.questionnaires.content import shipped_questionnaires
from samverka.web.questionnaire_papers import blank_form_pdf
from tests.questionnaires.forms import agreements

ABOUT = {"sender": "Exempelmyndigheten", "provision": "", "consulted": "Exempelförbundet", "contact": ["Anna", "010-1"]}


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", said)


@pytest.mark.parametrize(
    ("language", "question"), [("sv", "Nej, det är frivilligt."), ("en", "What does the answer cover?")]
)
def test_blank_form_is_tagged_and_says_what_is_asked(language: str, question: str) -> None:
    pdf = blank_form_pdf(shipped_questionnaires()["offentliga-aktorer"], language, ABOUT)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert (str(opened.Root.Lang), bool(opened.Root.MarkInfo.Marked)) == (language, True)
        headings = [
            ("/THead" in parents, str(element.A.Scope))
            for element, parents in pdf_worker.structure(opened)
            if element.S == "/TH"
        ]
    assert set(headings) == {(True, "/Column"), (False, "/Row")}
    said = _text(pdf)
    for words in ("Exempelmyndigheten", "Exempelförbundet", "Anna, 010-1", question):
        assert words in said


def test_follow_up_question_says_when_it_is_answered() -> None:
    said = _text(blank_form_pdf(shipped_questionnaires()["offentliga-aktorer"], "sv"))
    assert "Svara om ni svarade Ja på: Har ni en väg in för föreningar?" in said
    assert "Den som frågar" not in said


def test_any_questionnaire_is_printed() -> None:
    said = _text(blank_form_pdf(agreements(), "sv"))
    for words in ("Vilken kommun?", "Råd som har mötts.", "Enstaka möten.", "Med vem?", "Välj högst 2.", "Ej aktuellt"):
        assert words in said
