"""The diary's pages: one question, each side's voice, what is said together; drafts by the script."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.actions.checks import TermsMissing
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Attachment, Draft, Entry, Party
from samverka.organisations.models import ActivityField, Organisation, TermsAcceptance
from tests.web.workspace.pages import at
from tests.world import World, client_of, seat_of

MAIN = "3.2.1"


@pytest.fixture
def karin(world: World) -> Client:
    return client_of(world.together.village.karin)


@pytest.fixture
def yusuf(world: World) -> Client:
    return client_of(world.together.village.yusuf)


def text(response: Any) -> str:
    return str(response.content.decode())


def share(world: World, name: str, words: str, place: str = MAIN) -> Entry:
    by = seat_of(world.together, name)
    entry = actions.write_entry(by=by, text=words, place=Place.of(place))
    return actions.share_entry(by=by, entry_id=entry.public_id, circle=Circle.ALL, version=1)


def many_parties(world: World, count: int) -> list[Party]:
    made = []
    for number in range(count):
        name = f"Förening {number:02}"
        organisation = Organisation.objects.create(name=name, kind="association", invented=True)
        joined = {"state": "active", "joined_at": timezone.now()}
        made.append(
            Party.objects.create(collaboration=world.together.collaboration, organisation=organisation, **joined)
        )
    return made


def test_step_shows_its_question_and_both_voices(world: World, karin: Client) -> None:
    share(world, "karin", "Att biblioteket är fullt")
    share(world, "yusuf", "Att föräldrarna vågar komma in")
    page = text(karin.get(at(world, "dagbok/3.2/")))
    assert "Vad kan en utomstående se om ett år" in page
    assert "Att biblioteket är fullt" in page
    assert "Att föräldrarna vågar komma in" in page


def test_who_is_invited_stands_among_the_readers_of_what_is_shared(world: World, karin: Client) -> None:
    share(world, "karin", "Att biblioteket är fullt")
    at_table = Party.objects.filter(collaboration=world.together.collaboration)
    at_table.filter(state="invited").update(state="withdrawn")
    at_table.filter(pk=world.together.civil_party.pk).update(state="invited")
    told = "Exempelby kommun och Exempelby byalag (när de tackat ja)"
    assert told in text(karin.get(at(world, "dagbok/3.2/")))
    at_table.filter(pk__in=[party.pk for party in many_parties(world, 2)]).update(state="invited")
    assert "Exempelby kommun och 3 inbjudna parter (när de tackat ja)" in text(karin.get(at(world, "dagbok/3.2/")))


def test_silent_party_stands_beside_the_one_who_has_written(world: World, karin: Client) -> None:
    share(world, "karin", "Att biblioteket är fullt")
    assert "Har inte delat något här än." in text(karin.get(at(world, "dagbok/3.2/")))


def test_follow_up_question_has_a_page_of_its_own(world: World, karin: Client) -> None:
    share(world, "karin", "På huvudfrågan")
    share(world, "karin", "På följdfrågan", "3.2.2")
    page = text(karin.get(at(world, "dagbok/3.2/?fraga=2")))
    assert "På följdfrågan" in page
    assert "På huvudfrågan" not in page


@pytest.mark.parametrize("path", ["dagbok/9.9/", "dagbok/3.2/?fraga=77", "dagbok/3.2/?fraga=0"])
def test_place_that_the_model_lacks_is_not_found(world: World, karin: Client, path: str) -> None:
    assert karin.get(at(world, path)).status_code == 404


def test_text_is_written_at_its_question_and_one_comes_back_there(world: World, karin: Client) -> None:
    sent = {"text": "Tisdagar", "circle": "party", "place": "3.2.2"}
    response = karin.post(at(world, "anteckning/"), sent)
    entry = Entry.objects.get(text="Tisdagar")
    assert entry.question == "3.2.2"
    assert response["Location"] == at(world, f"dagbok/3.2/?fraga=2#{entry.public_id}")


def test_text_without_a_circle_comes_back_at_its_question(world: World, karin: Client) -> None:
    response = karin.post(at(world, "anteckning/"), {"text": "Tisdagar", "place": "3.2.2"})
    assert response.status_code == 422
    assert "Tisdagar" in text(response)
    assert "Välj vem som ska kunna läsa" in text(response)


def test_five_parties_are_grouped_by_side_and_the_silent_are_named(world: World, karin: Client) -> None:
    many_parties(world, 3)
    share(world, "yusuf", "Vi vill")
    page = text(karin.get(at(world, "dagbok/3.2/")))
    assert "1 av 4 har svarat" in page
    assert "0 av 1 har svarat" in page
    assert "Förening 00, Förening 01 och Förening 02" in page


def test_forty_parties_unfold_after_the_first_six(world: World, karin: Client) -> None:
    for party in many_parties(world, 38):
        Entry.objects.create(
            collaboration=party.collaboration, party=party, step="3.2", question=MAIN, circle="all",
            text=f"Svar från {party.name}", shared_at=timezone.now(),
        )  # fmt: skip
    page = text(karin.get(at(world, "dagbok/3.2/")))
    assert "38 av 39 har svarat" in page
    assert "Visa 32 till" in page
    assert "Svar från Förening 37" in page


def test_joint_answer_is_written_from_its_question(world: World, yusuf: Client) -> None:
    path = at(world, f"gemensamt/?plats={MAIN}", org="association")
    assert "Vad kan en utomstående se" in text(yusuf.get(path))
    answer = yusuf.post(path, {"text": "Trettio barn varje tisdag", "version": "0"}, follow=True)
    assert "Trettio barn varje tisdag" in text(answer)
    assert answer.redirect_chain[-1][0] == at(world, "dagbok/3.2/#gemensamt", org="association")


def test_registrar_reads_and_has_no_box(world: World) -> None:
    share(world, "yusuf", "Delat av byalaget")
    page = text(client_of(world.together.village.rut).get(at(world, "dagbok/3.2/")))
    assert "Delat av byalaget" in page
    assert "<textarea" not in page


def test_draft_for_comments_says_so_to_all(world: World, karin: Client, yusuf: Client) -> None:
    by = seat_of(world.together, "karin")
    entry = actions.write_entry(by=by, text="Förslag", circle=Circle.PARTY, place=Place.of(MAIN))
    path = at(world, f"anteckning/{entry.public_id}/dela/")
    for day, said in (("", "Skriv sista dag för synpunkter"), ("snart", "Skriv dagen som år-månad-dag")):
        missing = karin.post(path, {"circle": "draft", "version": "1", "comments_until": day})
        assert said in text(missing)
        assert missing.status_code == 422
    entry.refresh_from_db()
    assert entry.circle == "party", "whoever meant a draft has not shared it outright"
    asked = {"circle": "draft", "version": "1", "comments_until": "2099-03-12"}
    karin.post(path, asked)
    page = text(yusuf.get(at(world, "dagbok/3.2/", org="association")))
    assert "Utkast för synpunkter till och med 12 mars 2099" in page
    assert "Synpunkterna blir allmänna handlingar" in page
    karin.post(at(world, f"anteckning/{entry.public_id}/synpunkter-klara/"))
    assert "Var utkast för synpunkter" in text(yusuf.get(at(world, "dagbok/3.2/", org="association")))


def test_draft_for_comments_is_a_form_of_its_own(world: World, karin: Client) -> None:
    by = seat_of(world.together, "karin")
    entry = actions.write_entry(by=by, text="Förslag", circle=Circle.PARTY, place=Place.of(MAIN))
    page = karin.get(at(world, f"anteckning/{entry.public_id}/dela/")).content.decode()
    form = page[page.rindex("<form", 0, page.index('name="comments_until"')) :].partition("</form>")[0]
    assert 'value="draft"' in form, "Enter in the day's field presses the form's first button"
    assert 'value="all"' not in form


# Drafts


def keep(client: Client, world: World, values: Any, **more: Any) -> Any:
    sent = {"key": "q:3.2.1", "values": json.dumps(values), "base_version": "0", "revision": "0"} | more
    return client.post(at(world, "utkast/"), sent)


def test_draft_comes_back_in_the_box_of_its_author_only(world: World, karin: Client, yusuf: Client) -> None:
    assert keep(karin, world, {"text": "Halvfärdigt", "circle": "party"}).json() == {
        "revision": 1,
        "overtaken": False,
    }
    page = text(karin.get(at(world, "dagbok/3.2/")))
    assert "Halvfärdigt" in page
    assert "Du har ett utkast från" in page
    assert "Halvfärdigt" not in text(yusuf.get(at(world, "dagbok/3.2/", org="association")))


def test_saving_the_text_ends_its_draft(world: World, karin: Client) -> None:
    keep(karin, world, {"text": "Halvfärdigt", "circle": "party"})
    sent = {"text": "Färdigt", "circle": "party", "place": MAIN, "draft_key": "q:3.2.1", "draft_revision": "1"}
    karin.post(at(world, "anteckning/"), sent)
    assert not Draft.objects.exists()


def test_draft_is_thrown_away_on_request(world: World, karin: Client) -> None:
    keep(karin, world, {"text": "Halvfärdigt"})
    step = at(world, "dagbok/3.2/")
    response = karin.post(
        at(world, "utkast/kasta/"), {"draft_key": "q:3.2.1", "draft_revision": "1"}, headers={"Referer": f"http://testserver{step}"}
    )  # fmt: skip
    assert response["Location"] == step
    assert not Draft.objects.exists()


def test_another_device_is_told_and_overwrites_nothing(world: World, karin: Client) -> None:
    keep(karin, world, {"text": "På telefonen"})
    second = keep(karin, world, {"text": "På datorn"})
    assert second.status_code == 409
    assert second.json()["elsewhere"] == {"text": "På telefonen"}


@pytest.mark.parametrize("values", ["inte json", "[1]", '{"text": 3}'])
def test_what_is_no_draft_is_refused_in_words(world: World, karin: Client, values: str) -> None:
    response = karin.post(at(world, "utkast/"), {"key": "q:3.2.1", "values": values})
    assert response.status_code == 400


# Files, and what does not belong in a text


def test_file_sent_with_a_text_stands_beside_it(world: World, karin: Client) -> None:
    sent = {"text": "Se bilagan", "circle": "party", "place": MAIN, "file": SimpleUploadedFile("plan.txt", b"Plan")}
    page = text(karin.post(at(world, "anteckning/"), sent, follow=True))
    assert "plan.txt" in page
    attachment = Attachment.objects.get(entry__text="Se bilagan")
    fetched = karin.get(at(world, f"bilaga/{attachment.public_id}/"))
    assert fetched["Content-Disposition"].startswith("attachment")
    assert b"".join(fetched.streaming_content) == b"Plan"


def test_text_is_saved_when_its_file_cannot_be_taken(world: World, karin: Client) -> None:
    sent = {"text": "Se bilagan", "circle": "party", "place": MAIN, "file": SimpleUploadedFile("a.exe", b"MZ\x90")}
    page = text(karin.post(at(world, "anteckning/"), sent, follow=True))
    assert "Anteckningen är sparad, men inte filen." in page
    assert Entry.objects.filter(text="Se bilagan").exists()
    assert not Attachment.objects.filter(entry__text="Se bilagan").exists()


def test_text_for_all_parties_goes_on_to_be_shared_when_its_file_cannot_be_taken(world: World, karin: Client) -> None:
    sent = {"text": "Se bilagan", "circle": "all", "place": MAIN, "file": SimpleUploadedFile("a.exe", b"MZ\x90")}
    refused = karin.post(at(world, "anteckning/"), sent, follow=True)
    page, where = refused.content.decode(), refused.redirect_chain[-1][0]
    entry = Entry.objects.get(text="Se bilagan")
    share = at(world, f"anteckning/{entry.public_id}/dela/")
    assert "Texten är inte delad än." in page
    assert f'<a href="{share}">Dela utan fil</a>' in page
    assert karin.post(where, {"file": SimpleUploadedFile("plan.txt", b"Plan")})["Location"] == share
    assert not Entry.objects.get(pk=entry.pk).shared_at


def test_file_of_the_other_partys_note_is_not_found(world: World, karin: Client, yusuf: Client) -> None:
    sent = {"text": "Hos oss", "circle": "party", "place": MAIN, "file": SimpleUploadedFile("plan.txt", b"Plan")}
    karin.post(at(world, "anteckning/"), sent)
    path = f"bilaga/{Attachment.objects.get(entry__text='Hos oss').public_id}/"
    assert yusuf.get(at(world, path, org="association")).status_code == 404


@pytest.mark.parametrize("words", ["Ring Anna, 19900101-2385", "Skicka hennes personnummer"])
def test_personal_identity_number_is_asked_about_once(world: World, karin: Client, words: str) -> None:
    sent = {"text": words, "circle": "party", "place": MAIN}
    asked = karin.post(at(world, "anteckning/"), sent)
    assert asked.status_code == 422
    assert "verkar innehålla ett personnummer" in text(asked)
    assert words in text(asked)
    assert not Entry.objects.filter(text=words).exists()
    karin.post(at(world, "anteckning/"), sent | {"keep_numbers": "on"})
    assert Entry.objects.filter(text=words).exists()


def test_sensitive_field_says_so_at_the_box(world: World, karin: Client) -> None:
    assert "behöver skydd" not in text(karin.get(at(world, "dagbok/3.2/")))
    world.together.collaboration.fields.add(ActivityField.objects.get(scheme="mapping", code="refugees"))
    assert "Det den här samverkan handlar om kan röra människor som behöver skydd." in text(
        karin.get(at(world, "dagbok/3.2/"))
    )


def test_file_sent_twice_by_one_form_is_kept_once(world: World, karin: Client) -> None:
    entry = share(world, "karin", "Se bilagan")
    for _time in range(2):
        file = SimpleUploadedFile("plan.txt", b"Plan")
        karin.post(at(world, f"anteckning/{entry.public_id}/bilaga/"), {"file": file, "idempotency_key": "en-nyckel"})
    assert entry.attachments.count() == 1


def test_what_all_read_is_changed_only_when_the_terms_are_accepted(world: World, karin: Client) -> None:
    """The page sends one to the terms before anything is typed; the action refuses what is sent all the same."""
    entry = share(world, "karin", "Vårt ord")
    TermsAcceptance.objects.all().delete()
    for page in ("", "bilaga/"):
        assert "/villkor/" in karin.get(at(world, f"anteckning/{entry.public_id}/{page}"))["Location"]
    seat = seat_of(world.together, "karin")
    with pytest.raises(TermsMissing):
        actions.write_entry(by=seat, entry_id=entry.public_id, version=1, text="Vårt nya ord")
    with pytest.raises(TermsMissing):
        upload = SimpleUploadedFile("plan.txt", b"Plan")
        actions.attach_file(by=seat, entry_id=entry.public_id, upload=upload)


@pytest.mark.parametrize(
    ("query", "page"), [("", "dagbok/"), ("?plats=3.2.2", "dagbok/3.2/?fraga=2"), ("?plats=9.9.9", "dagbok/")]
)
def test_fetching_the_address_that_saves_a_note_leads_to_where_one_writes(world, karin, query, page) -> None:
    assert karin.get(at(world, f"anteckning/{query}"))["Location"] == at(world, page) + "#skriv"


def test_note_that_comes_back_with_faults_remembers_its_question(world, karin) -> None:
    page = text(karin.post(at(world, "anteckning/?plats=3.2.2"), {"text": "", "place": "3.2.2"}))
    assert "/anteckning/?plats=3.2.2" in page


def test_striking_a_file_is_not_called_as_striking_the_note(world, karin) -> None:
    entry = share(world, "karin", "Med fil")
    file = SimpleUploadedFile("protokoll.txt", b"Hej")
    page = text(karin.post(at(world, f"anteckning/{entry.public_id}/bilaga/"), {"file": file}, follow=True))
    assert re.search(r'<a class="link files__strike"[^>]*>Stryk filen<', page)
    assert page.count(">Stryk<") == 1
