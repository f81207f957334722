"""How long the blocks take, from the gaps between saved answers."""

import datetime

import pytest

from samverka.surveys.models import Answer
from samverka.surveys.queries.minutes import block_times, times_in
from tests.people import Village
from tests.surveys.desk import invited

START = datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC)
BLOCKS = {"a": "ett", "b": "ett", "c": "två"}


def at(minutes: float) -> datetime.datetime:
    return START + datetime.timedelta(minutes=minutes)


def test_gaps_within_a_block_are_summed_and_pauses_left_out() -> None:
    saved = [
        (1, "a", at(0)), (1, "b", at(2)), (1, "a", at(3)),
        (1, "a", at(13)),  # ten minutes: a pause
        (1, "a", at(14)),
        (1, "c", at(15)),  # into another block
        (1, "c", at(18)),
        (1, "okänd", at(18.5)), (1, "c", at(19)),
        (2, "a", at(0)), (2, "b", at(6)),
    ]  # fmt: skip
    assert times_in(saved, BLOCKS) == {"ett": [4, 6], "två": [3]}


def test_two_who_are_asked_are_not_one_after_the_other() -> None:
    assert times_in([(1, "a", at(0)), (2, "a", at(1))], BLOCKS) == {}


@pytest.mark.django_db
def test_pilots_of_the_same_questionnaire_are_measured_and_long_blocks_flagged(village: Village) -> None:
    pilot = invited(village.anna, village.municipality, village.neighbour, slug="pilot", mode="pilot")
    real = invited(village.anna, village.municipality)[0]
    for asked, last in ((pilot[0], 5.5), (pilot[1], 8), (real, 1)):
        for version, minutes in ((1, 0), (2, last)):
            Answer.objects.create(asked=asked, code="tackning", version=version, value="hela", saved_at=at(minutes))
    found = {time.block.code: time for time in block_times(real.round, "sv")}
    assert (found["block_1"].answered, found["block_1"].minutes, found["block_1"].is_long) == (2, 6.75, True)
    assert (found["block_2"].answered, found["block_2"].minutes, found["block_2"].is_long) == (0, None, False)
    assert found["block_1"].block.minutes == 4
