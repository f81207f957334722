"""The bar for how well search finds, over real texts; skipped where they are not."""

import pytest

from bench import search_texts, text_quality

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not search_texts.there(), reason="the real texts are not on this machine"),
]


def test_search_finds_what_people_ask_for() -> None:
    ids = text_quality.load()
    found = text_quality.measured(text_quality.ours(ids))
    assert len(found.asked) >= 60
    assert found.mrr > 0.85, [one.question for one in found.misses]
    assert found.recall > 0.95, [one.question for one in found.misses]
