"""The pages of meetings, meeting mode, and when one is told."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.actions import TOGETHER, Present, Typed
from samverka.collaborations.models import (
    Attendee,
    Commitment,
    Entry,
    Meeting,
    NoticeChoice,
    Party,
    StanceTaken,
)
from samverka.organisations.models import Membership, Organisation, TermsAcceptance
from tests.people import Together, make_sensitive
from tests.web.answers import text_of
from tests.world import client_of, seat_of

NUMBER = "811218-9876"


@pytest.fixture
def karin(together: Together) -> Client:
    return client_of(together.village.karin)


@pytest.fixture
def yusuf(together: Together) -> Client:
    return client_of(together.village.yusuf)


def at(together: Together, page: str = "", *, civil: bool = False) -> str:
    own = together.village.association if civil else together.village.municipality
    return f"/arbete/{own.public_id}/samverkan/{together.collaboration.public_id}/{page}"


def begun(together: Together, *questions: str) -> Meeting:
    return actions.start_meeting(by=seat_of(together, "karin"), questions=questions or ("1.1.1", "3.2.1"), people=[])


def boxes(together: Together, public: str = "", civil: str = "", joint: str = "", **more: Any) -> dict[str, Any]:
    return {
        f"text_{together.public_party.public_id}": public,
        f"text_{together.civil_party.public_id}": civil,
        f"text_{TOGETHER}": joint,
        **more,
    }


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


# Beginning


def test_first_stop_of_the_short_path_is_chosen_beforehand(together: Together, karin: Client) -> None:
    page = karin.get(at(together, "moten/ny/")).content.decode()
    assert re.findall(r'value="([\d.]+)" id="steg-[\d.]+" checked', page) == ["1.1", "1.3", "2.2", "2.5", "3.2", "3.3"]


def test_steps_that_the_parties_chose_go_before(together: Together, karin: Client) -> None:
    together.collaboration.chosen_steps = ["4.2"]
    together.collaboration.save()
    page = karin.get(at(together, "moten/ny/")).content.decode()
    assert re.findall(r'value="([\d.]+)" id="steg-[\d.]+" checked', page) == ["4.2"]


def test_chosen_questions_are_proposed_by_who_began(together: Together, karin: Client, yusuf: Client) -> None:
    together.collaboration.chosen_steps = ["4.2"]
    together.collaboration.save()
    assert "Frågorna ni valde att börja med" in words(karin.get(at(together, "dagbok/")))
    assert "De steg ni valde att börja med är förvalda." in words(karin.get(at(together, "moten/ny/")))
    assert "Frågorna Exempelby kommun föreslår" in words(yusuf.get(at(together, "dagbok/", civil=True)))
    assert "De steg Exempelby kommun föreslår är förvalda." in words(yusuf.get(at(together, "moten/ny/", civil=True)))


def test_meeting_begins_with_the_first_question(together: Together, karin: Client) -> None:
    data = {
        "steps": ["3.2", "1.1"],
        "known": [together.village.yusuf.public_id],
        "name_1": "Bo Granne",
        "party_1": together.civil_party.public_id,
        "email_1": "bo@example.org",
    }
    answer = karin.post(at(together, "moten/ny/"), data)
    meeting = Meeting.objects.get()
    assert answer.url == at(together, f"moten/{meeting.public_id}/1.1.1/")
    assert meeting.questions == ["1.1.1", "3.2.1"]
    assert list(Attendee.objects.values_list("name", "email", "user__name", "party")) == [
        ("Yusuf Provsson", "", "Yusuf Provsson", together.civil_party.pk),
        ("Bo Granne", "bo@example.org", None, together.civil_party.pk),
    ]


def test_follow_ups_are_questions_of_their_own_when_wanted(together: Together, karin: Client) -> None:
    karin.post(at(together, "moten/ny/"), {"steps": ["1.1"], "follow_ups": "on"})
    assert Meeting.objects.get().questions == ["1.1.1", "1.1.2", "1.1.3", "1.1.4"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"x": "1"}, "Välj minst en fråga."),
        ({"steps": ["1.1"], "email_1": "bo@example.org"}, "Skriv vem adressen hör till."),
    ],
)
def test_what_lacks_is_said(together: Together, karin: Client, data: dict[str, Any], said: str) -> None:
    page = karin.post(at(together, "moten/ny/"), data)
    assert said in words(page)
    assert not Meeting.objects.exists()


def test_preparation_says_why_there_is_no_meeting_and_offers_the_workbook(together: Together, karin: Client) -> None:
    Party.objects.filter(pk=together.civil_party.pk).update(state="invited")
    page = karin.get(at(together, "moten/"))
    assert "Mötesläget öppnas när en part till har tackat ja" in words(page)
    form = page.content.decode()
    form = form[form.index('<form method="post" action="/forbered/arbetsbok.pdf">') :]
    sent = {"steg": re.findall(r'name="steg" value="([^"]+)"', form[: form.index("</form>")])}
    assert sent["steg"][0] == "1.1"
    assert karin.post("/forbered/arbetsbok.pdf", sent)["Content-Type"] == "application/pdf"
    assert karin.get(at(together, "moten/ny/")).status_code == 302


def test_list_leads_to_an_agenda_with_the_chosen_questions(together: Together, karin: Client) -> None:
    together.collaboration.chosen_steps = ["4.2"]
    together.collaboration.save()
    assert (
        'href="/forbered/dagordning/?steg=4.2">Förbered ett möte</a>'
        in karin.get(at(together, "moten/")).content.decode()
    )
    assert karin.get("/forbered/dagordning/?steg=4.2").status_code == 200


def test_association_that_types_is_told_that_the_body_has_yet_to_accept_the_terms(
    together: Together, karin: Client, yusuf: Client
) -> None:
    said = "Exempelby kommun har inte godkänt villkoren för personuppgifter än. Ni kan hålla mötet ändå."
    assert said not in words(yusuf.get(at(together, "moten/ny/", civil=True)))
    TermsAcceptance.objects.all().delete()
    assert said in words(yusuf.get(at(together, "moten/ny/", civil=True)))
    meeting = actions.start_meeting(by=seat_of(together, "yusuf"), questions=("1.1.1",), people=[])
    box = {together.public_party.public_id: Typed("Vi lånar ut salen")}
    actions.write_at_meeting(by=seat_of(together, "yusuf"), meeting_id=meeting.public_id, question="1.1.1", boxes=box)
    entry = Entry.objects.get(party=together.public_party)
    asked = karin.post(at(together, f"moten/{meeting.public_id}/bekrafta/{entry.public_id}/"))
    assert "/villkor/" in asked["Location"]
    entry.refresh_from_db()
    assert entry.confirmed_at is None


def test_second_meeting_leads_to_the_one_under_way(together: Together, karin: Client, yusuf: Client) -> None:
    meeting = begun(together)
    assert yusuf.get(at(together, "moten/ny/", civil=True)).url == at(together, "moten/", civil=True)
    assert f"moten/{meeting.public_id}/" in yusuf.get(at(together, "moten/", civil=True)).content.decode()
    assert yusuf.get(at(together, "mote/", civil=True)).url.endswith(f"/moten/{meeting.public_id}/1.1.1/")


# On the wall


def test_screen_says_that_saving_shares_and_who_reads(together: Together, karin: Client) -> None:
    page = words(karin.get(at(together, f"moten/{begun(together).public_id}/1.1.1/")))
    assert "Det som skrivs här delas med alla parter när ni sparar." in page
    assert "Fråga 1 av 2" in page
    assert page.count("Läses av: Exempelby kommun och Exempelby byalag") == 3, "at every box"
    assert "Skriv inte om enskilda personer." in page


def test_sensitive_field_is_warned_of_more_strongly(together: Together, karin: Client) -> None:
    make_sensitive(together)
    page = words(karin.get(at(together, f"moten/{begun(together).public_id}/1.1.1/")))
    assert "människor som behöver skydd" in page


def test_screen_has_nothing_of_the_sites_menus_but_a_way_out(together: Together, karin: Client) -> None:
    page = karin.get(at(together, f"moten/{begun(together).public_id}/1.1.1/")).content.decode()
    assert "<nav" not in page
    assert "Spara och gå ut ur mötesläget" in page


@pytest.mark.parametrize(
    ("do", "page"),
    [("save", "1.1.1/"), ("next", "3.2.1/"), ("previous", "1.1.1/"), ("out", ""), ("agreed", "1.1.1/"),
     ("commitment", "1.1.1/atagande/")],
)  # fmt: skip
def test_each_button_saves_and_goes_its_way(together: Together, karin: Client, do: str, page: str) -> None:
    here = at(together, f"moten/{begun(together).public_id}/")
    answer = karin.post(here + "1.1.1/", boxes(together, public="Vi", civil="De", joint="Alla", do=do))
    assert answer.url == here + page
    assert Entry.objects.count() == 3
    assert StanceTaken.objects.count() == (do == "agreed")


def test_last_question_leads_to_the_end(together: Together, karin: Client) -> None:
    here = at(together, f"moten/{begun(together).public_id}/")
    assert karin.post(here + "3.2.1/", boxes(together, do="next")).url == here + "avsluta/"


def test_conflict_shows_both_texts_and_the_next_save_goes_through(
    together: Together, karin: Client, yusuf: Client
) -> None:
    page = f"moten/{begun(together).public_id}/1.1.1/"
    karin.post(at(together, page), boxes(together, joint="Karins text"))
    mine = boxes(together, civil="Byalagets ord", joint="Yusufs text", **{f"version_{TOGETHER}": "0"})
    answer = yusuf.post(at(together, page, civil=True), mine)
    said = answer.content.decode()
    assert answer.status_code == 409
    for text in ("Karins text", "Yusufs text", "Byalagets ord", f'name="version_{TOGETHER}" value="1"'):
        assert text in said
    mine |= {f"text_{TOGETHER}": "Båda", f"version_{TOGETHER}": "1"}
    assert yusuf.post(at(together, page, civil=True), mine).status_code == 302
    assert Entry.objects.get(joint=True).text == "Båda"


def test_what_was_typed_when_the_meeting_had_ended_is_still_there(
    together: Together, karin: Client, yusuf: Client
) -> None:
    meeting = begun(together)
    karin.post(at(together, f"moten/{meeting.public_id}/avsluta/"))
    answer = yusuf.post(
        at(together, f"moten/{meeting.public_id}/1.1.1/", civil=True), boxes(together, civil="Sent ord")
    )
    assert answer.status_code == 422
    assert "Sent ord" in answer.content.decode()
    assert "Mötet är avslutat" in words(answer)


def test_personal_number_is_asked_about_and_the_text_kept(together: Together, karin: Client) -> None:
    page = at(together, f"moten/{begun(together).public_id}/1.1.1/")
    answer = karin.post(page, boxes(together, civil=f"Ring Bo, {NUMBER}"))
    assert answer.status_code == 422
    assert NUMBER in answer.content.decode()
    assert "Spara ändå" in words(answer)
    assert not Entry.objects.exists()
    assert karin.post(page, boxes(together, civil=f"Ring Bo, {NUMBER}", keep_numbers="on")).status_code == 302
    kept = boxes(together, civil=f"Ring Bo, {NUMBER}", joint="Nytt")
    kept[f"version_{together.civil_party.public_id}"] = "1"
    assert karin.post(page, kept).status_code == 302, "asked once, not at every save"


def test_confirmed_words_are_not_in_a_box_of_others(together: Together, karin: Client, yusuf: Client) -> None:
    meeting = begun(together)
    page = f"moten/{meeting.public_id}/1.1.1/"
    karin.post(at(together, page), boxes(together, public="Kommunens ord"))
    seen = yusuf.get(at(together, page, civil=True)).content.decode()
    assert "Kommunens ord" in seen
    assert f'name="text_{together.public_party.public_id}"' not in seen
    sent = {f"text_{together.civil_party.public_id}": "Våra", f"text_{TOGETHER}": ""}
    assert yusuf.post(at(together, page, civil=True), sent).status_code == 302
    assert Entry.objects.get(party=together.public_party).text == "Kommunens ord"


def test_promise_is_written_down_at_the_question(together: Together, karin: Client) -> None:
    page = at(together, f"moten/{begun(together).public_id}/1.1.1/")
    data = {"what": "Koka kaffe", "owners": [together.civil_party.public_id], "person": "Yusuf", "due_on": "2097-09-01"}
    assert karin.post(page + "atagande/", data).url == page
    assert Commitment.objects.get().question == "1.1.1"
    assert "Koka kaffe" in words(karin.get(page))
    assert karin.post(page + "atagande/", {"what": ""}).status_code == 422


def test_way_to_a_promise_says_that_only_the_question_is_saved(together: Together, karin: Client) -> None:
    page = at(together, f"moten/{begun(together).public_id}/1.1.1/")
    shown = words(karin.post(page, boxes(together, public="Vi ser", do="commitment"), follow=True))
    assert "Frågan är sparad. Skriv nu upp åtagandet." in shown
    assert "Sparat och delat" not in shown


def test_end_lists_what_was_promised_at_the_meeting(together: Together, karin: Client) -> None:
    meeting = begun(together)
    end = at(together, f"moten/{meeting.public_id}/avsluta/")
    assert "Ni har inte skrivit upp något åtagande." in words(karin.get(end))
    actions.make_commitment(
        by=seat_of(together, "karin"), what="Koka kaffe", owners=[together.civil_party.public_id], person="Yusuf",
        due_on=date(2027, 9, 1), question="1.1.1",
    )  # fmt: skip
    page = words(karin.get(end))
    assert "Koka kaffe (Exempelby byalag, Yusuf, 1 september 2027)" in page
    assert "Läs upp dem" in page


def test_draft_of_a_question_comes_back(together: Together, karin: Client) -> None:
    meeting = begun(together)
    values = {f"text_{together.civil_party.public_id}": "Halvfärdig tanke"}
    key = f"m:{meeting.public_id}.1.1.1"
    actions.save_draft(by=seat_of(together, "karin"), key=key, values=values, base_version=0, revision=0)
    page = at(together, f"moten/{meeting.public_id}/1.1.1/")
    assert "Halvfärdig tanke" in karin.get(page).content.decode()
    assert (
        "Halvfärdig tanke"
        not in client_of(together.village.yusuf)
        .get(at(together, f"moten/{meeting.public_id}/1.1.1/", civil=True))
        .content.decode()
    )
    karin.post(page, boxes(together, civil="Färdig", draft_key=key, draft_revision="1"))
    assert "Halvfärdig" not in karin.get(page).content.decode()


# Afterwards


def held(together: Together) -> Meeting:
    karin = seat_of(together, "karin")
    people = [Present("Yusuf Provsson", together.civil_party, user=together.village.yusuf)]
    meeting = actions.start_meeting(by=karin, questions=["1.1.1", "3.2.1"], people=people)
    typed = {
        together.public_party.public_id: Typed("Kommunens ord"),
        together.civil_party.public_id: Typed("Byalagets ord"),
        TOGETHER: Typed("Allas ord"),
    }
    actions.write_at_meeting(by=karin, meeting_id=meeting.public_id, question="1.1.1", boxes=typed)
    return actions.end_meeting(by=karin, meeting_id=meeting.public_id)


def test_page_shows_what_was_said_and_what_is_not_confirmed(together: Together, yusuf: Client) -> None:
    page = words(yusuf.get(at(together, f"moten/{held(together).public_id}/", civil=True)))
    for said in (
        "Kommunens ord",
        "Byalagets ord",
        "Allas ord",
        "Yusuf Provsson",
        "inte bekräftat av Exempelby byalag",
        "Skrivet av Karin Provsson, Exempelby kommun.",
        "Frågor ni inte hann med",
    ):
        assert said in page


def test_party_confirms_with_a_button(together: Together, yusuf: Client) -> None:
    meeting = held(together)
    page = at(together, f"moten/{meeting.public_id}/", civil=True)
    entry = Entry.objects.get(party=together.civil_party, joint=False)
    confirm = f"{page}bekrafta/{entry.public_id}/"
    assert confirm in yusuf.get(page).content.decode()
    assert yusuf.get(confirm).status_code == 405
    assert yusuf.post(confirm).url == f"{page}#{entry.public_id}"
    seen = yusuf.get(page)
    assert "bekräftat av Exempelby byalag" in words(seen)
    assert confirm not in seen.content.decode()


def test_joint_text_is_put_right_by_those_who_write(together: Together, yusuf: Client) -> None:
    page = at(together, f"moten/{held(together).public_id}/", civil=True)
    link = at(together, "gemensamt/?plats=1.1.1", civil=True)
    assert f'href="{link}"' in yusuf.get(page).content.decode()
    assert "Allas ord" in yusuf.get(link).content.decode()
    Membership.objects.filter(user=together.village.yusuf).update(role="registrar")
    assert link not in yusuf.get(page).content.decode()


def test_other_party_sees_no_button_to_confirm(together: Together, karin: Client) -> None:
    assert "/bekrafta/" not in karin.get(at(together, f"moten/{held(together).public_id}/")).content.decode()


def test_paper_holds_the_meeting(together: Together, karin: Client) -> None:
    answer = karin.get(at(together, f"moten/{held(together).public_id}/text.pdf"))
    answer.all = answer.content
    text = " ".join(text_of(answer).split())
    for said in ("Kommunens ord", "Byalagets ord", "Allas ord", "inte bekräftat av Exempelby byalag"):
        assert said in text


def test_one_more_is_written_down_as_present(together: Together, karin: Client) -> None:
    page = at(together, f"moten/{begun(together).public_id}/")
    assert karin.post(f"{page}med/", {"name": "Bo", "email": "bo@example.org"}).url == page
    assert "Bo" in words(karin.get(page))
    assert "Skriv vem som är med." in words(karin.post(f"{page}med/", {"name": ""}))


# Told by mail


def test_choice_for_a_collaboration_is_kept(together: Together, yusuf: Client) -> None:
    page = at(together, "aviseringar/", civil=True)
    assert "Skicka med texten" not in words(yusuf.get(page))
    yusuf.post(page, {"pace": "daily"})
    assert NoticeChoice.objects.get().pace == "daily"
    yusuf.post(page, {"pace": "all"})
    assert not NoticeChoice.objects.exists()


def test_text_in_a_sensitive_field_is_a_choice(together: Together, yusuf: Client) -> None:
    make_sensitive(together)
    page = at(together, "aviseringar/", civil=True)
    assert "Skicka med texten" in words(yusuf.get(page))
    yusuf.post(page, {"pace": "all", "with_matter": "on"})
    assert NoticeChoice.objects.get().with_matter


def test_choice_for_all_names_the_collaborations(together: Together, yusuf: Client) -> None:
    page = yusuf.get("/konto/mejl/")
    assert at(together, "aviseringar/", civil=True) in page.content.decode()
    yusuf.post("/konto/mejl/", {"pace": "asks"})
    assert NoticeChoice.objects.get().collaboration is None
    assert "Nu: Bara det som ber mig om något" in words(yusuf.get(at(together, "aviseringar/", civil=True)))


def test_who_is_not_contact_is_told_who_is(together: Together) -> None:
    page = client_of(together.village.fatima).get(at(together, "aviseringar/", civil=True))
    assert "Kontakt är Yusuf Provsson." in words(page)


# Queries


def more_parties(together: Together, number: int) -> None:
    body = Organisation.objects.create(name=f"Förening {number}", kind="association", invented=True)
    Party.objects.create(
        collaboration=together.collaboration, organisation=body, state="active", joined_at=timezone.now()
    )


def more_words(together: Together, meeting: Meeting) -> None:
    for party in Party.objects.filter(collaboration=together.collaboration, entries=None):
        typed = {party.public_id: Typed("Ord")}
        actions.write_at_meeting(
            by=seat_of(together, "karin"), meeting_id=meeting.public_id, question="1.1.1", boxes=typed
        )


@pytest.mark.parametrize("page", ["", "1.1.1/"])
def test_meeting_asks_as_often_for_three_parties_as_for_ten(together: Together, karin: Client, page: str) -> None:
    meeting = begun(together)
    address = at(together, f"moten/{meeting.public_id}/{page}")
    counted = []
    for parties in (range(1), range(1, 8)):
        for number in parties:
            more_parties(together, number)
        more_words(together, meeting)
        karin.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert karin.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_list_asks_as_often_for_one_meeting_as_for_five(together: Together, karin: Client) -> None:
    counted = []
    grow: Callable[[], object] = lambda: held(together)  # noqa: E731
    for times in (1, 4):
        for _time in range(times):
            grow()
        karin.get(at(together, "moten/"))
        with CaptureQueriesContext(connection) as queries:
            karin.get(at(together, "moten/"))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_somebody_written_up_twice_by_one_form_is_there_once(together: Together, karin: Client) -> None:
    meeting = begun(together)
    sent = {"name": "Bo", "email": "bo@x.example", "idempotency_key": "en-nyckel"}
    for _time in range(2):
        karin.post(at(together, f"moten/{meeting.public_id}/med/"), sent)
    assert meeting.attendees.filter(name="Bo").count() == 1
