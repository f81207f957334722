"""Loading a model: once, as a new version when its text changes, never over an old one."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samverka.kernel.search import stale_rows
from samverka.processes.actions import load_process_models, publish_content
from samverka.processes.content import ModelContent, folder, read_model
from samverka.processes.enums import VersionState
from samverka.processes.models import ModelVersion, ProcessModel, Step
from samverka.processes.reading import SHIPPED, model_version, published_model

pytestmark = pytest.mark.django_db


def _content() -> ModelContent:
    return read_model(folder() / SHIPPED)


def _changed(**first_step: Any) -> ModelContent:
    content = _content()
    phase = content.phases[0]
    steps = [{**phase["steps"][0], **first_step}, *phase["steps"][1:]]
    return replace(content, phases=({**phase, "steps": steps}, *content.phases[1:]))


def test_loading_again_writes_nothing() -> None:
    assert load_process_models() == 0
    assert ModelVersion.objects.published().filter(model__slug=SHIPPED).count() == 1


def test_changed_text_becomes_a_version_and_the_old_one_stays() -> None:
    before = published_model(SHIPPED)
    assert before is not None
    written = publish_content(content=_changed(question="Vem ska märka skillnad?"))
    after = published_model(SHIPPED)
    assert after is not None
    assert written > 300
    assert after.number == before.number + 1
    assert after.steps[0].question.text == "Vem ska märka skillnad?"
    kept = model_version(before.pk)
    assert kept is not None
    assert kept.steps[0].question == before.steps[0].question
    assert not kept.is_current
    assert ModelVersion.objects.get(pk=before.pk).state == VersionState.RETIRED


def test_layout_of_the_files_makes_no_version() -> None:
    spaced = _content().phases[0]["steps"][0]["introduction"]
    assert publish_content(content=_changed(introduction=spaced)) == 0


def test_owner_changes_without_a_version() -> None:
    content = _content()
    assert publish_content(content=replace(content, head={**content.head, "owner": "Exempelby kommun"})) == 1
    assert ProcessModel.objects.get(slug=SHIPPED).owner == "Exempelby kommun"
    assert ModelVersion.objects.filter(model__slug=SHIPPED).count() == 1
    model = published_model(SHIPPED)
    assert model is not None
    assert model.owner == "Exempelby kommun"


def test_translation_is_read_by_those_who_read_that_language() -> None:
    content = _content()
    own = published_model(SHIPPED, "sv")
    translated = replace(content, head={**content.head, "language": "en", "original_language": "sv"})
    publish_content(content=translated)
    assert published_model(SHIPPED, "sv") == own
    in_english = published_model(SHIPPED, "en")
    assert in_english is not None
    assert in_english.language == "en"
    assert in_english.step("4.2") is not None
    assert published_model(SHIPPED, "fi") == own


def test_two_versions_cannot_be_published_at_once() -> None:
    version = ModelVersion.objects.published().get(model__slug=SHIPPED)
    version.pk, version.number = None, version.number + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_index_of_steps_is_right() -> None:
    assert not list(stale_rows(Step))
