"""The desk's pages: what is posted and what is said."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samverka.kernel.mail import outbox
from samverka.kernel.models import JobProgress, OutboxMessage, SinkMail, StoredFile
from samverka.kernel.spreadsheets import Column, write_xlsx
from samverka.organisations.models import Organisation
from samverka.surveys.links import asked_key
from samverka.surveys.models import Answer, Asked, Response, Round, Sample
from samverka.surveys.tasks import send_invitations
from tests.surveys.desk import address, hand_over, invited, prepared
from tests.world import World, client_of

DESK = "/redaktion/kartlaggningar/"
FORM = {
    "questionnaire": "offentliga-aktorer", "title": "Höstens frågor", "slug": "2028-host", "mode": "real",
    "side": "public", "access": "invited", "closes_on": "2028-10-20", "at_hand": "Ett\n\nTvå",
}  # fmt: skip


@pytest.fixture
def anna(world: World) -> Client:
    return client_of(world.person("anna"))


def _page(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(DESK + path)
    assert answer.status_code == status, path
    return answer.content.decode()


def _post(browser: Client, path: str, status: int = 302, **fields: Any) -> str:
    answer = browser.post(DESK + path, fields, follow=status == 302)
    assert (answer.redirect_chain[0][1] if status == 302 else answer.status_code) == status, answer.content.decode()[
        :3000
    ]
    return answer.content.decode()


def test_round_is_prepared_on_the_page_and_only_once(anna: Client) -> None:
    fields = {**FORM, "idempotency_key": "en-nyckel"}
    for _time in range(2):
        assert anna.post(DESK + "ny/", fields)["Location"] == f"{DESK}2028-host/"
    found = Round.objects.get(slug="2028-host")
    assert (found.state, found.at_hand) == ("prepared", "Ett\nTvå")
    page = _page(anna, "2028-host/")
    assert "Det här saknas innan omgången kan öppnas" in page
    assert "Kontaktens telefon och tider" in page
    assert "inte prövat" in page


def test_name_in_the_address_is_made_of_the_title(anna: Client) -> None:
    _post(anna, "ny/", **{**FORM, "slug": "", "title": "Så gör ni, våren 2028"})
    assert Round.objects.filter(slug="sa-gor-ni-varen-2028").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slug": "2027"}, "Det finns redan en omgång som heter 2027."),
        ({"at_hand": "a\nb\nc\nd"}, "Skriv högst tre saker"),
        ({"closes_on": "i maj"}, "Skriv dagen som år-månad-dag"),
        ({"title": ""}, "id_title"),
        ({"contact_email": "fel"}, "id_contact_email"),
    ],
)
def test_fault_is_said_at_the_field(anna: Client, changed: dict[str, str], said: str) -> None:
    assert said in _post(anna, "ny/", 422, **{**FORM, **changed})


def test_two_who_change_a_round_at_once_see_both(anna: Client) -> None:
    fields = {**FORM, "version": "1"}
    _post(anna, "pilot/andra/", **{**fields, "title": "Den ena"})
    page = _post(anna, "pilot/andra/", 409, **{**fields, "title": "Den andra"})
    assert "Den ena" in page
    assert 'value="Den andra"' in page
    assert 'name="version" value="2"' in page
    assert Round.objects.get(slug="pilot").title == "Den ena"


def test_settled_choices_are_not_on_the_form(anna: Client) -> None:
    page = _page(anna, "2027/andra/")
    assert 'name="side"' not in page
    assert 'name="slug"' not in page
    assert 'name="side"' in _page(anna, "pilot/andra/")


def test_round_is_opened_closed_and_opened_again(anna: Client) -> None:
    assert "Omgången är öppen" in _post(anna, "pilot/lage/", do="open")
    assert "Omgången är stängd" in _post(anna, "pilot/lage/", do="close")
    assert "Visa resultatet för alla" not in _page(anna, "pilot/lage/")
    assert "Varför?" in _post(anna, "pilot/lage/", 422, do="reopen", why="")
    assert "öppen igen" in _post(anna, "pilot/lage/", do="reopen", why="Två hade semester")
    _post(anna, "2027/lage/", do="close")
    assert "Resultatet visas nu för alla" in _post(anna, "2027/lage/", do="publish")


def test_bodies_are_put_in_by_kind_county_and_one_by_one(anna: Client, world: World) -> None:
    assert "Välj minst ett slag" in _post(anna, "pilot/panel/lagg-till/", 422, counties="14")
    page = _post(anna, "pilot/panel/lagg-till/", kinds="region", counties=["14", "12"])
    assert "2 är tillagda i panelen" in page
    assert "2 saknar adress" in page
    assert "Exempelby kommun" in _page(anna, "pilot/panel/lagg-till/?q=exempelby")
    where = f"pilot/panel/lagg-till/{world.ids['municipality']}/"
    assert "Fritidsnämnden" in _page(anna, where)
    _post(anna, where, whole="1", unit=world.ids["unit"])
    assert Asked.objects.filter(round__slug="pilot").count() == 4
    assert "frågas redan" in _page(anna, where)


def test_address_is_mended_in_its_row(anna: Client) -> None:
    _post(anna, "pilot/panel/lagg-till/", kinds="region", counties="14")
    one = Asked.objects.get(round__slug="pilot")
    key = one.public_id
    fields = {"asked": key, f"{key}-email": "fel", f"{key}-phone": "", f"{key}-language": "sv", f"{key}-version": "1"}
    page = _post(anna, "pilot/panel/utan-adress/", 422, **fields)
    assert f'href="#id_{key}-email"' in page
    _post(anna, "pilot/panel/utan-adress/", **{**fields, f"{key}-email": "Regionen@vgr.example"})
    one.refresh_from_db()
    assert one.email == "regionen@vgr.example"
    assert "Alla har en adress" in _page(anna, "pilot/panel/utan-adress/")


def test_one_of_another_round_is_not_reached(anna: Client, world: World) -> None:
    asked = world.ids["not_invited"]
    assert anna.post(f"{DESK}pilot/panel/ta-bort/", {"asked": asked}).status_code == 404
    assert "Borttagen ur panelen" in _post(anna, "2027/panel/ta-bort/", asked=asked)
    assert anna.post(f"{DESK}pilot/svar/{world.ids['asked']}/ringt/", {"called": "on"}).status_code == 404


def test_sample_is_drawn_once_with_its_seed_told(anna: Client, world: World) -> None:
    prepared(world.person("anna"), "foreningar", side="civil")
    fields = {"size": "2", "stratified_by": "county", "seed": "7", "idempotency_key": "dragning"}
    for _time in range(2):
        _post(anna, "foreningar/panel/urval/", **fields)
    assert Sample.objects.get().seed == 7
    assert "2 dragna" in (page := _page(anna, "foreningar/"))
    assert "frö 7" in page
    assert "fördelade efter län" in page


def _upload(anna: Client, name: str, content: bytes) -> str:
    return _post(anna, "2027/panel/fil/", 200, file=SimpleUploadedFile(name, content))


def test_panel_is_read_from_csv_and_xlsx_and_the_file_is_not_kept(anna: Client, world: World) -> None:
    key = world.ids["not_invited"]
    page = _upload(anna, "panel.csv", f"Nyckel;E-postadress\n{key};ny@vgr.example\nsaknas;x@y.example\n".encode())
    assert "Filen är inläst" in page
    assert "Nyckeln finns inte i den här omgången." in page
    assert Asked.objects.get(public_id=key).email == "ny@vgr.example"
    file = io.BytesIO()
    columns = [
        Column("key", "Nyckel"),
        Column("name", "Namn"),
        Column("email", "E-postadress"),
        Column("phone", "Telefon"),
    ]
    # The empty cell between must not move the others.
    write_xlsx(columns, [{"key": key, "phone": "0123-9"}], file, title="Panelen")
    _upload(anna, "panel.xlsx", file.getvalue())
    one = Asked.objects.get(public_id=key)
    assert (one.email, one.phone) == ("ny@vgr.example", "0123-9")
    assert not StoredFile.objects.filter(owner_kind="survey_panel").exists()


def test_file_that_says_nothing_is_refused_at_the_field(anna: Client) -> None:
    file = SimpleUploadedFile("panel.csv", b"Farg;Form\nrod;rund\n")
    assert "kolumnen Nyckel" in _post(anna, "2027/panel/fil/", 422, file=file)


def test_mail_is_shown_with_the_rounds_own_words_and_sent_once(anna: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    page = _page(anna, "2027/bjud-in/")
    assert "Exempelmyndigheten frågar Exempelby kommun" in page
    assert "Bjud in den som är ny" in page
    assert "Påminnelse: svar senast" in _page(anna, "2027/bjud-in/?mejl=paminnelse")
    assert "Exempelmyndigheten" in _page(anna, "2027/bjud-in/inbjudan/html/")
    posted = anna.post(DESK + "2027/bjud-in/", {"idempotency_key": "en"})
    assert posted["Location"] == anna.post(DESK + "2027/bjud-in/", {"idempotency_key": "en"})["Location"]
    progress = JobProgress.objects.exclude(state="done").get()
    assert "Mejlen läggs i utkorgen" in anna.get(posted["Location"]).content.decode()
    send_invitations(progress.pk)
    done = anna.get(posted["Location"], headers={"HX-Request": "true"})
    assert done.status_code == 286
    assert "En är inbjuden" in done.content.decode()
    assert "Det finns ingen ny att bjuda in" in _page(anna, "2027/bjud-in/")
    assert OutboxMessage.objects.filter(kind="survey_invitation").count() == 1


def test_board_counts_lists_and_exports(anna: Client) -> None:
    page = _page(anna, "2027/svar/")
    assert "<strong>50 %</strong> har lämnat in: 1 av 2 inbjudna" in page
    assert "Tre organisationer" in page
    silent = _page(anna, "2027/svar/?lage=tysta")
    assert "Grannby kommun" not in silent
    assert "Två organisationer" in silent
    file = anna.get(DESK + "2027/svar.csv?lage=tysta")
    text = b"".join(file.streaming_content).decode()  # type: ignore[arg-type]
    assert "Exempelby kommun" in text
    assert "Grannby" not in text
    assert 'filename="2027-svar.csv"' in file["Content-Disposition"]


def test_no_page_of_the_desk_shows_what_is_answered(anna: Client, world: World) -> None:
    asked = Asked.objects.get(public_id=world.ids["asked"])
    Answer.objects.create(asked=asked, code="kontakt", version=1, value="Hemlig funktion", author="Hemlig Person")
    for path in ("2027/", "2027/svar/", "2027/ringlista/", f"2027/svar/{asked.public_id}/"):
        page = _page(anna, path)
        assert "Hemlig" not in page
    assert "börjat på 1 av 5 block" in _page(anna, "2027/svar/")
    assert "påbörjat" in _page(anna, f"2027/svar/{asked.public_id}/")


def test_call_is_noted_and_stands_in_the_list_and_the_file(anna: Client, world: World) -> None:
    asked = world.ids["asked"]
    assert "Anteckningen är sparad" in _post(anna, f"2027/svar/{asked}/ringt/", note="Svarar på fredag", called="on")
    page = _page(anna, "2027/ringlista/")
    assert "Svarar på fredag" in page
    assert "Senast ringt" in page
    assert "Grannby" not in page
    said = b"".join(anna.get(DESK + "2027/ringlista.csv").streaming_content).decode()  # type: ignore[arg-type]
    assert "Svarar på fredag" in said


def test_address_conflict_shows_both(anna: Client, world: World) -> None:
    where = f"2027/svar/{world.ids['asked']}/adress/"
    fields = {"phone": "", "language": "sv", "version": "1"}
    _post(anna, where, email="ena@exempelby.example", **fields)
    page = _post(anna, where, 409, email="andra@exempelby.example", **fields)
    assert "ena@exempelby.example" in page
    assert 'value="andra@exempelby.example"' in page


def test_decline_and_reopening_are_posted(anna: Client, world: World) -> None:
    asked, answered = world.ids["asked"], world.ids["answered"]
    assert "Hinner inte" in _post(anna, f"2027/svar/{asked}/avstar/", why="Hinner inte")
    assert "De är med igen" in _post(anna, f"2027/svar/{asked}/avstar/")
    assert "Svaret går att ändra igen" in _post(anna, f"2027/svar/{answered}/oppna/", why="De bad om det")
    assert "De bad om det" in _page(anna, f"2027/svar/{answered}/")
    assert Asked.objects.get(public_id=answered).state == "begun"


def test_link_is_sent_again_and_renewed(anna: Client, world: World) -> None:
    asked = world.ids["asked"]
    assert "på väg igen" in _post(anna, f"2027/svar/{asked}/lank/", do="again")
    assert "Den gamla gäller inte" in _post(anna, f"2027/svar/{asked}/lank/", do="new")
    assert Asked.objects.get(public_id=asked).link_number == 2


def test_protected_organisations_address_is_nowhere(anna: Client, world: World) -> None:
    jour = Organisation.objects.create(
        name="Tjejjouren Provet", kind="association", protected=True, email="hemlig@jouren.example", phone="070-999"
    )
    asked = invited(world.person("anna"), jour, slug="jourer", side="civil")[0]
    # A function of its own is as hidden as its registered address.
    assert asked.email == address(jour).email
    for path in ("jourer/panel/", "jourer/ringlista/", f"jourer/svar/{asked.public_id}/", "jourer/svar/"):
        page = _page(anna, path)
        assert "Tjejjouren Provet" in page
        assert asked.email not in page
        assert "hemlig@" not in page
        assert "0123-45" not in page
    for name in ("panel.csv", "ringlista.csv", "svar.csv"):
        text = b"".join(anna.get(f"{DESK}jourer/{name}").streaming_content).decode()  # type: ignore[arg-type]
        assert asked.email not in text
        assert "0123-45" not in text


def test_anonymous_round_shows_the_open_link_and_no_call_list(anna: Client, world: World) -> None:
    invited(world.person("anna"), world.together.village.association, slug="anonym", side="civil", access="open")
    Response.objects.create(round=Round.objects.get(slug="anonym"), answers={}, received_on="2027-04-01")
    page = _page(anna, "anonym/")
    assert "/kartlaggning/anonym/svara/" in page
    assert "anonym/ringlista/" not in page
    board = _page(anna, "anonym/svar/")
    assert "Ett svar har kommit in" in board
    assert "Har öppnat</span>" not in board


def test_mail_scanner_who_opens_every_link_changes_nothing(anna: Client, world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    asked = invited(world.person("anna"), world.together.village.municipality, slug="skannad")[0]
    for message_id in outbox.waiting_ids():
        outbox.deliver(message_id)
    mail = SinkMail.objects.latest("id")
    before = Asked.objects.filter(pk=asked.pk).values().get()
    for _time in range(2):
        for url in (part for part in mail.text.split() if part.startswith("http")):
            path = url.removeprefix(settings.BASE_URL) or "/"
            Client().get(path), Client().head(path)
    assert Asked.objects.filter(pk=asked.pk).values().get() == before
    assert asked_key(asked) in mail.text


def test_our_surveys_leads_members_to_the_form(world: World) -> None:
    karin = client_of(world.person("karin"))
    asked = Asked.objects.get(public_id=world.ids["asked"])
    where = f"/arbete/{world.ids['municipality']}/kartlaggning/"
    assert asked_key(asked) in karin.get(where).content.decode()
    assert where in karin.get(f"/arbete/{world.ids['municipality']}/").content.decode()
    hand_over(asked)
    assert "Ni har lämnat in. Tack!" in karin.get(where).content.decode()
    olle = client_of(world.person("olle"))
    assert "Ni har lämnat in" in olle.get(f"/arbete/{world.ids['neighbour']}/kartlaggning/").content.decode()
    yusuf = client_of(world.person("yusuf"))
    assert (
        "Ingen kartläggning väntar på er"
        in yusuf.get(f"/arbete/{world.ids['association']}/kartlaggning/").content.decode()
    )
