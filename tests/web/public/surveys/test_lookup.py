"""The look-up in the register: suggestions, the choice without scripts, what is kept, and what is never suggested."""

import pytest
from django.test import Client

from samverka.surveys.models import Asked
from samverka.web.components.register_lookup import resolved, suggested
from samverka.web.public.surveys import lookup
from tests.surveys.answering import asked_in, open_round, values, version_of
from tests.surveys.naming import association, named, partners

from .browser import Respondent, fields

pytestmark = pytest.mark.django_db
LOOKUP = "/kartlaggning/organisationer/"


@pytest.fixture
def asked(db: None) -> Asked:
    return asked_in(open_round(version_of(partners())))


def test_names_that_begin_so_come_first_and_like_ones_where_there_is_none() -> None:
    for name in ("Ny Exempelby kör", "Exempelby byalag", "Provens vänner"):
        association(name)
    assert [one.name for one in suggested("exempelby")] == ["Exempelby byalag", "Ny Exempelby kör"]
    assert suggested("Exempelby byalagg")[0].name == "Exempelby byalag"
    assert suggested("e") == []


def test_protected_and_withdrawn_are_never_suggested_nor_taken() -> None:
    for name, facts in (("Jouren skyddad", {"protected": True}), ("Jouren borta", {"state": "withdrawn"})):
        hidden = association(name, **facts)
        assert resolved(["Jouren", f"pick:{hidden.public_id}"]) == ["Jouren"]
        assert resolved([name, f"id:{hidden.public_id}:{name}"]) == [name]
    assert suggested("Jouren") == []
    assert "Jouren" not in Client().post(LOOKUP, {"framst": "Jouren"}).content.decode()


def test_suggestions_say_kind_and_what_they_stand_for() -> None:
    one = association("Byalaget <Alfa>")
    page = Client().post(LOOKUP, {"avtal:0:motpart": ["byal", ""], "csrfmiddlewaretoken": "x"}).content.decode()
    assert "Byalaget &lt;Alfa&gt;" in page
    assert f"id:{one.public_id}:Byalaget &lt;Alfa&gt;" in page
    assert Client().get(LOOKUP).status_code == 405


def test_too_many_searches_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "MOST_A_MINUTE", 2)
    monkeypatch.setattr("samverka.kernel.pace._times", {})
    assert [Client().post(LOOKUP, {"framst": "by"}).status_code for _time in range(3)] == [200, 200, 429]


def test_choice_holds_while_the_name_stands(asked: Asked) -> None:
    one, karin = association(), Respondent(asked)
    chosen = f"id:{one.public_id}:{one.name}"
    assert karin.save("b1", "framst", [one.name, chosen]).status_code == 200
    assert values(asked, "framst") == [named(one)]
    page = karin.open("b1/")
    assert f'value="{chosen}"' in page
    assert "Vald ur registret." in page
    karin.save("b1", "framst", ["Ett annat namn", chosen], base=1)
    assert values(asked, "framst") == [named(one), "Ett annat namn"]
    assert "utan koppling till registret" in karin.open("b1/")


def test_without_scripts_the_button_shows_choices(asked: Asked) -> None:
    one, karin = association(), Respondent(asked)
    sent = karin.send("b1", framst="byalag", do="find:framst")
    assert sent["Location"].endswith("b1/?sok=framst#q_framst")
    page = karin.client.get(sent["Location"].partition("#")[0]).content.decode()
    assert f'value="pick:{one.public_id}"' in page
    assert "Finns inte i registret. Spara namnet som det är skrivet." in page
    karin.send("b1", fields(page), framst=["byalag", f"pick:{one.public_id}"])
    assert values(asked, "framst") == ["byalag", named(one)]


def test_not_in_the_register_keeps_what_was_typed(asked: Asked) -> None:
    association()
    karin = Respondent(asked)
    karin.send("b1", framst="byalag")
    page = karin.open("b1/?sok=framst")
    karin.send("b1", fields(page), framst=["byalag", "none:"])
    assert values(asked, "framst") == ["byalag"]
    karin.send("b1", framst="Finns inte alls zzz")
    assert "Inget i registret heter så." in karin.open("b1/?sok=framst")


def test_too_long_a_name_is_told_and_kept(asked: Asked) -> None:
    karin = Respondent(asked)
    assert "högst 200 tecken" in str(karin.save("b1", "framst", "x" * 201).json()["faults"])
    assert values(asked, "framst")[0]["typed"] == ["x" * 201]


def test_two_who_name_different_ones_choose(asked: Asked) -> None:
    alfa, beta = association("Alfa"), association("Beta")
    karin, yusuf = Respondent(asked), Respondent(asked, "Yusuf")
    karin.save("b1", "framst", ["Alfa", f"id:{alfa.public_id}:Alfa"])
    clash = yusuf.save("b1", "framst", ["Beta", f"id:{beta.public_id}:Beta"])
    assert clash.status_code == 409
    assert "Alfa" in clash.json()["html"]
    assert "Beta" in clash.json()["html"]
    assert "id:" not in clash.json()["html"]


def test_rows_name_each_their_own_and_the_receipt_says_names(asked: Asked) -> None:
    one, karin = association(), Respondent(asked)
    karin.send("b1", avtal__0__motpart=[one.name, f"id:{one.public_id}:{one.name}"], framst="Hemlösa klubben")
    assert values(asked, "motpart", 0) == [named(one)]
    karin.client.post(f"{karin.path}lamna-in/", {"name": "Karin", "role": "samordnare"})
    receipt = Respondent.receipt(asked)
    assert "Exempelby byalag" in receipt
    assert "Hemlösa klubben" in receipt
    assert one.public_id not in receipt


def test_open_link_keeps_the_choice_from_block_to_block(db: None) -> None:
    one = association()
    found = open_round(version_of(partners()), side="civil", access="open")
    client, path = Client(), f"/kartlaggning/{found.slug}/svara/"
    page = client.post(path, {"block": "b1", "framst": "byalag", "do": "find:framst"}).content.decode()
    assert f'value="pick:{one.public_id}"' in page
    page = client.post(path, {"block": "b1", "framst": ["byalag", f"pick:{one.public_id}"], "do": "review"})
    assert f'<input type="hidden" name="framst" value="id:{one.public_id}">' in page.content.decode()
    assert "Exempelby byalag" in page.content.decode()
