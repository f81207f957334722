"""Answering without an account and without a script."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samverka.surveys.actions import hand_over
from samverka.surveys.links import asked_key, passed_key
from samverka.surveys.models import Answer, Asked, Passed, Presence, Round
from tests.people import Village
from tests.questionnaires.forms import agreements
from tests.surveys.answering import asked_in, holder, open_round, save, values, version_of
from tests.web.answers import contents

from .browser import Respondent, fields

pytestmark = pytest.mark.django_db
NUMBER = "19121212-1212"


@pytest.fixture
def asked(village: Village) -> Asked:
    facts = {
        "closes_on": timezone.localdate() + timedelta(days=30), "consulted_with": "Exempelförbundet",
        "contact_name": "Anna Provsson", "contact_phone": "010-123 45 67", "at_hand": "- Era avtal\n- Protokollen",
    }  # fmt: skip
    return asked_in(open_round(**facts), village.municipality)


def _path(asked: Asked) -> str:
    return f"/kartlaggning/svara/{asked_key(asked)}/"


def test_first_page_says_who_asks_what_until_when_and_on_what_ground(asked: Asked) -> None:
    page = Client().get(_path(asked)).content.decode()
    for words in (
        "Exempelmyndigheten", "Nej, det är frivilligt.", "Exempelförbundet", "Anna Provsson", "tel:0101234567",
        "Era avtal", "Ca 4 minuter. Passar: fritid och kultur.", "formular.pdf", "20 minuter",
    ):  # fmt: skip
        assert words in page
    Round.objects.update(provision="förordning (2027:1) 3 §")
    assert "Ja, enligt förordning (2027:1) 3 §." in Client().get(_path(asked)).content.decode()


def test_scanner_that_follows_the_link_changes_nothing(asked: Asked) -> None:
    before = contents()
    for path in ("", "block_1/", "lamna-in/", "skicka-vidare/", "kvitto/", "skriv-under/"):
        for method in ("GET", "HEAD"):
            assert Client().generic(method, _path(asked) + path).status_code < 400
    assert contents() == before


def test_name_is_asked_once_and_leads_to_the_block_one_came_for(asked: Asked) -> None:
    client = Client()
    sent_on = client.get(f"{_path(asked)}block_3/")
    assert sent_on["Location"].endswith("?till=block_3")
    assert 'value="block_3"' in client.get(sent_on["Location"]).content.decode()
    assert client.post(_path(asked), {"name": " ", "till": "block_3"}).status_code == 422
    begun = client.post(_path(asked), {"name": "Karin", "till": "block_3"})
    assert begun["Location"] == f"{_path(asked)}block_3/"
    assert client.get(f"{_path(asked)}block_2/").status_code == 200
    asked.refresh_from_db()
    assert asked.state == "opened"


def test_name_that_was_not_signed_by_us_is_nobodys(asked: Asked) -> None:
    client = Client()
    client.cookies["svarande"] = "eyJuYW1lIjoiWCJ9:fel:fel"
    assert client.get(f"{_path(asked)}block_3/").status_code == 302


def test_block_is_saved_and_leads_on_without_a_script(asked: Asked) -> None:
    karin = Respondent(asked)
    done = karin.send("block_1", kontakt="Kansliet", en_vag_in=["yes"], do="next")
    assert done["Location"] == f"{karin.path}block_2/"
    assert values(asked, "kontakt") == ["Kansliet"]
    assert Answer.objects.count() == 2
    assert "en_vag_in_adress" in fields(karin.open("block_1/"))
    again = karin.send("block_1", do="next")
    assert again.status_code == 302
    assert Answer.objects.count() == 2


def test_last_block_leads_to_the_look_through(asked: Asked) -> None:
    assert Respondent(asked).send("block_5", do="next")["Location"].endswith("/lamna-in/")


def test_what_is_typed_wrong_is_shown_again_and_does_not_hold_one_back_for_ever(asked: Asked) -> None:
    karin = Respondent(asked)
    karin.send("block_1", samordnare=["yes"])
    wrong = karin.send("block_1", samordnare_tjanster="många", do="next")
    assert wrong.status_code == 422
    assert "är inget tal" in wrong.content.decode()
    page = karin.open("block_1/")
    assert fields(page)["samordnare_tjanster"] == "många"
    assert 'aria-invalid="true"' in page
    assert "data-focus" not in page
    assert karin.send("block_1", sagt="ja", do="next").status_code == 302
    assert karin.send("block_1", samordnare_tjanster="1,5").status_code == 302
    assert values(asked, "samordnare_tjanster") == [{"typed": ["många"], "beside": ""}, "1.5"]
    assert fields(karin.open("block_1/"))["samordnare_tjanster"] == "1,5"


def test_what_was_saved_wrong_while_it_was_typed_is_told_once_at_the_press(asked: Asked) -> None:
    karin = Respondent(asked)
    karin.send("block_1", samordnare=["yes"])
    karin.save("block_1", "samordnare_tjanster", "många")
    told = karin.send("block_1", do="next")
    assert told.status_code == 422
    assert "är inget tal" in told.content.decode()
    assert 'name="sagt"' in told.content.decode()
    assert karin.send("block_1", sagt="ja", do="next").status_code == 302


def test_dont_know_is_an_answer_and_never_beside_another(asked: Asked) -> None:
    karin = Respondent(asked)
    karin.send("block_1", en_vag_in__no=["dont_know"])
    assert values(asked, "en_vag_in") == [{"no": "dont_know"}]
    both = karin.send("block_1", en_vag_in=["yes"])
    assert both.status_code == 422
    assert "Inte båda" in both.content.decode()


def test_two_on_one_question_choose_between_both_texts(asked: Asked) -> None:
    karin, yusuf = Respondent(asked), Respondent(asked, "Yusuf")
    drawn = fields(yusuf.open("block_1/"))
    karin.send("block_1", kontakt="Kansliet", ersattare=["yes"])
    clash = yusuf.send("block_1", drawn, kontakt="Fritid")
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Karin svarade" in page
    assert "Kansliet" in page
    assert fields(page)["kontakt"] == "Fritid"
    # What only Karin had changed is no clash.
    assert "keep:ersattare" not in page
    assert values(asked, "kontakt") == ["Kansliet"]
    undecided = yusuf.send("block_1", fields(page))
    assert undecided.status_code == 409
    mine = yusuf.send("block_1", fields(page), keep__kontakt="mine")
    assert mine.status_code == 302
    assert values(asked, "kontakt") == ["Kansliet", "Fritid"]
    assert fields(karin.open("block_1/"))["kontakt"] == "Fritid"


def test_the_others_text_can_be_kept(asked: Asked) -> None:
    karin, yusuf = Respondent(asked), Respondent(asked, "Yusuf")
    drawn = fields(yusuf.open("block_1/"))
    karin.send("block_1", kontakt="Kansliet")
    page = yusuf.send("block_1", drawn, kontakt="Fritid").content.decode()
    assert yusuf.send("block_1", fields(page), keep__kontakt="theirs").status_code == 302
    assert values(asked, "kontakt") == ["Kansliet"]


def test_personal_number_is_asked_about_before_it_is_kept(asked: Asked) -> None:
    karin = Respondent(asked)
    careful = karin.send("block_1", kontakt=f"Karin {NUMBER}", en_vag_in=["no"])
    assert careful.status_code == 422
    assert (values(asked, "kontakt"), values(asked, "en_vag_in")) == ([], ["no"])
    page = careful.content.decode()
    assert NUMBER in fields(page)["kontakt"]
    assert karin.send("block_1", fields(page), keep_numbers="on").status_code == 302
    assert values(asked, "kontakt") == [f"Karin {NUMBER}"]
    assert karin.save("block_1", "kontakt", f"{NUMBER} igen", 1).status_code == 422


def test_rows_are_added_and_taken_away_without_a_script(asked: Asked) -> None:
    karin = Respondent(asked)
    karin.send("block_2", form_iop=["yes"])
    karin.send("block_3", iop__0__iop_enhet="Fritid", do="add:iop")
    karin.send("block_3", iop__1__iop_enhet="Social")
    assert fields(karin.open("block_3/"))["n:iop"] == "0,1"
    karin.send("block_3", do="remove:iop:0")
    drawn = fields(karin.open("block_3/"))
    assert (drawn["n:iop"], drawn["iop:0:iop_enhet"], "iop:1:iop_enhet" in drawn) == ("1", "Social", False)
    assert values(asked, "iop_enhet", 1) == ["Social"]


def test_row_taken_away_by_another_does_not_move_what_one_writes(asked: Asked) -> None:
    karin, yusuf = Respondent(asked), Respondent(asked, "Yusuf")
    karin.send("block_2", form_iop=["yes"])
    karin.send("block_3", iop__0__iop_enhet="Fritid", do="add:iop")
    karin.send("block_3", iop__1__iop_enhet="Social")
    drawn = fields(yusuf.open("block_3/"))
    karin.send("block_3", do="remove:iop:0")
    yusuf.send("block_3", drawn, iop__1__iop_lank="https://exempelby.example")
    drawn = fields(karin.open("block_3/"))
    assert (drawn["iop:0:iop_enhet"], drawn["iop:0:iop_lank"]) == ("Social", "https://exempelby.example")


def test_suggestions_are_said_yes_to_by_a_tick(asked: Asked) -> None:
    Answer.objects.create(asked=asked, code="kontakt", version=1, value="Kansliet", origin="last_round",
                          is_confirmed=False)  # fmt: skip
    karin = Respondent(asked)
    page = karin.open("block_1/")
    assert "Stämmer det här?" in page
    karin.send("block_1")
    assert values(asked, "kontakt") == ["Kansliet"]
    karin.send("block_1", yes=["kontakt"])
    assert Answer.objects.filter(code="kontakt", is_confirmed=True, version=2).exists()
    assert "Stämmer det här?" not in karin.open("block_1/")


def test_script_saves_one_answer_at_a_time(asked: Asked) -> None:
    karin, yusuf = Respondent(asked), Respondent(asked, "Yusuf")
    said = karin.save("block_1", "kontakt", "Kansliet")
    assert (said.status_code, said.json()["versions"], said.json()["faults"]) == (200, {"kontakt": 1}, {})
    clash = yusuf.save("block_1", "kontakt", "Fritid")
    assert clash.status_code == 409
    assert "Kansliet" in clash.json()["html"]
    wrong = karin.save("block_1", "bytte_senast", "i fjol")
    assert "är inget tal" in wrong.json()["faults"]["bytte_senast"]
    Round.objects.update(state="closed")
    assert "stängd" in karin.save("block_1", "kontakt", "Annat", 1).json()["message"]


def test_places_that_are_not_on_the_page_are_not_saved(asked: Asked) -> None:
    karin = Respondent(asked)
    for name in ("djup_kultur", "finns_inte", "iop:0:iop_enhet", "kontakt:0:kontakt", "n:iop"):
        assert karin.save("block_1", name, "x").json()["versions"] == {}
    assert not Answer.objects.exists()


def test_who_else_is_there(asked: Asked) -> None:
    karin, yusuf = Respondent(asked), Respondent(asked, "Yusuf")
    karin.client.post(f"{karin.path}block_2/narvaro/")
    said = yusuf.client.post(f"{yusuf.path}block_1/narvaro/").content.decode()
    assert "Karin är i ”Områden och former” nu." in said
    assert "Yusuf" not in said
    assert Presence.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "words"), [("prepared", "Omgången har inte öppnat än"), ("closed", "Omgången är stängd")]
)
def test_round_that_takes_no_answers_says_so(asked: Asked, state: str, words: str) -> None:
    Round.objects.update(state=state, opened_at=None if state == "prepared" else timezone.now())
    page = Client().get(_path(asked)).content.decode()
    assert words in page
    assert "Vad heter du?" not in page


def test_one_who_declined_can_change_their_mind(asked: Asked) -> None:
    Asked.objects.update(state="declined")
    assert "Ni har sagt att ni avstår" in Client().get(_path(asked)).content.decode()
    Respondent(asked)
    assert Asked.objects.get().state == "opened"


def test_form_in_english(asked: Asked) -> None:
    karin = Respondent(asked, path=f"/en{_path(asked)}")
    page = karin.open("block_1/")
    assert '<html lang="en"' in page
    assert "What does the answer cover?" in page


def test_no_page_of_one_body_shows_another_bodys_answers(asked: Asked, village: Village) -> None:
    save(holder(asked), "kontakt", "qvintolo")
    other = Respondent(asked_in(asked.round, village.neighbour), "Olle")
    for page in ("", "block_1/", "lamna-in/", "skicka-vidare/"):
        assert "qvintolo" not in other.open(page)


def test_blocks_list_says_how_far_and_who(asked: Asked) -> None:
    karin = Respondent(asked)
    karin.send("block_1", kontakt="Kansliet")
    page = karin.open()
    assert "1 av 5 frågor har svar." in page
    assert "Karin skrev senast" in page


def _pass(asked: Asked, **facts: Any) -> tuple[Respondent, Passed, str]:
    karin = Respondent(asked)
    sent = karin.client.post(
        f"{karin.path}skicka-vidare/", {"blocks": ["block_2"], "email": "fritid@exempelby.example", "message": "Hej!"}
    )
    assert sent.status_code == 302, sent.content.decode()
    passed = Passed.objects.latest("id")
    return karin, passed, f"/kartlaggning/del/{passed_key(passed)}/"


def test_colleague_answers_only_what_was_passed_on(asked: Asked) -> None:
    save(holder(asked), "kontakt", "qvintolo")
    save(holder(asked), "form_iop", "yes")
    karin, _passed, path = _pass(asked)
    fatima = Respondent(asked, "Fatima", path=path)
    assert "Karin har skickat några av frågorna till dig" in fatima.open()
    fatima.send("block_2", hinder=["tid"])
    assert values(asked, "hinder") == [["tid"]]
    assert Answer.objects.get(code="hinder").passed is not None
    for page in ("", "block_2/"):
        assert "qvintolo" not in fatima.open(page)
        assert "På papper" not in fatima.open(page)
    for page in ("block_1/", "block_1/svar/", "lamna-in/", "kvitto/", "skicka-vidare/"):
        assert fatima.client.get(path + page).status_code in {404, 405}
    assert fatima.save("block_1", "kontakt", "x").status_code == 404
    assert fatima.client.post(f"{path}klart/").status_code == 302
    assert "Klart" in karin.open("skicka-vidare/")


def test_what_was_passed_on_is_taken_back(asked: Asked) -> None:
    karin, passed, path = _pass(asked)
    assert "Ta tillbaka Områden och former" in karin.open("skicka-vidare/")
    karin.client.post(f"{karin.path}skicka-vidare/{passed.public_id}/ta-tillbaka/")
    assert Client().get(path).status_code == 404
    assert "Taget tillbaka" in karin.open("skicka-vidare/")


def _hand_over(asked: Asked) -> Respondent:
    karin = Respondent(asked)
    karin.send("block_1", tackning=["hela"], kontakt="Kansliet")
    done = karin.client.post(f"{karin.path}lamna-in/", {"name": "Karin Provsson", "role": "samordnare"})
    assert done["Location"] == f"{karin.path}kvitto/"
    return karin


def test_look_through_says_what_is_missing_with_a_link(asked: Asked) -> None:
    karin = Respondent(asked)
    page = karin.open("lamna-in/")
    assert "Det här behöver svar" in page
    assert f"{karin.path}block_1/#q_kontakt" in page
    refused = karin.client.post(f"{karin.path}lamna-in/", {"name": "Karin", "role": ""})
    assert refused.status_code == 422
    karin.send("block_1", tackning=["hela"], kontakt="Kansliet", samordnare=["yes"])
    karin.send("block_1", samordnare_tjanster="många")
    page = karin.open("lamna-in/")
    assert "Det här behöver rättas eller tas bort" in page
    assert f"{karin.path}block_1/#q_samordnare_tjanster" in page
    karin.send("block_1", samordnare_tjanster="")
    karin.send("block_4", rad_antal="1")
    karin.send("block_4", rad_moten="40")
    page = karin.open("lamna-in/")
    assert "Titta en gång till" in page
    assert 'name="role"' in page


def test_receipt_tells_everything_and_takes_the_diary_number(asked: Asked) -> None:
    karin = _hand_over(asked)
    page = karin.open("kvitto/")
    for words in ("Karin Provsson, samordnare", "Kansliet", "Hela kommunen eller regionen", "Inget svar"):
        assert words in page
    assert karin.client.get(karin.path)["Location"].endswith("/kvitto/")
    assert karin.client.get(f"{karin.path}block_1/")["Location"].startswith(karin.path)
    karin.client.post(f"{karin.path}kvitto/", {"number": "KS 2027/12"})
    assert "KS 2027/12" in karin.open("kvitto/")
    assert karin.client.get(f"{karin.path}kvitto.pdf").content.startswith(b"%PDF")


def test_receipt_opens_the_answer_again_and_says_so(asked: Asked) -> None:
    karin = _hand_over(asked)
    assert karin.client.post(f"{karin.path}oppna-igen/", {"why": ""}).status_code == 422
    karin.client.post(f"{karin.path}oppna-igen/", {"why": "Fel siffra"})
    page = karin.open()
    assert "Svaret är öppnat igen" in page
    assert "Fel siffra" in page
    assert karin.client.get(f"{karin.path}kvitto.pdf").status_code == 404


def test_chief_signs_on_a_page_of_their_own(asked: Asked) -> None:
    from samverka.surveys.actions.signing import code_of

    karin = _hand_over(asked)
    assert karin.client.post(f"{karin.path}be-om-underskrift/", {"email": "fel"}).status_code == 422
    assert karin.client.post(f"{karin.path}be-om-underskrift/", {"email": "chef@exempelby.example"}).status_code == 302
    who = {"name": "Rut Provsson", "role": "kommundirektör"}
    page = Client().post(f"{karin.path}skriv-under/", {**who, "do": "code"}).content.decode()
    assert "Koden är skickad" in page
    assert "registrator@exempelby.example" not in page
    for code, status in (("", 422), ("000000", 422)):
        assert Client().post(f"{karin.path}skriv-under/", {**who, "code": code, "do": "sign"}).status_code == status
    code = code_of(Asked.objects.get(), timezone.localdate())
    done = Client().post(f"{karin.path}skriv-under/", {**who, "code": code, "do": "sign"})
    assert done.status_code == 302
    assert "inlämnat och undertecknat" in karin.open("kvitto/")


def test_sheet_is_read_with_as_many_queries_however_much_is_answered(
    asked: Asked, django_assert_max_num_queries: Any
) -> None:
    karin = Respondent(asked)
    karin.open("block_1/")
    with django_assert_max_num_queries(2):
        karin.open("block_1/")
    for code in ("kontakt", "en_vag_in", "ersattare"):
        save(holder(asked), code, "yes")
    with django_assert_max_num_queries(2):
        karin.open("block_1/")


def test_text_that_shows_an_answer_shows_none_from_other_blocks(village: Village) -> None:
    asked = asked_in(open_round(version_of(agreements())), village.municipality)
    save(holder(asked), "kommun", "qvintolo")
    save(holder(asked), "former", ["iop"])
    assert "Avtal i qvintolo" in Respondent(asked).open("avtal/")
    passed = Passed.objects.create(asked=asked, blocks=["avtal"], email="x@example.se", passed_by="Karin")
    fatima = Respondent(asked, "Fatima", path=f"/kartlaggning/del/{passed_key(passed)}/")
    for page in ("", "avtal/"):
        said = fatima.open(page)
        assert "Avtal i …" in said
        assert "qvintolo" not in said


def test_receipt_shows_answers_within_texts(village: Village) -> None:
    asked = asked_in(open_round(version_of(agreements())), village.municipality)
    for code, value, row in (("kommun", "Öby", -1), ("former", ["iop"], -1), ("motpart", "Byalaget", 0)):
        save(holder(asked), code, value, row=row)
    hand_over(by=holder(asked))
    page = Respondent.receipt(asked)
    assert "Avtal i Öby 1" in page
    assert "Byalaget" in page
