"""The page that asks whether last round's answers still hold, and what a block says of what is in here."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samverka.collaborations.models import Collaboration, Party
from samverka.surveys.links import asked_key, passed_key
from samverka.surveys.models import Answer, Asked, Passed
from tests.surveys.answering import asked_in, holder, open_round, save, values
from tests.surveys.second_round import two_rounds
from tests.web.answers import contents

from .browser import Respondent

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db: None) -> Asked:
    return two_rounds()[1]


def _here(asked: Asked) -> str:
    return f"/kartlaggning/svara/{asked_key(asked)}/"


def _collaboration(asked: Asked, *forms: str) -> None:
    made = Collaboration.objects.create(title="Hemlig titel", forms=list(forms), state="active")
    now = timezone.now()
    Party.objects.create(collaboration=made, organisation=asked.organisation, state="active", joined_at=now)


def _shown(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('name="code" value="')[1:]]


def test_first_page_leads_here_first_unless_one_came_for_a_block(asked: Asked) -> None:
    page = Client().get(_here(asked)).content.decode()
    assert "10 svar finns redan" in page
    assert "De kommer först när ni börjar svara." in page
    for till, goal in (("", "stammer/"), ("stammer", "stammer/"), ("block_3", "block_3/")):
        answer = Client().post(_here(asked), {"name": "Karin", "till": till})
        assert answer["Location"] == _here(asked) + goal


def test_page_needs_a_name_and_changes_nothing(asked: Asked) -> None:
    assert Client().get(f"{_here(asked)}stammer/")["Location"] == f"{_here(asked)}?till=stammer"
    karin = Respondent(asked)
    before = contents()
    for path in ("", "stammer/", "inlagt/", "block_1/"):
        for method in ("GET", "HEAD"):
            assert karin.client.generic(method, karin.path + path).status_code == 200
    assert contents() == before


def test_everything_stands_in_one_table_with_the_answer_in_words(asked: Asked) -> None:
    page = Respondent(asked).open("stammer/")
    assert page.count("<table") == 1
    for words in ("Hela kommunen eller regionen", "1,5", "Återkommande samråd", "Idrott och rekreation, Annat: Cykling",
                  "Fritidsnämnden, 1 januari 2025; Socialnämnden", "Kartläggning 2025"):  # fmt: skip
        assert words in page, words
    assert "checked" not in page.partition("<main")[2]


def test_all_is_confirmed_at_once_and_only_what_the_page_showed(asked: Asked) -> None:
    karin = Respondent(asked)
    shown = _shown(karin.open("stammer/"))
    save(holder(asked, "Yusuf"), "kontakt", "Någon annan")
    answer = karin.client.post(f"{karin.path}stammer/", {"code": [one for one in shown if one != "djup_kultur"],
                                                         "do": "all"})  # fmt: skip
    assert answer["Location"] == f"{karin.path}#block"
    assert values(asked, "kontakt") == ["Någon annan"]
    assert values(asked, "djup_kultur") == []
    assert values(asked, "samordnare") == ["yes"]
    assert not Answer.objects.filter(is_confirmed=False).exists()
    assert set(Answer.objects.exclude(author="Yusuf").values_list("origin", flat=True)) == {"last_round"}
    assert "Ett svar finns redan" in karin.open()


def test_row_by_row_and_what_is_to_be_changed_leads_to_its_question(asked: Asked) -> None:
    karin = Respondent(asked)
    shown = _shown(karin.open("stammer/"))
    chosen = {"s:tackning": "yes", "s:djup_kultur": "change", "s:samordnare": ""}
    answer = karin.client.post(f"{karin.path}stammer/", {"code": shown, **chosen, "do": "save"})
    assert answer["Location"] == f"{karin.path}block_2/#q_djup_kultur"
    kept = {one.code: one.is_confirmed for one in Answer.objects.all()}
    assert kept == {"tackning": True, "djup_kultur": False}
    block = karin.open("block_2/")
    assert "De räknas inte förrän någon hos er har sagt att de stämmer." in block
    assert 'value="djup_kultur" id="yes_' in block


def test_block_offers_the_same_and_a_tick_takes_it_over(asked: Asked) -> None:
    karin = Respondent(asked)
    assert karin.send("block_2", yes=["form_iop"], do="save").status_code == 302
    assert karin.send("block_3", yes=["iop"], do="save").status_code == 302
    assert (values(asked, "iop_enhet", row=1), values(asked, "form_iop")) == (["Socialnämnden"], ["yes"])


def test_known_is_said_at_its_question_with_numbers_and_no_names(db: None) -> None:
    asked = asked_in(open_round())
    for _time in range(2):
        _collaboration(asked, "iop")
    _collaboration(asked, "agreement")
    karin = Respondent(asked)
    block = karin.open("block_2/")
    assert "Här är två inlagda." in block
    assert f'href="{karin.path}inlagt/#raknas"' in block
    assert 'value="form_iop" id="yes_' in block
    page = karin.open("inlagt/")
    assert "Idéburet offentligt partnerskap (IOP)" in page
    assert "Överenskommelse" in page
    assert "Hemlig titel" not in block + page + karin.open("stammer/")
    assert karin.send("block_2", yes=["form_iop"], do="save").status_code == 302
    assert values(asked, "form_iop") == ["yes"]


def test_colleague_is_offered_own_blocks_and_no_list(asked: Asked) -> None:
    passed = Passed.objects.create(asked=asked, blocks=["block_2"], email="a@b.example", passed_by="Karin")
    path = f"/kartlaggning/del/{passed_key(passed)}/"
    fatima = Respondent(asked, "Fatima", path=path)
    assert 'value="djup_kultur" id="yes_' in fatima.open("block_2/")
    for page in ("stammer/", "inlagt/"):
        assert fatima.client.get(path + page).status_code == 404


def test_empty_page_says_so(db: None) -> None:
    karin = Respondent(asked_in(open_round()))
    assert "Inget väntar på er här" in karin.open("stammer/")
    assert "finns redan" not in karin.open()


def test_english_page(asked: Asked) -> None:
    karin: Any = Respondent(asked, path=f"/en{_here(asked)}")
    assert "Recurring consultation" in karin.open("stammer/")
