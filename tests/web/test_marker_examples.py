"""What a party keeps for itself never reaches an example made of the collaboration, nor a mail or an index (R1)."""

import pytest

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.actions.sending_in import send_in
from samverka.knowledge.actions.typed import keep_typed
from samverka.knowledge.models import Page
from tests.knowledge import told
from tests.web.answers import answers_holding, tables_holding
from tests.world import World, build_world, client_of, seat_of

DRAFT, NOTE, OWN, TYPED, SHARED = "qvarnepil", "qvarnebok", "qvarneal", "qvarnetall", "qvarneek"
BEING_TYPED = "qvarnerönn"
PRIVATE = (DRAFT, NOTE, OWN, TYPED)


@pytest.fixture
def world(db: None) -> World:
    """The world, with a marker in each circle before an example is begun, sent in and published."""
    made = build_world()
    karin = seat_of(made.together, "karin")
    actions.write_entry(by=karin, text=f"Tänker {DRAFT}", circle=Circle.AUTHOR)
    actions.write_entry(by=karin, text=f"Bland oss {NOTE}", circle=Circle.PARTY)
    actions.save_outcome(by=karin, step="4.3", values={"premises": f"Vår {OWN}"}, joint=False, version=0)
    actions.save_draft(by=karin, key="q:3.2.1", values={"text": TYPED}, base_version=0, revision=0)
    actions.save_outcome(by=karin, step="3.2", values={"goal": f"Alla {SHARED}"}, joint=True, version=2)
    return made


def _published(world: World) -> Page:
    """Publish one that keeps what it began with."""
    village = world.together.village
    page = told.begun(world.together)
    rest = {name: text for name, text in told.WHOLE.items() if name != "done"}
    told.change(page, village.karin, **rest)
    send_in(by=village.karin, page_id=page.public_id)
    publish_page(by=village.eva, page_id=page.public_id)
    return page


def test_shared_goal_reaches_the_example_and_nothing_else_does(world: World) -> None:
    before = {word: tables_holding(word) for word in PRIVATE}
    page = _published(world)
    assert SHARED in page.editions.get().document["body"]["done"]
    assert {word: tables_holding(word) for word in PRIVATE} == before
    assert all(before.values())


@pytest.mark.parametrize("persona", ["none", "olle", "eva", "yusuf", "karin"])
def test_no_page_tells_others_what_a_party_keeps_or_one_is_typing(world: World, persona: str) -> None:
    page = _published(world)
    world.ids |= {"example": page.public_id, "example_name": page.slug, "draft_page": page.public_id}
    karin, values = world.together.village.karin, {"done": f"Vi {BEING_TYPED}"}
    keep_typed(by=karin, kind="example", page_id=page.public_id, values=values, base_version=2, revision=0)
    assert tables_holding(BEING_TYPED) == {"knowledge_pagedraft"}
    seen = answers_holding(client_of(world.person(persona)), world, [*PRIVATE, SHARED, BEING_TYPED])
    assert any("example" in row for row in seen[SHARED])
    assert seen[BEING_TYPED] == ({"GET told_text draft_page"} if persona == "karin" else set())
    if persona != "karin":
        assert not {word: seen[word] for word in PRIVATE if seen[word]}
