"""A key opens one form, and no other one."""

import pytest

from samverka.kernel.errors import NotVisible
from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.definition import Definition, Language, Question
from samverka.questionnaires.enums import QuestionType
from samverka.surveys.actions import open_round
from samverka.surveys.links import asked_by_key, asked_key, passed_by_key, passed_key
from samverka.surveys.models import Asked, Passed
from tests.people import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(village: Village) -> Asked:
    question = Question("antal", QuestionType.INTEGER, {"sv": "Hur många?"})
    publish_definition(by=None, slug="antal", definition=Definition({"sv": "Antal"}, (Language("sv"),), (question,)))
    opened = open_round(by=None, slug="2027", questionnaire="antal")
    return Asked.objects.create(round=opened, organisation=village.municipality)


def test_a_key_opens_its_own_form(asked: Asked) -> None:
    assert asked_by_key(asked_key(asked)) == asked


def test_a_guessed_or_outdated_key_opens_nothing(asked: Asked) -> None:
    key = asked_key(asked)
    for wrong in (asked.public_id, key[:-1] + "1", "", "-", f"{asked.public_id}-"):
        with pytest.raises(NotVisible):
            asked_by_key(wrong)
    asked.link_number = 2
    asked.save()
    with pytest.raises(NotVisible):
        asked_by_key(key)


def test_the_key_of_passed_on_blocks_opens_only_those(asked: Asked) -> None:
    passed = Passed.objects.create(asked=asked, blocks=["block_1"], email="a@exempel.se", passed_by="Karin")
    assert passed_by_key(passed_key(passed)) == passed
    with pytest.raises(NotVisible):
        asked_by_key(passed_key(passed))
