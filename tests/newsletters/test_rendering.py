"""An issue as a mail: subject, HTML and plain text, with marks where recipients differ."""

import datetime

import pytest
from django.utils.safestring import SafeString

from samverka.newsletters.letters import Letter
from samverka.newsletters.merging import MARKS, mark, merge, merged_lines
from samverka.newsletters.models import Issue, IssueText
from samverka.newsletters.rendering import document_of, render_issue
from tests.newsletters.issues import block, issue_of
from tests.people import Village

ATTACK = '<script>alert(1)</script>"onload="x'


@pytest.fixture
def issue(village: Village) -> Issue:
    made = issue_of(village.municipality)
    block(made, "lead", text="Vi har skrivit **en vägledning**.\n\nDela den gärna.")
    block(made, "item", heading="Vägledningen", text="Den är kort.", for_whom="registratorer", quote="Äntligen kort",
          who="Karin Provsson", link_label="Läs den", link_url="/publikationer/", contact_name="Karin Provsson",
          contact_email="karin@exempelby.example")  # fmt: skip
    return made


def test_subject_says_what_is_to_be_done_first_and_number_last(issue: Issue) -> None:
    assert render_issue(issue).subject == "[För kännedom] Ny vägledning om samverkan, dnr 0531/20"


@pytest.mark.parametrize(
    ("matter", "day", "begins"),
    [
        ("answer_required", datetime.date(2027, 4, 30), "[Svar senast 30 april 2027] "),
        ("answer_wished", None, "[Svar önskas] "),
        ("invitation", None, "[Inbjudan] "),
    ],
)
def test_subject_of_each_matter(issue: Issue, matter: str, day: datetime.date | None, begins: str) -> None:
    issue.matter, issue.answer_by = matter, day
    assert render_issue(issue).subject.startswith(begins)


def test_letter_holds_only_known_marks(issue: Issue) -> None:
    letter = render_issue(issue)
    for name in MARKS - {"merged_text", "unsubscribe_url"}:  # official mail is routed, not ended
        assert mark(name) in letter.html
    for name in MARKS - {"merged_html", "unsubscribe_url"}:
        assert mark(name) in letter.text


def test_only_who_has_chosen_it_is_offered_to_leave_and_told_of_clicks(issue: Issue) -> None:
    official = render_issue(issue)
    issue.format = "magazine"
    magazine = render_issue(issue)
    for part in ("html", "text"):
        assert mark("unsubscribe_url") not in getattr(official, part)
        assert mark("unsubscribe_url") in getattr(magazine, part)
        assert "varken vem som öppnar mejlet eller vem som klickar" in getattr(official, part)
        assert "Klick på länkar räknas" in getattr(magazine, part)


def test_magazine_without_diary_number_is_nothing_to_register(issue: Issue) -> None:
    issue.format = "magazine"
    assert "FÖR REGISTRATORN" in render_issue(issue).text
    issue.diary_number = ""
    assert "FÖR REGISTRATORN" not in render_issue(issue).text


def test_letter_without_diary_number_has_no_line_for_it(issue: Issue) -> None:
    assert "Avsändarens dnr: 0531/20" in render_issue(issue).text
    issue.diary_number = ""
    letter = render_issue(issue)
    for said in (letter.html, letter.text):
        assert "Förslag till ärendemening: Ny vägledning" in said
        assert "dnr" not in said.lower()
        assert "saknas" not in said


def test_merge_escapes_what_differs_in_html_and_not_in_text(issue: Issue) -> None:
    merged = merge(render_issue(issue), {"why": "Ni är <registrator> & kansli"})
    assert "Ni är &lt;registrator&gt; &amp; kansli" in merged.html
    assert "Ni är <registrator> & kansli" in merged.text


def test_merge_leaves_no_mark(issue: Issue) -> None:
    merged = merge(render_issue(issue), {})
    assert "[[" not in merged.html + merged.text


def test_lines_about_the_own_place_are_escaped_and_stand_in_both_parts(issue: Issue) -> None:
    merged = merge(render_issue(issue), merged_lines(["Nytt exempel från <Grannby>"]))
    assert "Nytt exempel från &lt;Grannby&gt;</p>" in merged.html
    assert "Nytt exempel från <Grannby>" in merged.text


def test_merge_keeps_brackets_that_are_no_marks() -> None:
    letter = Letter("s", "[[annat]] [[why]]", "[[annat]]")
    assert merge(letter, {"why": SafeString("<b>x</b>")}).html == "[[annat]] <b>x</b>"


def test_typed_marks_and_code_are_text(village: Village) -> None:
    made = issue_of(village.municipality, subject=f"{ATTACK} [[preferences_url]]")
    block(made, "item", heading=ATTACK, text=f"{ATTACK} [x](javascript:alert(1)) [[receipt_url]]", link_label=ATTACK,
          link_url="https://x.example/")  # fmt: skip
    merged = merge(render_issue(made), {"preferences_url": "HEMLIG", "receipt_url": "HEMLIG2", "web_url": "/"})
    assert "<script" not in merged.html
    assert 'href="javascript' not in merged.html
    assert merged.html.count("HEMLIG") == 3  # the head's one and the foot's two, and none that was typed
    assert merged.text.count("HEMLIG") == 3


def test_plain_text_has_every_link_and_quote(issue: Issue) -> None:
    text = render_issue(issue).text
    assert "http://testserver/publikationer/" in text or "/publikationer/" in text
    assert "”Äntligen kort”\n– Karin Provsson" in text
    assert "en vägledning" in text
    assert "**" not in text


def test_edited_plain_text_stands_between_head_and_foot(issue: Issue) -> None:
    IssueText.objects.update(plain_text="Mina egna ord.")
    text = render_issue(issue).text
    assert "Mina egna ord." in text
    assert "Den är kort." not in text
    assert "[[preferences_url]]" in text


def test_diary_block_can_be_copied(issue: Issue) -> None:
    text = render_issue(issue).text
    assert "Avsändarens dnr: 0531/20\nFörslag till ärendemening: Ny vägledning om samverkan" in text
    assert "Brukar inte behöva diarieföras; ni avgör." in text


def test_document_has_each_language(issue: Issue) -> None:
    IssueText.objects.create(issue=issue, language="en", subject="New guidance")
    block(issue, "lead", language="en", text="We have written a guide.")
    document = document_of(issue)
    assert list(document) == ["sv", "en"]
    assert (
        document["en"]["subject"].endswith("New guidance, dnr 0531/20") or "New guidance" in document["en"]["subject"]
    )
    assert "We have written a guide." in document["en"]["html"]
    assert document["sv"]["web"]["parts"][1]["contact"]["name"] == "Karin Provsson"


@pytest.mark.parametrize(("format", "ends"), [("official", False), ("magazine", True)])
def test_foot_says_what_the_receiver_can_do(village: Village, format: str, *, ends: bool) -> None:
    made = issue_of(village.municipality, format=format)
    block(made, "lead", text="Hej")
    letter = render_issue(made)
    for text in (letter.html, letter.text):
        assert ("Sluta få utskick" in text) == ends == ("[[unsubscribe_url]]" in text)
        assert ("Välj vem hos er som ska få det här" in text) != ends
        assert ("Klick på länkar räknas" in text) == ends
