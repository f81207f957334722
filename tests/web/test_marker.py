"""A marker written into each readers' circle, and into what a party says for itself, is found nowhere but where its
readers may find it (users.md R1). One walk over every address looks for all of them, and holds each answer against
the table of routes.
"""

import pytest
import structlog

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.kernel.search import search
from tests.web.answers import check_readers, every_answer, faults_of, note_words, tables_holding
from tests.world import PERSONAS, World, client_of, seat_of

#: One word a text; it is no word of the site's own, and stemming leaves it alone.
KARINS_DRAFT, OUR_NOTE = "qvintolo", "qvadrusk"
YUSUFS_DRAFT, THEIR_NOTE = "qvimmelo", "qvasparg"
SHARED = "qvelldant"
#: Typed by Karin and never saved.
TYPED = "qvirrlaste"
#: What a step leaves behind: each side's own, one from before it was shared, one said together.
OURS, THEIRS, BEFORE, TOGETHER = "qvortimel", "qvinskavel", "qvoldrapp", "qvestrund"
#: Who may read each: its author; who takes part for the party; every party, and its registrar.
TEXTS = {
    KARINS_DRAFT: {"karin"},
    OUR_NOTE: {"karin"},
    YUSUFS_DRAFT: {"yusuf"},
    THEIR_NOTE: {"yusuf", "fatima"},
    SHARED: {"karin", "rut", "yusuf", "fatima"},
    TYPED: {"karin"},
}
OUTCOMES = {
    OURS: {"karin"},
    THEIRS: {"yusuf", "fatima"},
    BEFORE: {"yusuf", "fatima"},
    TOGETHER: {"karin", "rut", "yusuf", "fatima"},
}
READERS = TEXTS | OUTCOMES
TABLES = {"collaborations_entry", "collaborations_entryversion"}


@pytest.fixture
def world(world: World) -> World:
    """The world with all markers."""
    _mark_texts(world)
    _mark_outcomes(world)
    return world


def _mark_texts(world: World) -> None:
    """A marker in each circle: first written, then changed, then (for one) shared."""
    karin, yusuf = seat_of(world.together, "karin"), seat_of(world.together, "yusuf")
    for by, word, circle in (
        (karin, KARINS_DRAFT, Circle.AUTHOR),
        (karin, OUR_NOTE, Circle.PARTY),
        (yusuf, YUSUFS_DRAFT, Circle.AUTHOR),
        (yusuf, THEIR_NOTE, Circle.PARTY),
    ):
        entry = actions.write_entry(by=by, text=f"Först {word}", circle=circle)
        actions.write_entry(by=by, entry_id=entry.public_id, version=1, text=f"Sedan {word} igen")
        world.ids[word] = entry.public_id
    shared = actions.write_entry(by=karin, text=f"Till alla: {SHARED}")
    actions.share_entry(by=karin, entry_id=shared.public_id, circle=Circle.ALL, version=1)
    world.ids[SHARED] = shared.public_id
    actions.save_draft(by=karin, key="q:3.2.1", values={"text": f"Tänker på {TYPED}"}, base_version=0, revision=0)


def _mark_outcomes(world: World) -> None:
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


def test_marker_is_in_no_other_table(world: World) -> None:
    for word in TEXTS:
        assert tables_holding(word) == ({"collaborations_draft"} if word == TYPED else TABLES), word
    for word in OUTCOMES:
        found = tables_holding(word)
        assert found and found <= {"collaborations_outcome", "collaborations_outcomeversion"}, word


@pytest.mark.parametrize("word", [KARINS_DRAFT, YUSUFS_DRAFT])
def test_no_table_that_others_read_tells_that_a_draft_exists(world: World, word: str) -> None:
    """Not the text, and not its id either: no log, no mail, no job names it."""
    assert tables_holding(world.ids[word]) == {"collaborations_entry"}


@pytest.mark.parametrize("persona", PERSONAS)
def test_persona_is_answered_as_the_table_says_and_reads_no_more_than_they_may(world: World, persona: str) -> None:
    """Every page, PDF, export and log, as each persona: what it says, what it is answered with, what it writes."""
    client, wrong = client_of(world.person(persona)), []
    seen: dict[str, set[str]] = {word: set() for word in READERS}
    with structlog.testing.capture_logs() as logs:
        for row, response, tables in every_answer(client, world):
            note_words(seen, row, response)
            wrong += faults_of(row, persona, response.status_code, tables)
        for organisation in ("municipality", "association"):
            path = f"/arbete/{world.ids[organisation]}/samverkan/{world.ids['together']}/dagbok/4.3/lamnar/"
            if BEFORE in client.get(f"{path}{world.ids['cost']}/versioner/").content.decode():
                seen[BEFORE].add(path)
    assert not wrong, "\n".join(wrong)
    check_readers(persona, READERS, seen)
    assert not [word for word in READERS if word in str(logs).lower()]


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_a_marked_entry_open_for_its_readers_only(world: World, persona: str) -> None:
    """The entry's own pages, asked for by its id, for both organisations."""
    client = client_of(world.person(persona))
    for word, readers in TEXTS.items():
        if word == TYPED:
            continue
        for organisation in ("municipality", "association"):
            entry = f"/arbete/{world.ids[organisation]}/samverkan/{world.ids['together']}/anteckning/{world.ids[word]}/"
            for page in ("", "dela/", "stryk/", "versioner/"):
                response = client.get(entry + page)
                if persona not in readers:
                    assert response.status_code in {302, 403, 404}, f"{persona} opens {entry}{page}"
                    assert word not in response.content.decode().lower()


@pytest.mark.parametrize("persona", PERSONAS)
def test_search_finds_no_marker(world: World, persona: str) -> None:
    """Texts with a readers' circle are not in the index at all."""
    person = world.person(persona)
    for word in READERS:
        assert search(word, user=person) == []


def test_logs_hold_no_marker(world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """Also where something fails: a conflict, a refusal, a form with faults."""
    caplog.set_level("DEBUG")
    client = client_of(world.person("karin"))
    base = f"/arbete/{world.ids['municipality']}/samverkan/{world.ids['together']}"
    draft = f"{base}/anteckning/{world.ids[KARINS_DRAFT]}"
    answers = [
        client.post(f"{base}/anteckning/", {"text": KARINS_DRAFT}),
        client.post(f"{base}/anteckning/", {"text": KARINS_DRAFT, "circle": "me"}),
        client.post(f"{draft}/", {"text": f"En annan text om {KARINS_DRAFT}", "version": "1"}),
        client.post(f"{draft}/dela/", {"circle": "all", "version": "1"}),
        client.post(f"{base}/gemensamt/", {"text": SHARED, "version": "0"}),
    ]
    assert [response.status_code for response in answers] == [422, 302, 409, 409, 409]
    written = caplog.text.lower() + "".join(capfd.readouterr()).lower()
    assert not [word for word in READERS if word in written]
    assert tables_holding(KARINS_DRAFT) == TABLES
