"""A marker in what a party says for itself is found nowhere but where its readers may find it (users.md R1)."""

import pytest
import structlog

from samverka.collaborations import actions
from samverka.kernel.search import search
from tests.routes import rows
from tests.web.answers import answer, tables_holding, text_of, undone
from tests.world import PERSONAS, World, build_world, client_of, seat_of

OURS, THEIRS, BEFORE, TOGETHER = "qvortimel", "qvinskavel", "qvoldrapp", "qvestrund"
#: Who may read each: who takes part for the party; the earlier one from before it was shared; every party.
READERS = {
    OURS: {"karin"},
    THEIRS: {"yusuf", "fatima"},
    BEFORE: {"yusuf", "fatima"},
    TOGETHER: {"karin", "rut", "yusuf", "fatima"},
}
TABLES = {"collaborations_outcome", "collaborations_outcomeversion"}


@pytest.fixture
def world(db: None) -> World:
    made = build_world()
    karin, yusuf = seat_of(made.together, "karin"), seat_of(made.together, "yusuf")
    save = actions.save_outcome
    save(by=karin, step="3.1", values={"needs": f"Först {OURS}"}, joint=False, version=1)
    save(by=karin, step="3.1", values={"needs": f"Sedan {OURS}"}, joint=False, version=2)
    save(by=yusuf, step="3.1", values={"needs": f"Vi {THEIRS}"}, joint=False, version=1)
    cost = save(by=yusuf, step="4.3", values={"overrun": f"Först {BEFORE}"}, joint=False, version=0)
    save(by=yusuf, step="4.3", values={"overrun": "Det bär vi"}, joint=False, version=1)
    actions.share_outcome(by=yusuf, outcome_id=cost.public_id, version=2)
    save(by=yusuf, step="3.2", values={"goal": f"Alla {TOGETHER}"}, joint=True, version=2)
    made.ids["cost"] = cost.public_id
    return made


@pytest.mark.parametrize("word", READERS)
def test_marker_is_in_no_other_table(world: World, word: str) -> None:
    assert tables_holding(word) <= TABLES


@pytest.mark.parametrize("persona", PERSONAS)
def test_answers_hold_only_what_the_persona_may_read(world: World, persona: str) -> None:
    client, seen = client_of(world.person(persona)), {word: set() for word in READERS}
    with structlog.testing.capture_logs() as logs:
        for row in rows():
            with undone():
                said = text_of(answer(client, row, world)).lower()
            for word in READERS:
                if word in said:
                    seen[word].add(str(row))
        for organisation in ("municipality", "association"):
            path = f"/arbete/{world.ids[organisation]}/samverkan/{world.ids['together']}/dagbok/4.3/lamnar/"
            if BEFORE in client.get(f"{path}{world.ids['cost']}/versioner/").content.decode():
                seen[BEFORE].add(path)
    for word, readers in READERS.items():
        if persona in readers:
            assert seen[word], f"{persona} finds {word} nowhere"
        else:
            assert not seen[word], f"{persona} reads {word} at {sorted(seen[word])}"
    assert not [word for word in READERS if word in str(logs).lower()]


@pytest.mark.parametrize("persona", PERSONAS)
def test_search_finds_no_marker(world: World, persona: str) -> None:
    for word in READERS:
        assert search(word, user=world.person(persona)) == []
