"""What somebody is typing in a page's form: kept by its rule, for them alone, and told of when another has saved."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.accounts.actions import end_account
from samverka.kernel.drafts import SavedDraft
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.knowledge.actions.articles import change_article
from samverka.knowledge.actions.drafting import add_party, change_page
from samverka.knowledge.actions.publications import change_publication
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.actions.typed import MOST_LENGTH, drop_typed, keep_typed
from samverka.knowledge.models import Page, PageDraft
from samverka.knowledge.personal_data import purge_typed
from samverka.knowledge.queries import typed_of
from tests.knowledge import told
from tests.people import Together, Village
from tests.world_publications import article, publication


def keep(by: Any, page: Page, text: str, revision: int = 0, base: int = 1) -> SavedDraft:
    return keep_typed(
        by=by, kind=page.kind, page_id=page.public_id, values={"title": text}, base_version=base, revision=revision
    )


def test_typed_text_is_kept_and_changes_no_page(village: Village) -> None:
    page, before = publication(village), AuditEntry.objects.count()
    keep(village.eva, page, "Halvskrivet", keep(village.eva, page, "Halv").revision)
    found = typed_of(village.eva, page.kind, page)
    assert found is not None
    assert (found.values, found.revision) == ({"title": "Halvskrivet"}, 2)
    assert Page.objects.get().title == page.title
    assert AuditEntry.objects.filter(action="publication.changed").count() == 0
    assert AuditEntry.objects.count() >= before


def test_new_page_of_each_kind_has_a_draft_of_its_own(village: Village) -> None:
    for kind in ("publication", "article"):
        for text in ("Ett", "Två"):
            keep_typed(by=village.eva, kind=kind, values={"title": text}, base_version=0, revision=1)
    assert PageDraft.objects.count() == 2
    drop_typed(by=village.eva, kind="article", revision=2)
    assert PageDraft.objects.get().kind == "publication"


def test_two_devices_never_overwrite_each_other(village: Village) -> None:
    page = article(village)
    phone = keep(village.eva, page, "På telefonen")
    assert keep(village.eva, page, "På datorn").elsewhere == {"title": "På telefonen"}
    assert keep(village.eva, page, "På datorn", phone.revision).elsewhere is None


def test_each_person_sees_their_own_only(together: Together) -> None:
    page = told.begun(together)
    keep(together.village.karin, page, "Karins")
    keep(together.village.yusuf, page, "Yusufs")
    assert typed_of(together.village.olle, page.kind, page) is None
    found = typed_of(together.village.yusuf, page.kind, page)
    assert found is not None
    assert found.values == {"title": "Yusufs"}


def test_another_save_is_told_and_refused_until_both_are_seen(together: Together) -> None:
    page = told.begun(together)
    assert not keep(together.village.karin, page, "Karins").overtaken
    change_page(by=together.village.yusuf, page_id=page.public_id, version=1, values={"title": "Yusufs"})
    assert keep(together.village.karin, page, "Karins till", revision=1).overtaken
    with pytest.raises(Conflict):
        change_page(by=together.village.karin, page_id=page.public_id, version=1, values={"title": "Karins till"})


def test_what_is_no_save_of_the_form_overtakes_nothing(together: Together) -> None:
    """A party that is named, or a page that is published, changes nothing of what one is typing."""
    village, page = together.village, told.begun(together)
    add_party(by=village.karin, page_id=page.public_id, name="Bygdegården")
    assert not keep(village.karin, page, "Karins").overtaken
    change_page(by=village.karin, page_id=page.public_id, version=1, values={"title": "Karins"})
    paper = publication(village)
    publish_page(by=village.eva, page_id=paper.public_id)
    assert not keep(village.eva, paper, "Evas").overtaken
    change_publication(by=village.eva, page_id=paper.public_id, version=1, values={"title": "Evas"})


@pytest.mark.parametrize("kind", ["publication", "article"])
def test_two_editors_who_save_at_once_are_told(village: Village, kind: str) -> None:
    make, change = (publication, change_publication) if kind == "publication" else (article, change_article)
    page = make(village)
    change(by=village.eva, page_id=page.public_id, version=1, values={"title": "Först"})
    with pytest.raises(Conflict) as told_of:
        change(by=village.eva, page_id=page.public_id, version=1, values={"title": "Sist"})
    assert told_of.value.details["version"] == 2


def test_whoever_may_not_write_keeps_nothing(together: Together) -> None:
    village, page = together.village, told.sent_in(together)
    with pytest.raises(NotVisible):
        keep(village.olle, page, "Olles")
    with pytest.raises(NotAllowed):
        keep(village.karin, page, "Medan redaktören läser")
    with pytest.raises(NotAllowed):
        keep(village.karin, publication(village), "Karins")
    with pytest.raises(NotAllowed):
        keep_typed(by=village.karin, kind="article", values={}, base_version=0, revision=0)
    assert not PageDraft.objects.exists()


@pytest.mark.parametrize("text", ["Klistrat\x00", "Halvt \ud83d", "a" * (MOST_LENGTH + 1)])
def test_what_no_row_can_hold_is_refused(village: Village, text: str) -> None:
    with pytest.raises(Refused):
        keep(village.eva, article(village), text)


def test_dropping_leaves_what_another_device_has_kept_since(village: Village) -> None:
    page = article(village)
    keep(village.eva, page, "Två", keep(village.eva, page, "Ett").revision)
    drop_typed(by=village.eva, kind=page.kind, page_id=page.public_id, revision=1)
    assert PageDraft.objects.exists()
    drop_typed(by=village.eva, kind=page.kind, page_id=page.public_id, revision=2)
    assert not PageDraft.objects.exists()


def test_old_drafts_and_those_of_who_leaves_are_removed(together: Together) -> None:
    page = told.begun(together)
    keep(together.village.fatima, page, "Yusufs")
    PageDraft.objects.update(saved_at=timezone.now() - timedelta(days=89))
    assert purge_typed() == 0
    PageDraft.objects.update(saved_at=timezone.now() - timedelta(days=91))
    assert purge_typed() == 1
    keep(together.village.fatima, page, "Yusufs")
    end_account(by=together.village.fatima)
    assert not PageDraft.objects.exists()
