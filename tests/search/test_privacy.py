"""Nothing is found by one who may not read it: every persona, every circle, drafts, and what others work on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Collaboration
from samverka.kernel.search import ask, learn_words, store_vector
from samverka.kernel.search.models import SearchPassage, SearchText, SearchWord
from tests.search.texts import published
from tests.world import PERSONAS, World, build_world, seat_of

#: A word in a draft page, in a collaboration's title, in an entry of each circle.
DRAFT, TITLE, OURS, ALL = "qvindraft", "qvintitel", "qvinvåra", "qvinalla"


@pytest.fixture
def world(db: None) -> World:
    made = build_world()
    published(f"Ett utkast om {DRAFT}", state="draft", published_at=None)
    published("Simskola", "Om att simma tillsammans.")
    karin = seat_of(made.together, "karin")
    actions.write_entry(by=karin, text=f"Bara vi: {OURS}", circle=Circle.PARTY)
    shared = actions.write_entry(by=karin, text=f"Till alla: {ALL}")
    actions.share_entry(by=karin, entry_id=shared.public_id, circle=Circle.ALL, version=1)
    collaboration = Collaboration.objects.get(public_id=made.ids["together"])
    collaboration.title = f"{collaboration.title} {TITLE}"
    collaboration.save()
    store_vector(collaboration)
    learn_words()
    return made


def test_neither_index_nor_words_hold_what_only_some_may_read(world: World) -> None:
    held = [*SearchText.objects.values_list("title", "summary", "keywords"), *SearchPassage.objects.values_list("body")]
    words = set(SearchWord.objects.values_list("word", flat=True))
    for word in (DRAFT, TITLE, OURS, ALL):
        assert word not in str(held)
        assert word not in words


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_persona_finds_only_what_is_theirs_to_read(world: World, persona: str) -> None:
    person = world.person(persona)
    mine = set(Collaboration.objects.visible_to(person).values_list("public_id", flat=True))
    for word in (DRAFT, OURS, ALL):
        assert ask(word, user=person).hits == []
    found = {hit.public_id for hit in ask(TITLE, user=person).hits}
    assert found == mine & {world.ids["together"]}
    answer = ask(TITLE, user=person)
    assert answer.total == len(found)
    assert sum(answer.facets["kind"].values() if answer.facets else []) == len(found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(words=st.lists(st.sampled_from([DRAFT, TITLE, OURS, ALL, "simskola", "tillsammans", "qvin", "-x"]), max_size=4))
def test_no_words_in_any_order_find_anything_hidden(world: World, words: list[str]) -> None:
    """Loosely, by beginning, by a near spelling: a row shows only if its own app says that the person may read it."""
    for persona in ("none", "vera", "karin", "hanna"):
        person = world.person(persona)
        mine = set(Collaboration.objects.visible_to(person).values_list("public_id", flat=True))
        answer = ask(" ".join(words), user=person)
        shown = {hit.public_id for hit in answer.hits if hit.kind == "collaboration"}
        assert shown <= mine
        said = " ".join(f"{hit.title} {hit.excerpt}" for hit in answer.hits)
        assert not [word for word in (DRAFT, OURS, ALL) if word in said]
        hidden = {DRAFT, OURS, ALL, TITLE}
        assert not hidden & {corrected for _typed, corrected in answer.corrections}
