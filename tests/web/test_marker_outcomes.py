"""A marker in what a party says for itself is found nowhere but where its readers may find it (users.md R1)."""

import pytest
import structlog

from samverka.collaborations import actions
from samverka.kernel.search import search
from tests.web.answers import answers_holding, check_readers, tables_holding
from tests.world import PERSONAS, World, client_of, seat_of

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
def world(world: World) -> World:
    karin, yusuf = seat_of(world.together, "karin"), seat_of(world.together, "yusuf")
    save = actions.save_outcome
    save(by=karin, step="3.1", values={"needs": f"Först {OURS}"}, joint=False, version=1)
    save(by=karin, step="3.1", values={"needs": f"Sedan {OURS}"}, joint=False, version=2)
    save(by=yusuf, step="3.1", values={"needs": f"Vi {THEIRS}"}, joint=False, version=1)
    cost = save(by=yusuf, step="4.3", values={"overrun": f"Först {BEFORE}"}, joint=False, version=0)
    save(by=yusuf, step="4.3", values={"overrun": "Det bär vi"}, joint=False, version=1)
    actions.share_outcome(by=yusuf, outcome_id=cost.public_id, version=2)
    save(by=yusuf, step="3.2", values={"goal": f"Alla {TOGETHER}"}, joint=True, version=2)
    world.ids["cost"] = cost.public_id
    return world


@pytest.mark.parametrize("word", READERS)
def test_marker_is_in_no_other_table(world: World, word: str) -> None:
    assert tables_holding(word) <= TABLES


@pytest.mark.parametrize("persona", PERSONAS)
def test_answers_hold_only_what_the_persona_may_read(world: World, persona: str) -> None:
    client = client_of(world.person(persona))
    with structlog.testing.capture_logs() as logs:
        seen = answers_holding(client, world, READERS)
        for organisation in ("municipality", "association"):
            path = f"/arbete/{world.ids[organisation]}/samverkan/{world.ids['together']}/dagbok/4.3/lamnar/"
            if BEFORE in client.get(f"{path}{world.ids['cost']}/versioner/").content.decode():
                seen[BEFORE].add(path)
    check_readers(persona, READERS, seen)
    assert not [word for word in READERS if word in str(logs).lower()]


@pytest.mark.parametrize("persona", PERSONAS)
def test_search_finds_no_marker(world: World, persona: str) -> None:
    for word in READERS:
        assert search(word, user=world.person(persona)) == []
