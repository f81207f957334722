"""The demo's round: loads once, is marked as invented, and has something to show."""

import random
from typing import Any

import pytest
from django.utils import timezone

from samverka.collaborations.demo import load_demo
from samverka.organisations.models import Organisation
from samverka.questionnaires.engine import INVALID
from samverka.questionnaires.reading import engine_of
from samverka.surveys.demo import BODIES, SLUG, _as_asked, invented_answers
from samverka.surveys.models import Asked, Response, Round
from samverka.surveys.queries.board import board
from samverka.surveys.tallies import tally
from tests.real_data import REGISTER, needs_real_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_localhost(settings: Any) -> None:
    """The test client's own host would count as reachable."""
    settings.ALLOWED_HOSTS = ["localhost"]


def test_a_third_has_answered_and_loading_again_changes_nothing() -> None:
    load_demo()
    found = Round.objects.get(slug=SLUG)
    counts = board(found).total
    assert (counts.asked, counts.handed_over) == (12, 4)
    assert counts.opened > counts.begun > counts.handed_over
    before = (Asked.objects.count(), Response.objects.count(), Organisation.objects.count())
    load_demo()
    assert (Asked.objects.count(), Response.objects.count(), Organisation.objects.count()) == before
    assert not Asked.objects.filter(organisation__invented=False).exists()


def test_what_was_invented_can_be_counted() -> None:
    load_demo()
    told = {one.variable: one for one in tally(Round.objects.get(slug=SLUG))}
    assert told["tackning"].count.base == 4
    assert told["samordnare"].count.base > 0
    assert told["ok_enligt_skl"].count.base > 0
    assert told["bidragit"].count.base > 0


@pytest.mark.parametrize("seed", range(5))
def test_invented_answers_are_what_the_questionnaire_allows(seed: int) -> None:
    load_demo()
    engine = engine_of(Round.objects.get(slug=SLUG).version)
    answers = invented_answers(engine, random.Random(seed))
    outcome = engine.evaluate(_as_asked(engine, answers), today=timezone.localdate())
    assert not outcome.of_kind(INVALID)
    assert len(answers) > 20


@needs_real_data
def test_no_invented_body_bears_a_name_of_the_register() -> None:
    for path in REGISTER.glob("*.jsonl"):
        text = path.read_text("utf-8").casefold()
        assert not [name for name in BODIES if name.casefold() in text], path.name
    assert not Organisation.objects.filter(name__in=BODIES, invented=False).exists()
