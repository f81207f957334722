"""Building a questionnaire in the browser: from the first draft to publishing, and two editors at once."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samverka.kernel.models import AuditEntry
from samverka.questionnaires import actions
from samverka.questionnaires.checking import faults
from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.models import Questionnaire, Version
from samverka.questionnaires.reading import definition_of, draft_of, published_version
from samverka.surveys.actions import open_round
from tests.questionnaires.forms import agreements
from tests.web.account.steps import host_person

pytestmark = pytest.mark.django_db
LIST = "/redaktion/frageformular/"
DRAFT = f"{LIST}avtal/utkast/"


@pytest.fixture
def anna(db: None) -> Client:
    """An analyst's browser, and a draft of the questionnaire on agreements."""
    actions.publish_definition(by=None, slug="avtal", definition=agreements())
    browser = host_person("analyst", "anna@vard.example")[0]
    assert browser.post(f"{LIST}avtal/andra/").headers["Location"] == DRAFT
    return browser


def _now() -> Definition:
    draft = draft_of("avtal")
    assert draft
    return definition_of(draft)


def _get(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def _fields(page: str) -> dict[str, Any]:
    """What a browser would send of the form on the page as it stands."""
    form = max(re.findall(r"<form.*?</form>", page, re.DOTALL), key=len)
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        if not name or (kind and kind[1] in {"checkbox", "radio"} and "checked" not in tag):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        found[name[1]] = _plain(value[1]) if value else "on" if kind and kind[1] == "checkbox" else ""
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = _plain(value.removeprefix("\n"))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = _plain(chosen[1]) if chosen else ""
    return found


def _plain(text: str) -> str:
    for sign, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(sign, plain)
    return text


def _save(browser: Client, address: str, status: int = 302, **changed: Any) -> str:
    answer = browser.post(address, _fields(_get(browser, address)) | changed)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_list_leads_to_drafts_new_ones_and_workbooks(anna: Client) -> None:
    page = _get(anna, LIST)
    for address in (f"{LIST}nytt/", DRAFT, f"{LIST}avtal/version/1.xlsx"):
        assert f'href="{address}"' in page
    assert 'action="/redaktion/frageformular/offentliga-aktorer/andra/"' in page
    again = anna.post(f"{LIST}avtal/andra/", follow=True)
    assert "Det finns redan ett utkast" in again.content.decode()


def test_outline_shows_codes_types_and_conditions(anna: Client) -> None:
    page = _get(anna, DRAFT)
    for told in ("Vilken kommun?", "<code>former</code>", "Flera av flera", "Upprepad grupp", "behöver svar", "varnar"):
        assert told in page
    assert "visas bara när selected(${former}, &#x27;iop&#x27;)" in page
    assert 'value="up:kommun"' not in page
    assert 'value="down:kommun"' in page
    assert "texter saknas" in page


def test_saving_what_stands_changes_nothing(anna: Client) -> None:
    before = _now()
    for placed in before.placed:
        _save(anna, f"{DRAFT}del/{placed.item.code}/")
    _save(anna, f"{DRAFT}vallista/former/")
    assert _now() == before
    assert not Version.objects.drafts().get().earlier_states.exists()


def test_question_of_every_type_is_added_with_its_own_fields(anna: Client) -> None:
    more: dict[str, dict[str, Any]] = {
        "one": {"new_options": "Ja, helt | Yes, fully\nNej | No"}, "several": {"choices": "former", "max_choices": "2"},
        "scale": {"start": "1", "end": "5", "low_sv": "Lite"}, "calculated": {"calculation": "${i_fjol} * 2"},
        "file": {"accept": "image"}, "money": {"unit_sv": "kronor"},
    }  # fmt: skip
    page = _get(anna, f"{DRAFT}lagg-till/")
    kinds = re.findall(r'href="\?typ=(\w+)"', page)
    assert len(kinds) == 18
    for kind in kinds:
        address = f"{DRAFT}lagg-till/?typ={kind}"
        _save(anna, address, label_sv=f"Nytt {kind}", label_en=f"New {kind}", code=f"ny_{kind}", **more.get(kind, {}))
    definition = _now()
    assert {f"ny_{kind}" for kind in kinds} <= definition.by_code.keys()
    wrong = {fault.where for fault in faults(definition)}
    assert wrong == {"ny_matrix"}
    assert definition.options_by_list["ny_one"][0].label == {"sv": "Ja, helt", "en": "Yes, fully"}
    assert [option.value for option in definition.options_by_list["ny_one"]] == ["ja_helt", "nej"]


def test_code_is_made_of_the_words_when_none_is_written(anna: Client) -> None:
    _save(anna, f"{DRAFT}lagg-till/?typ=text&i=avtal", label_sv="Vad heter ni?")
    assert _now().by_code["vad_heter_ni"].within[0].code == "avtal"
    _save(anna, f"{DRAFT}lagg-till/?typ=text", label_sv="Vad heter ni?")
    assert "vad_heter_ni_2" in _now().by_code


@pytest.mark.parametrize(
    ("changed", "told", "at"),
    [
        ({"visible_if": "${saknas} = 'yes'"}, "Det finns ingen fråga med koden saknas.", "id_visible_if"),
        ({"visible_if": "${i_fjol} >"}, "Villkoret slutar för tidigt.", "id_visible_if"),
        ({"valid_if": "fiffel(.)"}, "Funktionen fiffel() finns inte här.", "id_valid_if"),
        ({"label_sv": "", "label_en": ""}, "Skriv texten.", "id_label_sv"),
        ({"code": "två ord"}, "Koden får bara ha", "id_code"),
        ({"code": "former"}, "Koden former finns redan.", "id_code"),
        ({"must": "if"}, "Skriv villkoret för när frågan måste besvaras.", "id_required_if"),
    ],
)
def test_faults_are_told_at_the_field_and_nothing_typed_is_lost(
    anna: Client, changed: dict[str, str], told: str, at: str
) -> None:
    page = _save(anna, f"{DRAFT}del/plan/", 422, help_sv="Skriv <gärna> här", **changed)
    assert told in page
    assert f'href="#{at}"' in page
    assert "Skriv &lt;gärna&gt; här" in page
    assert "help" not in str(_now().by_code["plan"].item.help)


def test_checking_conditions_saves_nothing(anna: Client) -> None:
    address = f"{DRAFT}del/plan/"
    page = _save(anna, address, 200, visible_if="${kommun}='Öby'", do="check")
    assert "Det här går ihop" in page
    page = _save(anna, address, 422, visible_if="${kommun}=", do="check")
    assert "Villkoret slutar för tidigt." in page
    assert getattr(_now().by_code["plan"].item, "visible_if", "") == "count(${avtal}) > 0"
    _save(anna, address, visible_if="${kommun}='Öby'")
    assert _now().by_code["plan"].item.visible_if == "${kommun} = 'Öby'"


def test_type_is_changed_and_the_new_fields_are_asked_for(anna: Client) -> None:
    address = f"{DRAFT}del/kommun/"
    page = _save(anna, address, 200, type="scale", do="type", help_sv="Ny hjälp")
    assert 'name="start"' in page
    assert "Ny hjälp" in page
    assert "Inget är sparat" in page or "inget är sparat" in page
    page = _save(anna, address, 422, type="scale")
    assert "En skala behöver" in page
    _save(anna, address, type="scale", start="1", end="5")
    item = _now().by_code["kommun"].item
    assert isinstance(item, Question)
    assert (item.type, item.start, item.end, item.required_if) == ("scale", 1, 5, "true()")


def test_renamed_question_is_followed_by_what_speaks_of_it(anna: Client) -> None:
    _save(anna, f"{DRAFT}del/former/", code="vara_former")
    assert _now().by_code["avtal"].item.visible_if == "selected(${vara_former}, 'iop')"
    assert faults(_now()) == []


def test_items_are_moved_copied_removed_and_all_is_undone(anna: Client) -> None:
    before = _now()
    first = [item.code for item in before.items]
    answer = anna.post(f"{DRAFT}gor/", {"do": "down:kommun"})
    assert answer.headers["Location"].endswith("#i_kommun")
    assert [item.code for item in _now().items][:2] == ["former", "kommun"]
    anna.post(f"{DRAFT}gor/", {"do": "copy:avtal"})
    assert "belopp_2" in _now().by_code
    page = anna.post(f"{DRAFT}gor/", {"do": "remove:former"}, follow=True).content.decode()
    assert "är borttagen" in page
    assert "behöver ändras" in page
    assert "saker att rätta före publicering" in page
    _save(anna, f"{DRAFT}del/plan/flytta/", place="avtal|motpart")
    assert [item.code for item in _now().by_code["avtal"].item.items] == ["motpart", "plan", "belopp"]  # type: ignore[union-attr]
    for _change in range(4):
        state = re.search(r'value="undo:(\d+)"', _get(anna, DRAFT))
        assert state
        anna.post(f"{DRAFT}gor/", {"do": f"undo:{state[1]}"})
    assert _now() == before
    assert [item.code for item in _now().items] == first
    assert "undo:" not in _get(anna, DRAFT)


def test_places_to_move_to_leave_out_what_cannot_be(anna: Client) -> None:
    page = _get(anna, f"{DRAFT}del/avtal/flytta/")
    assert 'value="|kommun"' in page
    assert 'value="avtal|motpart"' not in page
    _save(anna, f"{DRAFT}del/avtal/flytta/", 422, place="avtal|motpart")
    _get(anna, f"{DRAFT}del/finns_inte/flytta/", 404)


def test_odd_acts_do_nothing(anna: Client) -> None:
    before = _now()
    for odd in ("", "up:", "up:saknas", "undo:0", "undo:x", "remove:saknas", "explode:kommun"):
        answer = anna.post(f"{DRAFT}gor/", {"do": odd})
        assert answer.status_code in {302, 400}
    assert _now() == before


def test_two_editors_see_both_and_lose_nothing(anna: Client) -> None:
    address = f"{DRAFT}del/plan/"
    fields = _fields(_get(anna, address))
    other = host_person("analyst", "bo@vard.example")[0]
    _save(other, address, label_sv="Finns en plan som gäller?")
    answer = anna.post(address, fields | {"label_sv": "Har ni en plan?"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Finns en plan som gäller?" in page
    assert page.count("Har ni en plan?") >= 2
    assert _now().by_code["plan"].item.label["sv"] == "Finns en plan som gäller?"
    assert anna.post(address, _fields(page)).status_code == 302
    assert _now().by_code["plan"].item.label["sv"] == "Har ni en plan?"


def test_two_editors_of_different_questions_do_not_meet(anna: Client) -> None:
    fields = _fields(_get(anna, f"{DRAFT}del/plan/"))
    _save(anna, f"{DRAFT}del/kommun/", label_sv="Vilken kommun gäller det?")
    assert anna.post(f"{DRAFT}del/plan/", fields | {"label_sv": "Har ni en plan?"}).status_code == 302
    assert _now().by_code["kommun"].item.label["sv"] == "Vilken kommun gäller det?"


def test_list_is_rearranged_on_the_page_and_saved_at_last(anna: Client) -> None:
    address = f"{DRAFT}vallista/former/"
    page = _save(anna, address, 200, do="down:0", **{"o0-label_sv": "Stående råd"})
    assert "Inget är sparat än" in page
    added = anna.post(address, _fields(page) | {"do": "add"}).content.decode()
    new = {"o3-value": "nytt", "o3-label_sv": "Nytt val", "o3-exclusive": "on", "o3-attributes": "lan=14", "do": "save"}
    assert anna.post(address, _fields(added) | new).status_code == 302
    options = _now().options_by_list["former"]
    assert [option.value for option in options] == ["iop", "rad", "inget", "nytt"]
    assert options[1].label["sv"] == "Stående råd"
    assert (options[3].exclusive, options[3].attributes) == (True, {"lan": "14"})


def test_list_that_is_used_stays_and_follows_a_new_name(anna: Client) -> None:
    address = f"{DRAFT}vallista/former/"
    assert "används av" in anna.post(address, {"do": "remove"}, follow=True).content.decode()
    _save(anna, address, name="vara_former")
    assert _now().by_code["former"].item.choices == "vara_former"  # type: ignore[union-attr]
    page = _save(anna, f"{DRAFT}vallistor/ny/", 422, name="a b", **{"o0-value": "a b", "o0-label_sv": "A"})
    assert "Ett värde har inga mellanslag." in page
    _save(anna, f"{DRAFT}vallistor/ny/", name="ny", **{
        "o0-value": "a", "o0-label_sv": "A", "o1-value": "b", "o1-label_sv": "B",
    })  # fmt: skip
    assert anna.post(f"{DRAFT}vallista/ny/", {"do": "remove"}).status_code == 302
    assert "ny" not in _now().options_by_list


def test_missing_texts_are_filled_in_in_one_go_and_never_over_anothers(anna: Client) -> None:
    address = f"{DRAFT}oversatt/"
    page = _get(anna, address)
    names = [name for name in _fields(page) if name.startswith("t:en:")]
    assert "t:en:item:kommun:label:0" in names
    _save(anna, f"{DRAFT}del/kommun/", label_en="Which municipality is it?")
    answer = anna.post(address, {name: f"In English {name}" for name in names})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Which municipality is it?" in told
    assert "In English t:en:item:kommun:label:0" in told
    definition = _now()
    assert definition.by_code["kommun"].item.label["en"] == "Which municipality is it?"
    assert definition.by_code["belopp"].item.label["en"] == "In English t:en:item:belopp:label:0"
    assert "Alla texter finns" in _get(anna, address)


def test_title_and_languages_are_changed(anna: Client) -> None:
    address = f"{DRAFT}rubrik/"
    fields = _fields(_get(anna, address))
    sent = fields | {"title_sv": "Avtal 2027", "languages": ["sv", "en", "fi"], "first": "sv"}
    assert anna.post(address, sent).status_code == 302
    assert [language.code for language in _now().languages] == ["sv", "en", "fi"]
    assert _now().title["sv"] == "Avtal 2027"
    both = anna.post(address, fields | {"title_sv": "Avtal nu", "languages": ["sv"], "first": "sv"})
    assert both.status_code == 409
    assert "Avtal 2027" in both.content.decode()
    wrong = anna.post(address, _fields(_get(anna, address)) | {"languages": ["en"], "first": "sv"})
    assert "Välj ett av språken" in wrong.content.decode()


def test_draft_is_tried_out_in_each_language_once_it_has_no_faults(anna: Client) -> None:
    assert "Which forms?" in _get(anna, f"{DRAFT}prova/?sprak=en")
    assert "Vilka former?" in _get(anna, f"/en{DRAFT}prova/?sprak=sv")
    shipped = f"{LIST}offentliga-aktorer/"
    assert ">Yes</label>" in _get(anna, f"{shipped}?sprak=en")
    assert ">Ja</label>" in _get(anna, f"/en{shipped}?sprak=sv")
    assert ">Ja</label>" in _get(anna, f"{shipped}?sprak=xx")
    page = anna.post(f"{DRAFT}prova/", {"do": "show", "former": ["iop"]}).content.decode()
    assert 'name="avtal:0:motpart"' in page
    anna.post(f"{DRAFT}gor/", {"do": "remove:former"})
    assert "Utkastet går inte att prova än" in _get(anna, f"{DRAFT}prova/")


def test_publishing_says_what_breaks_and_that_open_rounds_keep_theirs(anna: Client) -> None:
    open_round(by=None, slug="avtal-2027", questionnaire="avtal")
    _save(anna, f"{DRAFT}del/plan/", label_sv="Har ni en plan?")
    anna.post(f"{DRAFT}gor/", {"do": "remove:i_fjol"})
    page = _get(anna, f"{DRAFT}publicera/")
    for told in (
        "avtal-2027: behåller version 1", "Det här bryter serien", "Frågan är borttagen.", "Belopp i fjol",
        "Finns en plan?” är nu ”Har ni en plan?”",
    ):  # fmt: skip
        assert told in page
    stale = anna.post(f"{DRAFT}publicera/", {"fingerprint": "gammal"})
    assert stale.status_code == 409
    assert anna.post(f"{DRAFT}publicera/", _fields(page)).headers["Location"] == LIST
    version = published_version("avtal")
    assert version
    assert version.number == 2
    assert "i_fjol" not in definition_of(version).by_code
    assert draft_of("avtal") is None
    assert list(Version.objects.filter(questionnaire__slug="avtal", number=1).values_list("state", flat=True)) == [
        "retired"
    ]
    done = AuditEntry.objects.filter(object_kind="questionnaire", object_id="avtal").values_list("action", flat=True)
    assert {"questionnaire.draft_started", "questionnaire.draft_changed", "questionnaire.published"} <= set(done)


def test_draft_with_faults_or_without_changes_is_not_published(anna: Client) -> None:
    page = _get(anna, f"{DRAFT}publicera/")
    assert "Inget som frågas är ändrat." in page
    told = anna.post(f"{DRAFT}publicera/", _fields(page), follow=True).content.decode()
    assert "Det finns inget att publicera." in told
    anna.post(f"{DRAFT}gor/", {"do": "remove:former"})
    page = _get(anna, f"{DRAFT}publicera/")
    assert "Rätta det här först" in page
    assert 'name="fingerprint"' not in page
    draft = draft_of("avtal")
    assert draft
    anna.post(f"{DRAFT}publicera/", {"fingerprint": draft.fingerprint})
    version = published_version("avtal")
    assert version
    assert version.number == 1


def test_discarding_asks_first(anna: Client) -> None:
    assert "Version 1 gäller som förut." in _get(anna, f"{DRAFT}kasta/")
    assert draft_of("avtal")
    assert anna.post(f"{DRAFT}kasta/").status_code == 302
    assert draft_of("avtal") is None
    _get(anna, DRAFT, 404)


def test_scratch_and_copy_and_discarding_the_only_version(anna: Client) -> None:
    new = f"{LIST}nytt/"
    assert anna.post(new, {"how": "scratch", "title": "Alldeles nytt", "slug": "alldeles-nytt"}).status_code == 302
    page = _get(anna, f"{LIST}alldeles-nytt/utkast/")
    assert "Här finns inga frågor än" in page
    assert "Frågeformuläret har inga frågor." in page
    anna.post(new, {"how": "copy", "original": "avtal", "title": "Avtal igen", "slug": "avtal-igen"})
    draft = draft_of("avtal-igen")
    assert draft
    assert definition_of(draft).items == agreements().items
    assert definition_of(draft).title == {"sv": "Avtal igen"}
    anna.post(f"{LIST}alldeles-nytt/utkast/kasta/")
    assert not Questionnaire.objects.filter(slug="alldeles-nytt").exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"how": "scratch", "title": "A", "slug": "avtal"}, "Det finns redan ett frågeformulär som heter så."),
        ({"how": "scratch", "title": "A", "slug": "nytt"}, "Namnet får bara ha"),
        ({"how": "scratch", "title": "A", "slug": "Å ä"}, "Namnet får bara ha"),
        ({"how": "scratch", "title": "", "slug": "a"}, "Skriv en rubrik."),
        ({"how": "copy", "slug": "a"}, "Välj vilket formulär du vill kopiera."),
        ({"how": "workbook", "slug": "a"}, "Välj en fil att läsa in."),
    ],
)
def test_new_questionnaire_says_what_is_wrong(anna: Client, sent: dict[str, str], told: str) -> None:
    answer = anna.post(f"{LIST}nytt/", sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def _book(text: str, name: str = "formular.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_workbook_becomes_a_draft_whole_or_not_at_all(anna: Client) -> None:
    book = "| survey | | | |\n| | type | name | label |\n| | text | q1 | Hej? |\n| | {} | q2 | Var? |\n"
    sent = {"how": "workbook", "slug": "bok"}
    refused = anna.post(f"{LIST}nytt/", sent | {"file": _book(book.format("geopoint"))})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "platser på karta läses inte in" in page
    assert 'data-label="Rad">3<' in page
    assert not Questionnaire.objects.filter(slug="bok").exists()
    assert anna.post(f"{LIST}nytt/", sent | {"file": _book(book.format("integer"))}).status_code == 302
    draft = draft_of("bok")
    assert draft
    assert [question.code for question in definition_of(draft).questions] == ["q1", "q2"]
    for bad in (_book("skräp", "a.xlsx"), _book("skräp", "a.xls"), _book("skräp", "a.pdf"), _book("\0", "a.md")):
        answer = anna.post(f"{LIST}nytt/", {"how": "workbook", "slug": "bok-2", "file": bad})
        assert answer.status_code == 422, bad.name
    assert not Questionnaire.objects.filter(slug="bok-2").exists()


def test_export_and_import_in_the_browser_give_the_same_questionnaire(anna: Client) -> None:
    file = anna.get(f"{LIST}avtal/version/1.xlsx")
    assert 'filename="avtal-1.xlsx"' in file["Content-Disposition"]
    book = SimpleUploadedFile("avtal-1.xlsx", file.content)
    anna.post(f"{LIST}nytt/", {"how": "workbook", "slug": "avtal-in", "file": book})
    draft = draft_of("avtal-in")
    assert draft
    assert definition_of(draft) == agreements()
    assert anna.get(f"{LIST}avtal/version/99.xlsx").status_code == 404
    anna.post(f"{DRAFT}gor/", {"do": "remove:former"})
    told = anna.get(f"{LIST}avtal/version/2.xlsx", follow=True).content.decode()
    assert "Utkastet har fel som behöver rättas först." in told


def test_pages_of_a_draft_are_there_in_english(anna: Client) -> None:
    parts = [
        "", "del/former/", "del/avtal/", "del/former/flytta/", "lagg-till/?i=avtal", "lagg-till/?typ=one", "vallistor/",
        "vallista/former/", "vallistor/ny/", "oversatt/", "rubrik/", "publicera/", "kasta/",
    ]  # fmt: skip
    for part in parts:
        assert '<html lang="en"' in _get(anna, f"/en{DRAFT}{part}")


def test_without_the_role_nothing_is_reached(anna: Client) -> None:
    eva = host_person("editor", "eva@vard.example")[0]
    for part in ("", "del/former/", "oversatt/", "publicera/"):
        assert eva.get(f"{DRAFT}{part}").status_code == 403
    assert eva.post(f"{DRAFT}gor/", {"do": "remove:kommun"}).status_code == 403
