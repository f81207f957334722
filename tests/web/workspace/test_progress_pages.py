"""A step's state and a phase: what one sees, what one may press, what happens."""

import re

import pytest
from django.test import Client

from samverka.collaborations import actions
from samverka.collaborations.enums import PhaseAnswer, StepState
from samverka.collaborations.models import PhaseConfirmation, StepChange
from samverka.collaborations.workflow import TRANSITIONS
from samverka.organisations.models import Membership
from samverka.web.workspace.progress import diary_picture, state_panel
from samverka.web.workspace.progress_words import phase_words
from tests.collaborations.crowd import more_parties
from tests.people import Together
from tests.world import client_of, seat_of

from .test_first_page import at, said


@pytest.fixture
def karin(together: Together) -> Client:
    return client_of(together.village.karin)


def press(together: Together, client: Client, name: str, **data: str) -> str:
    return client.post(at(together, name, "dagbok/3.3/lage/"), data, follow=True).content.decode()


def test_buttons_are_those_of_the_table(together: Together) -> None:
    karin = seat_of(together, "karin")
    assert karin.model is not None
    step = karin.model.step("3.3")
    assert step is not None
    for source in ("", StepState.UNDER_WAY, StepState.DONE, StepState.REOPENED):
        if source:
            StepChange.objects.create(
                collaboration=together.collaboration, step="3.3", state=source, party=karin.party, reason="Skäl"
            )
        panel = state_panel(karin, step)
        assert panel["state"] == source
        assert list(panel["ways"]) == [way for way in TRANSITIONS if way.source == source]
        assert state_panel(seat_of(together, "rut"), step)["ways"] == ()


def test_step_is_done_and_opened_again_with_a_reason(together: Together, karin: Client) -> None:
    assert "Steg 3.3: klart." in said(press(together, karin, "karin", state="done"))
    page = said(press(together, karin, "karin", state="reopened"))
    assert "Skriv varför steget öppnas igen" in page
    page = said(press(together, karin, "karin", state="reopened", reason="Vi lovade för mycket"))
    assert "Öppnat igen" in page
    assert "Skäl: Vi lovade för mycket" in page
    assert "Karin Provsson, Exempelby kommun" in page


@pytest.mark.parametrize("state", ["", "begun", "under_way"])
def test_what_the_table_lacks_changes_nothing(together: Together, karin: Client, state: str) -> None:
    press(together, karin, "karin", state="done")
    press(together, karin, "karin", state=state)
    assert StepChange.objects.count() == 1


def test_reason_box_names_its_readers(together: Together, karin: Client) -> None:
    press(together, karin, "karin", state="done")
    page = said(karin.get(at(together, "karin", "dagbok/3.3/")).content.decode())
    before = page[: page.index("Varför öppnas steget igen?")]
    panel = before[before.index("Läget för steget") :]
    assert "Läses av: Exempelby kommun och Exempelby byalag" in panel


def test_last_step_of_a_phase_asks_for_the_phase(together: Together, karin: Client) -> None:
    for code in ("3.1", "3.2", "3.4"):
        actions.change_step(by=seat_of(together, "karin"), step=code, state=StepState.DONE)
    assert "Alla steg i fasen är klara" in said(press(together, karin, "karin", state="done"))


def test_phase_shows_steps_voices_and_silence(together: Together, karin: Client) -> None:
    actions.change_step(by=seat_of(together, "karin"), step="1.1", state=StepState.DONE)
    actions.answer_phase(by=seat_of(together, "yusuf"), phase=1, answer=PhaseAnswer.CONFIRMED, comment="Så är det.")
    page = said(karin.get(at(together, "karin", "fas/1/")).content.decode())
    for word in ("1.1 Sätt ord på behovet", "Inte börjat", "Så är det.", "Har inte svarat än", "Klar enligt Exempelby"):
        assert word in page, word


