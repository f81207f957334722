"""Drafts: kept apart from what applies, one a questionnaire, undone step by step; and what the loader leaves alone."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samverka.kernel.errors import Conflict, Refused
from samverka.questionnaires import actions
from samverka.questionnaires.content import shipped_questionnaires
from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.enums import EditKind, QuestionType, VersionState
from samverka.questionnaires.marks import head_mark, mark_of
from samverka.questionnaires.models import EarlierState, Version
from samverka.questionnaires.reading import definition_of, draft_of, published_version

from .forms import agreements

pytestmark = pytest.mark.django_db
NEW = Question("ny", QuestionType.TEXT, {"sv": "Ny?"})


@pytest.fixture
def draft(db: None) -> Version:
    actions.publish_definition(by=None, slug="avtal", definition=agreements())
    version = published_version("avtal")
    return actions.start_draft(by=None, slug="avtal", definition=agreements(), based_on=version)


def _now() -> Definition:
    found = draft_of("avtal")
    assert found
    return definition_of(found)


def test_there_is_one_draft_of_a_questionnaire(draft: Version) -> None:
    with pytest.raises(Refused):
        actions.start_draft(by=None, slug="avtal", definition=agreements())
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(questionnaire=draft.questionnaire, number=9, document={}, fingerprint="x")


def test_change_is_seen_by_nobody_but_the_draft(draft: Version) -> None:
    actions.add_item(by=None, draft=draft, item=NEW)
    version = published_version("avtal")
    assert version
    assert "ny" not in definition_of(version).by_code
    assert "ny" in _now().by_code


def test_change_that_changes_nothing_leaves_no_trace(draft: Version) -> None:
    item = agreements().by_code["kommun"].item
    actions.change_item(by=None, draft=draft, code="kommun", item=item, mark=mark_of(item))
    actions.shift_item(by=None, draft=draft, code="kommun", steps=-1)
    assert not draft.earlier_states.exists()


def test_changes_are_undone_in_order_and_only_the_latest(draft: Version) -> None:
    actions.add_item(by=None, draft=draft, item=NEW)
    first = EarlierState.objects.get()
    actions.remove_item(by=None, draft=draft, code="avtal")
    with pytest.raises(Refused):
        actions.undo_edit(by=None, draft=draft, state_id=first.pk)
    latest = draft.earlier_states.first()
    assert latest
    assert (latest.kind, latest.about) == (EditKind.REMOVED, "avtal")
    actions.undo_edit(by=None, draft=draft, state_id=latest.pk)
    assert "belopp" in _now().by_code
    actions.undo_edit(by=None, draft=draft, state_id=first.pk)
    assert _now() == agreements()


def test_only_so_many_changes_are_kept(draft: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samverka.questionnaires.actions.editing.MOST_UNDONE", 3)
    for _time in range(6):
        actions.copy_item(by=None, draft=draft, code="kommun")
    assert draft.earlier_states.count() == 3


@pytest.mark.parametrize("what", ["item", "list", "head"])
def test_what_another_has_changed_is_a_conflict_that_holds_both(draft: Version, what: str) -> None:
    item, found, title = agreements().by_code["plan"].item, agreements().lists[0], {"sv": "Andra ord"}
    mine: dict[str, Any] = {
        "item": lambda mark: actions.change_item(
            by=None, draft=draft, code="plan", item=replace(item, label={"sv": f"Plan {mark[:4]}?"}), mark=mark
        ),
        "list": lambda mark: actions.change_list(
            by=None, draft=draft, name="former", found=replace(found, options=found.options[: len(mark) % 2 + 1]),
            mark=mark,
        ),
        "head": lambda mark: actions.change_head(
            by=None, draft=draft, title=title, languages=agreements().languages, mark=mark
        ),
    }  # fmt: skip
    mark = {"item": mark_of(item), "list": mark_of(found), "head": head_mark(agreements())}[what]
    mine[what](mark)
    with pytest.raises(Conflict) as both:
        mine[what](mark)
    assert both.value.details["theirs"] is not None
    assert both.value.details["yours"] is not None


def test_draft_that_is_gone_takes_no_change(draft: Version) -> None:
    actions.discard_draft(by=None, draft=draft)
    for change in (
        lambda: actions.add_item(by=None, draft=draft, item=NEW),
        lambda: actions.publish_draft(by=None, draft=draft, fingerprint=draft.fingerprint),
        lambda: actions.discard_draft(by=None, draft=draft),
    ):
        with pytest.raises(Refused):
            change()


def test_published_draft_gets_the_number_after_those_that_came_before(draft: Version) -> None:
    actions.add_item(by=None, draft=draft, item=NEW)
    other = replace(agreements(), edition="2")
    assert actions.publish_definition(by=None, slug="avtal", definition=other).version.number == 3
    draft.refresh_from_db()
    published = actions.publish_draft(by=None, draft=draft, fingerprint=draft.fingerprint)
    assert published.number == 4
    states = dict(Version.objects.filter(questionnaire__slug="avtal").values_list("number", "state"))
    assert states == {1: VersionState.RETIRED, 3: VersionState.RETIRED, 4: VersionState.PUBLISHED}
    assert not EarlierState.objects.exists()


def test_draft_with_faults_is_not_published(draft: Version) -> None:
    actions.remove_item(by=None, draft=draft, code="former")
    draft.refresh_from_db()
    with pytest.raises(Refused, match="former"):
        actions.publish_draft(by=None, draft=draft, fingerprint=draft.fingerprint)


def test_edition_of_the_hosts_own_stays_when_content_is_loaded() -> None:
    slug = "foreningar"
    actions.load_questionnaires()
    shipped = published_version(slug)
    assert shipped
    assert shipped.is_shipped
    own = actions.start_draft(by=None, slug=slug, definition=shipped_questionnaires()[slug], based_on=shipped)
    actions.add_item(by=None, draft=own, item=NEW)
    own.refresh_from_db()
    actions.publish_draft(by=None, draft=own, fingerprint=own.fingerprint)
    assert actions.load_questionnaires() == 0
    now = published_version(slug)
    assert now
    assert now.pk == own.pk


def test_next_shipped_edition_takes_the_place_of_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    actions.load_questionnaires()
    changed = {slug: replace(found, edition="ny") for slug, found in shipped_questionnaires().items()}
    monkeypatch.setattr("samverka.questionnaires.actions.publishing.shipped_questionnaires", lambda: changed)
    assert actions.load_questionnaires() == len(changed)
    assert actions.load_questionnaires() == 0
