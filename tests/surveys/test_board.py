"""Who has answered and who has not: counts, the list, what has happened, what is left."""

import pytest

from samverka.organisations.models import Organisation
from samverka.places.models import Municipality
from samverka.surveys.actions import following, inviting, panel
from samverka.surveys.models import Answer, Asked, Passed
from samverka.surveys.queries.board import BoardFilters, board, listed
from samverka.surveys.queries.classes import municipal_group_of
from samverka.surveys.queries.history import called_days, history_of
from samverka.surveys.queries.progress import begun_blocks, blocks_of
from tests.people import Village
from tests.surveys.desk import bodies, hand_over, invited

pytestmark = pytest.mark.django_db


def _three(village: Village) -> list[Asked]:
    """One who has signed, one who has begun, one who is silent; of Falköping, Åre and Ängelholm."""
    places = [Municipality.objects.get(short_name=name) for name in ("Falköping", "Åre", "Ängelholm")]
    found = [Organisation.objects.get(kind="municipality", municipality=place) for place in places]
    asked = invited(village.anna, *found)
    hand_over(asked[0], signed=True)
    Asked.objects.filter(pk=asked[1].pk).update(state="begun")
    return list(Asked.objects.select_related("round", "organisation").order_by("pk"))


def test_counts_hold_those_who_have_come_further(village: Village) -> None:
    asked = _three(village)
    following.register_decline(by=village.anna, asked_id=asked[2].public_id, why="")
    total = board(asked[0].round).total
    assert (total.asked, total.invited, total.opened, total.begun) == (3, 3, 2, 2)
    assert (total.handed_over, total.signed, total.declined) == (1, 1, 1)
    assert total.rate == pytest.approx(1 / 3)


def test_groups_are_counted_and_lead_to_the_list(village: Village) -> None:
    asked = _three(village)
    counted = {name: groups for name, _heading, groups in board(asked[0].round).groupings}
    assert set(counted) == {"slag", "lan", "klass", "grupp"}
    by_county = {group.label: group.counts for group in counted["lan"]}
    assert by_county["Västra Götalands län"].handed_over == 1
    assert by_county["Jämtlands län"].rate == 0
    small = next(group for group in counted["klass"] if group.counts.begun and not group.counts.handed_over)
    found = listed(asked[0].round, BoardFilters.from_query({"klass": small.value, "lage": "tysta"}))
    assert [one.organisation.name for one in found] == ["Åre kommun"]


def test_those_of_no_place_are_counted_last(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    for _name, _heading, groups in board(asked.round).groupings[1:]:
        assert [(group.label, group.value) for group in groups] == [("Uppgift saknas", "")]


def test_municipal_groups_are_shown_and_filter_the_list(village: Village) -> None:
    asked = _three(village)
    groups = municipal_group_of()
    group = groups[asked[1].organisation.municipality_id]
    _name, _heading, counted = board(asked[0].round).groupings[-1]
    assert {one.value for one in counted} >= {group}
    found = listed(asked[0].round, BoardFilters.from_query({"grupp": group}))
    assert asked[1].organisation in [one.organisation for one in found]
    assert all(groups[one.organisation.municipality_id] == group for one in found)


def test_list_is_in_swedish_order_and_takes_no_unknown_filter(village: Village) -> None:
    asked = _three(village)
    names = [one.organisation.name for one in listed(asked[0].round, BoardFilters())]
    assert names == ["Falköpings kommun", "Åre kommun", "Ängelholms kommun"]
    wrong = BoardFilters.from_query(
        {"lage": "fel", "slag": "fel", "lan": "99", "klass": "x", "ordning": "fel", "q": "\0"}
    )
    assert wrong == BoardFilters()
    silent = BoardFilters.from_query({"lage": "tysta", "q": "Åre"})
    assert [one.organisation.name for one in listed(asked[0].round, silent)] == ["Åre kommun"]
    assert BoardFilters.from_query({"lage": "tysta", "q": "Åre"}).query_string() == "q=%C3%85re&lage=tysta"
    for order in ("lage", "senast"):
        assert listed(asked[0].round, BoardFilters(order=order)).count() == 3


def test_blocks_are_begun_where_something_is_answered_and_not_taken_away(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    blocks = [block.code for block in blocks_of(asked.round, "sv")]
    assert blocks[0] == "block_1"
    answer = {"asked": asked, "version": 1, "author": "Kim"}
    Answer.objects.create(code="tackning", value="hela", **answer)
    Answer.objects.create(code="form_iop", value="yes", **answer)
    Answer.objects.create(code="form_iop", value=None, **{**answer, "version": 2})
    assert begun_blocks(asked.round, [asked]) == {asked.pk: {"block_1"}}


def test_history_tells_what_happened_and_never_what_is_answered(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    Answer.objects.create(asked=asked, code="kontakt", version=1, value="Hemligt svar", author="Kim")
    Passed.objects.create(asked=asked, blocks=["block_2"], email="kollega@exempelby.example", passed_by="Kim")
    following.note_call(by=village.anna, asked_id=asked.public_id, text="Ring  på måndag", called=True)
    inviting.renew_link(by=village.anna, asked_id=asked.public_id)
    following.register_decline(by=village.anna, asked_id=asked.public_id, why="Hinner inte")
    following.take_back_decline(by=village.anna, asked_id=asked.public_id)
    asked.refresh_from_db()
    told = [one.text for one in history_of(asked)]
    assert told == [
        "Inbjuden", "1 block skickat vidare", "Ringt: Ring på måndag",
        "Ny länk skickad, den gamla gäller inte längre", "Avstår: Hinner inte", "Avstår inte längre",
    ]  # fmt: skip
    assert asked.state == "invited"
    assert not {"Hemligt", "kollega"} & set(" ".join(told).split())
    assert set(called_days([asked])) == {asked.public_id}


def test_many_are_counted_in_as_many_queries_as_few(village: Village, django_assert_max_num_queries: object) -> None:
    asked = invited(village.anna, *bodies(40))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert board(asked[0].round).total.invited == 40
    panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.neighbour.pk)])
    assert board(asked[0].round).total.asked == 41