def test_answer_is_given_and_seen(together: Together) -> None:
    yusuf = client_of(together.village.yusuf)
    path = at(together, "yusuf", "fas/1/")
    assert yusuf.post(path, {"answer": "not_yet", "comment": ""}).status_code == 422
    page = said(
        yusuf.post(path, {"answer": "not_yet", "comment": "Vi väntar på styrelsen"}, follow=True).content.decode()
    )
    assert "Inte klar enligt Exempelby byalag: ”Vi väntar på styrelsen”" in page
    yusuf.post(path, {"answer": "confirmed", "comment": ""})
    assert [row.answer for row in PhaseConfirmation.objects.all()] == ["confirmed", "not_yet"]


def test_no_answer_is_chosen_beforehand(together: Together, karin: Client) -> None:
    page = karin.get(at(together, "karin", "fas/1/")).content.decode()
    assert 'name="answer"' in page
    assert not re.search(r'name="answer"[^>]*checked', page)


def test_member_without_the_permission_is_told_who_answers(together: Together) -> None:
    fatima = client_of(together.village.fatima)
    page = fatima.get(at(together, "fatima", "fas/1/")).content.decode()
    assert 'name="answer"' not in page
    assert "en administratör eller beslutsfattare" in said(page)
    assert fatima.post(at(together, "fatima", "fas/1/"), {"answer": "confirmed"}).status_code == 403


def test_person_on_both_sides_is_told_why_and_confirms_nothing(together: Together, karin: Client) -> None:
    Membership.objects.create(user=together.village.karin, organisation=together.village.association, role="member")
    page = karin.get(at(together, "karin", "fas/1/")).content.decode()
    assert "Därför kan du inte säga om fasen är klar" in said(page)
    assert 'name="answer"' not in page
    karin.post(at(together, "karin", "fas/1/"), {"answer": "confirmed"})
    assert not PhaseConfirmation.objects.exists()


def test_words_name_the_silent_as_long_as_they_are_few(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.answer_phase(by=karin, phase=1, answer=PhaseAnswer.CONFIRMED)
    standing = diary_picture(karin, lambda step: "")["phases"][0][0]
    assert phase_words(standing) == "Klar enligt Exempelby kommun; Exempelby byalag har inte svarat än"
    seats = more_parties(together, 9)
    for seat in seats[:6]:
        actions.answer_phase(by=seat, phase=1, answer=PhaseAnswer.CONFIRMED)
    standing = diary_picture(seat_of(together, "karin"), lambda step: "")["phases"][0][0]
    assert phase_words(standing).startswith("Klar enligt 7 parter; 7 av 11 har svarat sedan ")
    for seat in seats[6:8]:
        actions.answer_phase(by=seat, phase=1, answer=PhaseAnswer.CONFIRMED)
    words = phase_words(diary_picture(seat_of(together, "karin"), lambda step: "")["phases"][0][0])
    assert words.startswith("Klar enligt 9 parter; Exempelby byalag har inte svarat än, ")
    assert ", Förening 09 har inte svarat än" in words


def test_picture_says_states_by_mark_and_word(together: Together, karin: Client) -> None:
    press(together, karin, "karin", state="done")
    page = karin.get(at(together, "karin", "dagbok/")).content.decode()
    picture = page[page.index('<svg class="model-picture"') : page.index("</figure>")]
    assert re.search(r'aria-label="3\.3 [^"]*: klart"', picture)
    assert "state-mark--done" in picture
    assert picture.count(": inte börjat") >= 32
    assert "1 av 4 klart" in picture


@pytest.mark.parametrize("comment", ["Räkna en gång till.", "Räkna en gång till"])
def test_quotation_ends_its_sentence_before_the_next_begins(together: Together, comment: str) -> None:
    actions.answer_phase(by=seat_of(together, "yusuf"), phase=1, answer=PhaseAnswer.NOT_YET, comment=comment)
    actions.answer_phase(by=seat_of(together, "karin"), phase=1, answer=PhaseAnswer.CONFIRMED)
    words = phase_words(diary_picture(seat_of(together, "karin"), lambda step: "")["phases"][0][0])
    stop = "" if comment.endswith(".") else "."
    assert words == f"Inte klar enligt Exempelby byalag: ”{comment}”{stop} Klar enligt Exempelby kommun"
