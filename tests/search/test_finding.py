import io
import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.kernel.search import Chosen, ask, learn_words, mend_texts, search, store_vector, wrong_texts
from samverka.kernel.search.asking import read
from samverka.kernel.search.models import SearchText, SearchWord
from samverka.knowledge.models import Page, PageEdition
from tests.search.texts import published

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def titles(text: str, **chosen: tuple[str, ...]) -> list[str]:
    """Return what is found among pages; the steps of the model are in the database as well."""
    only = {"kind": ("publication", "example")} | chosen
    return [hit.title for hit in ask(text, user=NOBODY, chosen=Chosen(**only)).hits]


@pytest.mark.parametrize("typed", ["IOP", "idéburet offentligt partnerskap"])
def test_page_is_found_by_the_name_of_its_form(typed: str) -> None:
    published("Ringkedjan", forms=["iop"])
    assert titles(typed) == ["Ringkedjan"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("föreningsbidrag", "Bidrag till föreningar"),
        ("bidrag föreningar", "Så söker ni föreningsbidrag"),
        ("civilsamhällets roll", "Civilsamhället och dess roller"),
        ("skola", "Skolan som mötesplats"),
        ("skolans", "Skolor på landet"),
        ("demokrati", "Demokratins grunder"),
        ("förbund", "Förbundets stadgar"),
        ("laxhjalp", "Läxhjälp på tre språk"),
        ("läxhjlp", "Läxhjälp på tre språk"),
        ("läxhj", "Läxhjälp på tre språk"),
        ("hur får man bidrag till en förening", "Bidrag till föreningar"),
    ],
)
def test_what_people_type_finds_what_was_written(typed: str, title: str) -> None:
    published(title)
    published("Om något helt annat", "Båtar och bryggor")
    assert titles(typed)[:1] == [title]


def test_a_swedish_letter_is_a_letter_of_its_own() -> None:
    published("Om hål")
    published("Om hal is")
    assert titles("hål") == ["Om hål"]


def test_a_phrase_stands_as_it_was_written() -> None:
    published("Idéburet offentligt partnerskap")
    published("Ett offentligt och ibland idéburet partnerskap")
    assert titles("”idéburet offentligt partnerskap”") == ["Idéburet offentligt partnerskap"]


def test_a_minus_word_is_left_out() -> None:
    published("Bidrag till idrott")
    published("Bidrag till kultur")
    assert titles("bidrag -idrott") == ["Bidrag till kultur"]
    assert titles("-idrott") == []


def test_a_hyphen_inside_a_word_is_no_minus() -> None:
    published("Gång- och cykelväg")
    assert titles("gång-cykelväg") == ["Gång- och cykelväg"]


def test_the_whole_title_comes_before_a_longer_one_and_a_text_that_has_the_word() -> None:
    published("Om mycket", "Folkbildning " * 30)
    published("Folkbildning i hela landet och andra saker")
    published("Folkbildning")
    assert titles("folkbildning")[:2] == ["Folkbildning", "Folkbildning i hela landet och andra saker"]


def test_where_no_text_has_every_word_those_with_most_of_them_are_shown_and_it_is_said() -> None:
    published("Simskola för nyanlända kvinnor")
    answer = ask("simskola kvinnor xylofon", user=NOBODY)
    assert [hit.title for hit in answer.hits] == ["Simskola för nyanlända kvinnor"]
    assert (answer.loose, answer.exact) == (True, 0)


def test_a_word_that_no_text_has_is_read_as_the_nearest_and_that_is_said() -> None:
    published("Föreningsbidrag")
    answer = ask("föreningsbidarg", user=NOBODY)
    assert [hit.title for hit in answer.hits] == ["Föreningsbidrag"]
    assert (answer.corrections, answer.meant) == ((("föreningsbidarg", "föreningsbidrag"),), "föreningsbidrag")


def test_a_word_that_is_known_is_not_corrected() -> None:
    published("Lag och rätt")
    published("Låg ränta")
    assert ask("lag", user=NOBODY).corrections == ()


def test_the_excerpt_is_the_right_place_of_a_long_text_escaped_and_marked() -> None:
    body = "\n\n".join([*("Om ingenting särskilt. " * 30,) * 20, "Här talas om <b>nattvandringar</b> i Håbo.", "Slut."])
    published("En lång text", body)
    (hit,) = ask("nattvandring", user=NOBODY).hits
    assert "&lt;b&gt;<mark>nattvandringar</mark>&lt;/b&gt;" in hit.excerpt
    assert len(hit.excerpt) < 400


