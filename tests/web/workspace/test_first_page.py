"""How things stand: the first page for two, five and forty parties, alone, invited, ended and for who only reads."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle, PhaseAnswer, StepState
from samverka.collaborations.models import Collaboration, Commitment, Decision, Entry, Invitation, Outcome, Party
from samverka.organisations.models import Membership
from samverka.organisations.queries import acting_for
from tests.collaborations.crowd import more_parties
from tests.people import Together
from tests.world import client_of, seat_of

Read = Callable[..., str]


def said(page: str) -> str:
    """The page's text, without tags and with single spaces."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def read(together: Together) -> Read:
    """Read a page of the collaboration as a named person."""

    def read_as(name: str, path: str = "") -> str:
        return client_of(together.village.people[name]).get(at(together, name, path)).content.decode()

    return read_as


def at(together: Together, name: str, path: str = "") -> str:
    own = together.village.association if name in {"yusuf", "fatima"} else together.village.municipality
    return f"/arbete/{own.public_id}/samverkan/{together.collaboration.public_id}/{path}"


def promise(together: Together, what: str, days: int | None, party: Party) -> Commitment:
    due = timezone.localdate() + timedelta(days=days) if days is not None else None
    made = Commitment.objects.create(
        collaboration=together.collaboration, what=what, due_on=due, made_by=together.public_party
    )
    made.owners.set([party])
    return made


def test_aim_promises_date_people_and_phase_are_on_the_page(together: Together, read: Read) -> None:
    village = together.village
    village.karin.phone = "0123-456 78"
    village.karin.save()
    promise(together, "Boka lokalen", 4, together.civil_party)
    Outcome.objects.create(
        collaboration=together.collaboration, step="3.2", party=together.public_party, joint=True, circle="all",
        shared_at=timezone.now(), values={"goal": "Trettio barn varje tisdag", "signs": ["Närvaron"]},
    )  # fmt: skip
    actions.change_step(by=seat_of(together, "karin"), step="3.2", state=StepState.UNDER_WAY)
    page = read("yusuf")
    for word in ("Fler barn ska få hjälp.", "Trettio barn varje tisdag", "Närvaron", "Boka lokalen", "Karin Provsson"):
        assert word in said(page), word
    assert 'href="tel:012345678"' in page
    assert "Ni är i fas 3, Enas om målet" in said(page)
    assert "Fortsätt: 3.2 Skriv ett gemensamt mål" in said(page)


def test_phases_begun_beside_each_other_are_both_named(together: Together, read: Read) -> None:
    karin = seat_of(together, "karin")
    actions.change_step(by=karin, step="1.1", state=StepState.UNDER_WAY)
    actions.change_step(by=karin, step="4.2", state=StepState.UNDER_WAY)
    page = said(read("yusuf"))
    assert "Ni har börjat med fas 1 och 4" in page
    assert "Ni är i fas" not in page
    for step in ("1.1", "1.2", "1.3", "1.4"):
        if step != "1.1":
            actions.change_step(by=karin, step=step, state=StepState.UNDER_WAY)
        actions.change_step(by=karin, step=step, state=StepState.DONE)
    actions.change_step(by=karin, step="4.3", state=StepState.UNDER_WAY)
    assert "Ni är i fas 4, Kom överens" in said(read("yusuf"))


def test_yes_to_an_invitation_begins_the_phase_where_one_invites(together: Together, read: Read) -> None:
    assert "Bjud in 0 av 5 steg klara" in said(read("karin"))
    Party.objects.filter(pk=together.civil_party.pk).update(state="invited")
    assert "Bjud in Inte börjat" in said(read("karin"))


def test_late_promises_come_first(together: Together, read: Read) -> None:
    promise(together, "Nästa vecka", 7, together.civil_party)
    promise(together, "Utan dag", None, together.civil_party)
    promise(together, "Lite sent", -2, together.civil_party)
    promise(together, "Mycket sent", -20, together.public_party)
    text = said(read("karin"))
    assert "2 åtaganden är sena" in text
    places = [text.index(what) for what in ("Mycket sent", "Lite sent", "Nästa vecka", "Utan dag")]
    assert places == sorted(places)


def test_what_waits_is_told_to_the_party_it_waits_for(together: Together, read: Read) -> None:
    actions.answer_phase(by=seat_of(together, "karin"), phase=2, answer=PhaseAnswer.CONFIRMED)
    promise(together, "Fråga tre föräldrar", -1, together.civil_party)
    assert "Väntar på er" in said(read("yusuf"))
    assert "Säg om fas 2, Bjud in, är klar" in said(read("yusuf"))
    assert "Håll åtagandet: Fråga tre föräldrar" in said(read("fatima"))
    assert "Väntar på er" not in said(read("karin"))
    assert "Väntar på er" not in said(read("rut"))


