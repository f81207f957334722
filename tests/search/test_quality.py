"""The bar for how well search finds, over real texts; skipped where they are not."""

import pytest

from bench import text_quality
from tests.real_data import needs_real_data

pytestmark = [
    pytest.mark.django_db,
    needs_real_data,
]


def test_search_finds_what_people_ask_for() -> None:
    ids = text_quality.load()
    found = text_quality.measured(text_quality.ours(ids))
    assert len(found.asked) >= 60
    assert found.mrr > 0.85, [one.question for one in found.misses]
    assert found.recall > 0.95, [one.question for one in found.misses]
