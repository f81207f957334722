"""What everybody is answered, at every address: the table tests/routes.txt. That each persona is answered so is seen in
the walk of `test_marker.py`.
"""

import pytest

from tests.routes import patterns, rows
from tests.web.answers import MAY_BE_WRITTEN, answer, undone, written
from tests.world import PERSONAS, World, client_of

TABLE = rows()


def test_every_route_stands_in_the_table() -> None:
    missing = {route.name for route in patterns()} - {row.name for row in TABLE}
    assert not missing, f"write a line in tests/routes.txt for {sorted(missing)}"


def test_table_names_every_persona() -> None:
    assert all(tuple(row.answers) == PERSONAS for row in TABLE)


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_not_read_may_not_post_either(world: World, persona: str) -> None:
    """What stands behind a page's form is refused like the page: an empty POST meets the same 403 or 404."""
    client, wrong = client_of(world.person(persona)), []
    for row in TABLE:
        if row.method == "GET" and row.answers[persona] in {403, 404}:
            with undone():
                status = answer(client, row, world, method="POST").status_code
            # 405: the address takes no POST from anybody.
            if status not in {row.answers[persona], 405}:
                wrong.append(f"POST {row}: {status}, GET is {row.answers[persona]}")
    assert not wrong, "\n".join(wrong)


def test_nobody_signed_out_changes_anything_behind_sign_in(world: World) -> None:
    client, wrong = client_of(None), []
    sent_on = [row for row in TABLE if row.method == "GET" and row.answers["none"] == 302]
    for row in sent_on:
        with undone(), written() as tables:
            answer(client, row, world, method="POST")
        if tables - MAY_BE_WRITTEN:
            wrong.append(f"POST {row} wrote {sorted(tables)}")
    assert sent_on
    assert not wrong, "\n".join(wrong)


def test_host_roles_reach_no_organisations_workspace() -> None:
    """The host stores for others: no path leads it to drafts, notes or logs (users.md R1)."""
    inside = [row for row in TABLE if row.arguments[:1] in {("municipality",), ("association",), ("neighbour",)}]
    inside = [row for row in inside if not row.name.startswith(("organisation", "editorial"))]
    inside += [row for row in TABLE if "together" in row.arguments]
    assert len(inside) > 60
    for row in inside:
        assert {row.answers[persona] for persona in ("hanna", "eva", "anna")} == {404}, row


def test_host_without_second_factor_comes_nowhere(world: World) -> None:
    client = client_of(world.person("hanna"), proven=False)
    for row in TABLE:
        if row.name.startswith("editorial") and row.method == "GET":
            response = answer(client, row, world)
            assert response.status_code == 302, row
            assert "/konto/bekrafta/tva-steg/" in response["Location"], row


@pytest.mark.parametrize("persona", ["none", "karin", "yusuf", "hanna"])
def test_every_page_is_there_in_english(world: World, persona: str) -> None:
    client, wrong = client_of(world.person(persona)), []
    for row in TABLE:
        if row.method == "GET" and row.answers[persona] == 200:
            response = answer(client, row, world, prefix="/en")
            is_page = "text/html" in response["Content-Type"] and not row.name.endswith("html")
            if response.status_code != 200:
                wrong.append(f"/en{row}: {response.status_code}")
            elif is_page and '<html lang="en"' not in response.content.decode():
                wrong.append(f"/en{row}: not marked as English")
    assert not wrong, "\n".join(wrong)