def marks(excerpt: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", excerpt)


def test_a_phrase_is_marked_as_a_whole_and_its_light_words_nowhere_else() -> None:
    published("En text", "Stöd och hjälp och råd till den som söker. Ideella föreningar och stiftelser får stöd.")
    (hit,) = ask('"föreningar och stiftelser"', user=NOBODY).hits
    assert marks(hit.excerpt) == ["föreningar och stiftelser"]


def test_words_of_a_phrase_that_say_something_are_marked_apart_as_well() -> None:
    published("En text", "Stiftelserna och andra. Föreningen, och föreningar  och\nstiftelser, och allt.")
    (hit,) = ask('"föreningar och stiftelser"', user=NOBODY).hits
    assert marks(hit.excerpt) == ["Stiftelserna", "Föreningen", "föreningar och stiftelser"]


def test_a_phrase_of_light_words_is_marked_where_it_stands() -> None:
    published("En text", "Och så till sist. Från och med i går är det till och med slut.")
    (hit,) = ask('"till och med"', user=NOBODY).hits
    assert marks(hit.excerpt) == ["till och med"]


def test_the_excerpt_is_from_where_the_phrase_stands() -> None:
    apart = "Stöd finns. " + "Ingenting här. " * 40 + "Hjälp finns. "
    published("En text", apart + "Utan annat. " * 40 + "Här ges stöd och hjälp till alla.")
    (hit,) = ask('"stöd och hjälp"', user=NOBODY).hits
    assert marks(hit.excerpt) == ["stöd och hjälp"]


def test_a_phrase_with_html_around_it_is_escaped() -> None:
    published("En text", "Det är <b>råd & stöd</b> här.")
    (hit,) = ask('"råd stöd"', user=NOBODY).hits
    assert marks(hit.excerpt) == ["råd &amp; stöd"]
    assert "<b>" not in hit.excerpt


def test_the_page_of_a_pdf_is_told() -> None:
    published("En rapport", "Första sidan.\fAndra sidan om odlingslotter.\fTredje.")
    assert ask("odlingslotter", user=NOBODY).hits[0].page == 2


def test_facets_count_what_each_choice_would_leave() -> None:
    published("Läxhjälp i Lund", year=2025, forms=["iop"], kind="example")
    published("Läxhjälp i Malmö", year=2026, kind="example")
    published("Läxhjälp, en vägledning", year=2026)
    answer = ask("läxhjälp", user=NOBODY, chosen=Chosen(year=("2026",)))
    assert answer.total == 2
    assert answer.facets["year"] == {"2025": 1, "2026": 2}
    assert answer.facets["kind"] == {"example": 1, "publication": 1}
    assert answer.facets["form"] == {}
    assert titles("läxhjälp", form=("iop",)) == ["Läxhjälp i Lund"]
    assert titles("läxhjälp", kind=("publication",)) == ["Läxhjälp, en vägledning"]


def test_pages_hold_each_answer_once() -> None:
    for number in range(70):
        published(f"Odling {number}")
    seen = [hit.title for page in range(1, 5) for hit in ask("odling", user=NOBODY, page=page).hits]
    assert len(seen) == len(set(seen)) == 70


def test_a_new_word_takes_older_compounds_apart_when_the_words_are_learnt() -> None:
    page = published("Qvintgubbar")
    assert "+qvint" not in vector(page)
    published("En qvint")
    published("En gubbe")
    assert learn_words() >= 1
    assert "'+qvint'" in vector(page)
    assert wrong_texts() == 0


def vector(page: Page) -> str:
    return str(SearchText.objects.get(object_id=page.public_id).search_vector)


def test_a_page_changed_behind_the_index_is_proven_wrong_and_mended() -> None:
    page = published("Sant")
    SearchText.objects.filter(object_id=page.public_id).update(title="Falskt")
    assert wrong_texts() == 1
    with pytest.raises(CommandError):
        call_command("reindex", check=True)
    assert mend_texts() == 1
    assert (wrong_texts(), titles("sant")) == (0, ["Sant"])


def test_words_that_no_text_has_any_more_are_forgotten() -> None:
    page = published("Qvintgubbar")
    page.withdrawn_at, page.state, page.withdrawn_reason = page.published_at, "withdrawn", "fel"
    page.save()
    store_vector(page)
    assert titles("qvintgubbar") == []
    learn_words()
    assert not SearchWord.objects.filter(word="qvintgubbar").exists()


def test_a_withdrawn_page_is_not_shown_even_when_the_index_still_has_it() -> None:
    page = published("Qvintgubbar")
    Page.objects.filter(pk=page.pk).update(state="withdrawn", withdrawn_at=page.published_at, withdrawn_reason="fel")
    assert titles("qvintgubbar") == []


def test_a_draft_is_not_found_and_what_is_changed_after_publishing_not_either() -> None:
    published("Hemlig qvint", state="draft", published_at=None)
    page = published("Öppen")
    PageEdition.objects.create(page=page, number=1, document={"title": "Öppen", "summary": "", "search_text": ""})
    page.title = "Ändrad qvint"
    page.save()
    store_vector(page)
    assert titles("qvint") == []
    assert titles("öppen") == ["Öppen"]


def test_the_command_prints_what_the_page_shows() -> None:
    page = published("Läxhjälp på tre språk", "Om läxor och hjälp.")
    out = io.StringIO()
    call_command("search", "läxhjälp", kind="publication", limit=5, format="json", stdout=out)
    (row,) = json.loads(out.getvalue())
    assert set(row) == {"title", "address", "kind", "excerpt", "score"}
    assert row["address"] == f"/publikationer/{page.public_id}-laxhjalp-pa-tre-sprak/"
    assert (row["title"], row["kind"]) == ("Läxhjälp på tre språk", "publication")
    with pytest.raises(CommandError, match="inget slag"):
        call_command("search", "läxhjälp", kind="qvint")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    clean = text.replace("\0", "")
    assert search(clean, user=NOBODY) == [] or read(clean)


def test_a_word_is_not_taken_for_small_words_it_happens_to_hold() -> None:
    published("Föreningar", "För ingen avgift alls.")
    learn_words()
    assert read("föreningar").marked == {"förening"}