def test_next_dates_are_those_of_goal_decision_and_period(together: Together, read: Read) -> None:
    today = timezone.localdate()
    together.collaboration.ends_on = today + timedelta(days=90)
    together.collaboration.save()
    for code, values in (
        ("3.2", {"goal": "Målet", "check_on": (today + timedelta(days=30)).isoformat()}),
        ("7.1", {"decision": "go_on", "all_told_by": (today + timedelta(days=60)).isoformat()}),
    ):
        Outcome.objects.create(
            collaboration=together.collaboration, step=code, party=together.public_party, joint=True, circle="all",
            shared_at=timezone.now(), values=values,
        )  # fmt: skip
    Decision.objects.create(
        collaboration=together.collaboration, party=together.public_party, what="Lokalen är gratis",
        decided_by="Nämnden", decided_on=today, valid_until=today + timedelta(days=10),
    )  # fmt: skip
    text = said(read("karin"))
    places = [
        text.index(what)
        for what in ("Beslutet slutar gälla: Lokalen är gratis", "Då ser vi efter om målet", "Alla ska ha fått besked")
    ]
    assert places == sorted(places)


def test_newest_names_the_step_and_who_but_not_the_text(together: Together, read: Read) -> None:
    karin = seat_of(together, "karin")
    entry = actions.write_entry(by=karin, text="Ord som bara står i dagboken", place=actions.Place("1.1", "1.1.1"))
    actions.share_entry(by=karin, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    page = read("yusuf")
    assert "1.1 Sätt ord på behovet Karin Provsson, Exempelby kommun" in said(page)
    assert f"dagbok/1.1/#{entry.public_id}" in page
    assert "Ord som bara står i dagboken" not in page


def test_every_kind_of_news_stands_there_newest_first(together: Together, read: Read) -> None:
    together.public_party.joined_at = together.civil_party.joined_at = timezone.now() - timedelta(days=9)
    together.public_party.save()
    together.civil_party.save()
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    made = actions.make_commitment(by=karin, question="", what="Boka lokalen", owners=[together.public_party.public_id])
    actions.save_outcome(by=yusuf, step="3.2", values={"goal": "Fler barn kommer"}, joint=True, version=0)
    today = timezone.localdate()
    actions.record_decision(by=karin, what="Lokal i ett år", decided_by="Nämnden", decided_on=today)
    actions.answer_phase(by=yusuf, phase=1, answer=PhaseAnswer.CONFIRMED)
    text = said(read("karin"))
    news = text[text.index("Nyast") : text.index("Allt som har hänt")]
    told = (
        "Fas 1 Förstå behovet : Klar",
        "Skrev upp ett beslut: Lokal i ett år",
        "lämnar efter sig: 3.2",
        "Nytt åtagande: Boka lokalen",
    )
    assert [news.index(what) for what in told] == sorted(news.index(what) for what in told), news
    assert made.public_id in read("karin")


def test_text_kept_long_and_shared_today_is_news(together: Together, read: Read) -> None:
    karin = seat_of(together, "karin")
    late = actions.write_entry(by=karin, text="Skriven för länge sedan", place=actions.Place("1.3", "1.3.1"))
    Entry.objects.filter(pk=late.pk).update(changed_at=timezone.now() - timedelta(days=99))
    for number in range(6):
        early = actions.write_entry(by=karin, text=f"Text {number}", place=actions.Place("1.1", "1.1.1"))
        actions.share_entry(by=karin, entry_id=early.public_id, circle=Circle.ALL, version=1)
    actions.share_entry(by=karin, entry_id=late.public_id, circle=Circle.ALL, version=1)
    assert f"dagbok/1.3/#{late.public_id}" in read("yusuf")


def test_person_on_both_sides_is_named_to_everybody(together: Together, read: Read) -> None:
    Membership.objects.create(user=together.village.karin, organisation=together.village.association, role="member")
    assert "Du handlar för mer än en part här" in said(read("karin"))
    for name in ("karin", "yusuf", "rut"):
        assert "Karin Provsson handlar för Exempelby byalag och Exempelby kommun" in said(read(name))


@pytest.mark.parametrize("count", [3, 38])
def test_many_parties_stand_by_side_and_the_rest_is_folded(together: Together, read: Read, count: int) -> None:
    seats = more_parties(together, count)
    actions.answer_phase(by=seats[0], phase=1, answer=PhaseAnswer.CONFIRMED)
    page = read("karin")
    text = said(page)
    assert "Det offentliga" in text
    assert "Föreningarna" in text
    assert f"1 av {count + 2} har svarat" in text
    folded = page[page.index("parter till") :] if count == 38 else ""
    assert ("och 36 parter till" in text) is (count == 38)
    assert folded.count("person-card") == (36 if count == 38 else 0)


def alone(together: Together) -> Collaboration:
    together.civil_party.delete()
    together.collaboration.state = "preparing"
    together.collaboration.chosen_steps = ["1.1", "1.4"]
    together.collaboration.save()
    return together.collaboration


def test_preparation_says_what_to_do_next(together: Together, read: Read) -> None:
    alone(together)
    text = said(read("karin"))
    assert "Se på de två frågor ni har valt" in text
    assert "Bjud in den ni vill göra det med" in text
    assert "Fortsätt: 1.1 Sätt ord på behovet" in text


def test_what_to_do_next_leads_to_two_different_pages(together: Together, read: Read) -> None:
    alone(together)
    page = read("karin")
    steps = re.findall(r'<li><a href="([^"]+)"', page[page.index('class="todo"') :])[:2]
    assert [step.rsplit("/dagbok/", 1)[1] for step in steps] == ["", "1.1/"]


def test_people_stand_after_the_path_where_there_is_one_column(together: Together, read: Read) -> None:
    page = read("karin")
    assert page.index('id="har"') < page.index('id="personer"') < page.index('id="nytt"')


def test_ended_one_is_in_no_phase_and_does_not_say_that_one_only_reads(together: Together, read: Read) -> None:
    actions.change_step(by=seat_of(together, "karin"), step="1.1", state=StepState.DONE)
    assert "Ni är i fas 1" in said(read("karin"))
    Collaboration.objects.update(state="ended", ended_at=timezone.now())
    text = said(read("karin"))
    assert "Ni är i fas" not in text
    assert "Vägen genom samverkan" in text
    assert "Du läser det som alla parter har delat" not in text


def test_invited_party_is_named_with_since_when_and_whom_to_ring(together: Together, read: Read) -> None:
    together.civil_party.state, together.civil_party.joined_at = "invited", None
    together.civil_party.save()
    Invitation.objects.create(
        party=together.civil_party, inviting_party=together.public_party, email="a@b.example", token_hash="h",
        expires_at=timezone.now() + timedelta(days=60), created_at=timezone.now() - timedelta(days=12),
        state="call_me", answered_at=timezone.now(), answered_name="Yusuf Testberg", answered_phone="070-123 45 67",
    )  # fmt: skip
    page = read("karin")
    assert "12 dagar" in said(page)
    assert "Ring Yusuf Testberg: 070-123 45 67" in said(page)
    assert 'href="tel:0701234567"' in page
    assert "070-123" not in read("rut")


@pytest.mark.parametrize(("state", "words"), [("ended", "Samverkan är avslutad"), ("declined", "Det blev inte av")])
def test_ended_and_declined_say_so_with_the_reason(together: Together, read: Read, state: str, words: str) -> None:
    collaboration = together.collaboration
    collaboration.state, collaboration.ended_at = state, timezone.now()
    collaboration.ended_reason = "Pengarna tog slut."
    collaboration.save()
    text = said(read("karin"))
    assert words in text
    assert "Pengarna tog slut." in text


def test_who_only_reads_gets_no_button_to_go_on(together: Together, read: Read) -> None:
    assert "Fortsätt:" not in said(read("rut"))
    assert "Du läser det som alla parter har delat" in said(read("rut"))


def test_one_put_in_afterwards_leads_to_its_facts(together: Together) -> None:
    together.collaboration.model_version = None
    together.collaboration.recorded_later = True
    together.collaboration.save()
    answer = client_of(together.village.karin).get(at(together, "karin"))
    assert (answer.status_code, answer["Location"]) == (302, at(together, "karin", "om/"))
    assert client_of(together.village.karin).get(at(together, "karin", "fas/1/")).status_code == 404


def test_seat_is_for_who_acts_for_the_organisation(together: Together) -> None:
    assert acting_for(together.village.karin, together.village.municipality.public_id)
    assert Client().get(at(together, "karin")).status_code == 302


def test_question_from_the_invited_is_told_to_who_asked_them(together: Together, read: Read) -> None:
    together.civil_party.state, together.civil_party.joined_at = "invited", None
    together.civil_party.save()
    Invitation.objects.create(
        party=together.civil_party, inviting_party=together.public_party, email="a@b.example", token_hash="h",
        expires_at=timezone.now() + timedelta(days=60), state="asked", reason="När börjar ni?",
        answered_at=timezone.now(), answered_name="Yusuf Testberg", answered_email="yusuf@b.example",
    )  # fmt: skip
    text = said(read("karin"))
    assert "Har ställt en fråga, väntar på ert svar" in text
    assert "Inte svarat än" not in text
    assert "Svara på frågan från Exempelby byalag: När börjar ni?" in text
    assert "När börjar ni?" not in said(read("rut"))


@pytest.mark.parametrize(
    ("state", "words"),
    [("declined", "Exempelby byalag har tackat nej."), ("withdrawn", "Inbjudan till Exempelby byalag togs tillbaka.")],
)
def test_what_came_to_nothing_says_why(together: Together, read: Read, state: str, words: str) -> None:
    together.civil_party.state, together.civil_party.joined_at = state, None
    together.civil_party.save()
    together.collaboration.state = "declined"
    together.collaboration.save()
    text = said(read("karin"))
    assert words in text
    assert "Ni kan bjuda in någon annan" in text
