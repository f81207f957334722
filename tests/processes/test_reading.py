"""Reading a model: whole, frozen, with few queries; and finding its steps."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import translation

from samverka.kernel.search import search
from samverka.processes import reading
from samverka.processes.models import ModelVersion
from samverka.processes.reading import SHIPPED, model_version, published_model, published_models, step
from samverka.web.addresses import hit_address

pytestmark = pytest.mark.django_db


def test_model_is_whole() -> None:
    model = published_model(SHIPPED)
    assert model is not None
    assert len(model.phases) == 7
    assert len(model.steps) == 33
    assert [len(stop.steps) for stop in model.short_path] == [6, 2, 1, 2]
    found = model.step("4.2")
    assert found is not None
    assert [question.code for question in found.questions][:2] == ["4.2.1", "4.2.2"]
    assert found.question.is_main
    assert model.phase_of(found).number == 4
    assert [one.code if one else "" for one in model.beside(found)] == ["4.1", "4.3"]
    assert model.beside(model.steps[0])[0] is None
    assert model.beside(model.steps[-1])[1] is None


def test_unknown_is_none() -> None:
    assert published_model("finns-inte") is None
    assert step(SHIPPED, "9.9") is None
    assert model_version(0) is None


def test_version_is_read_from_the_database_once(django_assert_num_queries: Any) -> None:
    reading._view.cache_clear()
    with django_assert_num_queries(7):
        published_model(SHIPPED)
    with django_assert_num_queries(1):
        published_model(SHIPPED)


def test_drafts_are_not_read() -> None:
    version = ModelVersion.objects.published().get(model__slug=SHIPPED)
    ModelVersion.objects.filter(pk=version.pk).update(state="draft")
    assert published_models() == []
    assert model_version(version.pk) is None
    assert not search("ersättare", user=AnonymousUser(), kind="step")


def test_steps_are_found_by_name_question_and_tip(client: Client) -> None:
    hits = search("utse ersättare", user=AnonymousUser())
    assert hits[0].kind == "step"
    assert hits[0].title == "2.5 Utse ersättare"
    assert hits[0].summary.endswith("?")
    with translation.override("sv"):
        address = hit_address(hits[0])
    assert address == "/modeller/samverka/2.5-utse-ersattare/"
    assert client.get(address).status_code == 200
    assert any(hit.title.startswith("2.1") for hit in search("mejlet väntar telefonen", user=AnonymousUser()))
