"""Writing issues: who may, blocks, plain text, versions, what an earlier issue gives."""

import pytest

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.kernel.models import AuditEntry, StoredFile
from samverka.newsletters.actions import blocks as actions
from samverka.newsletters.actions import issues
from samverka.newsletters.actions.senders import save_host_sender, save_sender
from samverka.newsletters.enums import BlockKind
from samverka.newsletters.models import Block, Issue, IssueText, Picture, Sender
from samverka.newsletters.rendering import render_issue
from samverka.newsletters.templates import template_called, templates
from samverka.organisations.models import Organisation
from tests.newsletters.issues import block, issue_of, picture_of, sender_of
from tests.people import Village
from tests.world_newsletters import send


@pytest.fixture
def issue(village: Village) -> Issue:
    made = issue_of(village.municipality)
    block(made, "lead", text="Ingress")
    block(made, "text", text="Brödtext")
    return made


def kinds(issue: Issue) -> list[str]:
    return [one.kind for one in issue.blocks.standing()]


def test_editor_writes_for_the_host_and_karin_for_her_municipality(village: Village) -> None:
    host = Organisation.objects.create(name="Exempelmyndigheten", kind="agency", invented=True)
    sender_of(host, is_host=True)
    sender_of(village.municipality)
    template = template_called("magazine")
    assert template is not None
    assert issues.start_issue(by=village.eva, sender=host, template=template).owner == village.eva
    assert issues.start_issue(by=village.karin, sender=village.municipality, template=template)
    for person, organisation in ((village.karin, host), (village.eva, village.municipality),
                                 (village.rut, village.municipality), (village.olle, village.municipality),
                                 (village.yusuf, village.municipality), (village.anna, host)):  # fmt: skip
        with pytest.raises(NotAllowed):
            issues.start_issue(by=person, sender=organisation, template=template)


def test_association_sends_nothing(village: Village) -> None:
    with pytest.raises(NotAllowed):
        save_sender(by=village.yusuf, organisation=village.association, values={"from_name": "Byalaget"})


def test_issue_waits_for_a_sender(village: Village) -> None:
    template = template_called("associations")
    assert template is not None
    with pytest.raises(Refused):
        issues.start_issue(by=village.karin, sender=village.municipality, template=template)


def test_host_has_one_sender(village: Village) -> None:
    first = Organisation.objects.create(name="Första myndigheten", kind="agency", invented=True)
    second = Organisation.objects.create(name="Andra myndigheten", kind="agency", invented=True)
    values = {"from_name": "Myndigheten", "reply_to": "svar@myndigheten.example"}
    for one in (first, second):
        save_host_sender(by=village.eva, organisation=one, values=values)
    assert [one.organisation for one in Sender.objects.filter(is_host=True)] == [second]
    with pytest.raises(NotAllowed):
        save_host_sender(by=village.karin, organisation=first, values=values)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.code)
def test_every_template_starts_an_issue(village: Village, template: object) -> None:
    sender_of(village.municipality)
    made = issues.start_issue(by=None, sender=village.municipality, template=template)
    assert kinds(made) == [one.kind for one in template.blocks]
    assert made.state == "draft"


def test_blocks_are_added_moved_removed_and_put_back(village: Village, issue: Issue) -> None:
    first = issue.blocks.first()
    made = actions.add_block(by=village.karin, issue_id=issue.public_id, kind=BlockKind.ITEM, after=first.public_id)
    assert kinds(issue) == ["lead", "item", "text"]
    actions.shift_block(by=village.karin, block_id=made.public_id, steps=1)
    assert kinds(issue) == ["lead", "text", "item"]
    actions.shift_block(by=village.karin, block_id=made.public_id, steps=1)
    assert kinds(issue) == ["lead", "text", "item"]
    actions.remove_block(by=village.karin, block_id=made.public_id)
    assert kinds(issue) == ["lead", "text"]
    actions.put_back(by=village.karin, block_id=made.public_id)
    assert kinds(issue) == ["lead", "text", "item"]
    said = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"issue.block_added", "issue.block_moved", "issue.block_removed", "issue.block_put_back"} <= said


def test_letter_to_authorities_takes_one_matter(village: Village, issue: Issue) -> None:
    first = actions.add_block(by=None, issue_id=issue.public_id, kind=BlockKind.ITEM)
    with pytest.raises(Refused):
        actions.add_block(by=None, issue_id=issue.public_id, kind=BlockKind.EVENT)
    actions.remove_block(by=None, block_id=first.public_id)
    actions.add_block(by=None, issue_id=issue.public_id, kind=BlockKind.EVENT)
    with pytest.raises(Refused):
        actions.put_back(by=None, block_id=first.public_id)


def test_magazine_takes_five_items(village: Village) -> None:
    made = issue_of(village.municipality, format="magazine")
    for _turn in range(5):
        actions.add_block(by=None, issue_id=made.public_id, kind=BlockKind.ITEM)
    with pytest.raises(Refused):
        actions.add_block(by=None, issue_id=made.public_id, kind=BlockKind.EXAMPLE)


def test_two_who_write_in_a_block_lose_nothing(village: Village, issue: Issue) -> None:
    lead = issue.blocks.first()
    actions.change_block(by=village.karin, block_id=lead.public_id, version=1, values={"text": "Karins"})
    with pytest.raises(Conflict) as both:
        actions.change_block(by=village.kim, block_id=lead.public_id, version=1, values={"text": "Kims"})
    assert both.value.details["theirs"] == {"text": "Karins"}
    assert Block.objects.get(pk=lead.pk).content == {"text": "Karins"}


def test_draft_is_kept_and_the_other_devices_text_stands(village: Village, issue: Issue) -> None:
    lead = issue.blocks.first()
    told = {"by": village.karin, "block_id": lead.public_id, "base_version": 1}
    first = actions.keep_draft(values={"text": "Ett"}, revision=0, **told)
    second = actions.keep_draft(values={"text": "Två"}, revision=0, **told)
    assert second.elsewhere == {"text": "Ett"}
    assert actions.keep_draft(values={"text": "Två"}, revision=first.revision, **told).elsewhere is None
    with pytest.raises(NotAllowed):
        actions.keep_draft(by=village.olle, block_id=lead.public_id, values={}, base_version=1, revision=0)


def test_sent_issue_never_changes(village: Village, issue: Issue) -> None:
    lead = issue.blocks.first()
    send(issue, village)
    with pytest.raises(Refused):
        actions.change_block(by=village.karin, block_id=lead.public_id, version=1, values={"text": "Nytt"})
    with pytest.raises(Refused):
        issues.change_facts(by=village.karin, issue_id=issue.public_id, version=1, values={"matter": "invitation"})
    with pytest.raises(Refused):
        issues.discard_issue(by=village.karin, issue_id=issue.public_id)


def test_earlier_issue_gives_all_but_dates_and_number(village: Village, issue: Issue) -> None:
    block(issue, "picture", picture=picture_of(issue).token, alt="Ett bord")
    made = issues.start_from_earlier(by=village.karin, earlier_id=issue.public_id)
    assert kinds(made) == kinds(issue)
    assert (made.title, made.diary_number, made.answer_by) == (issue.title, "", None)
    own = made.blocks.get(kind="picture").content["picture"]
    assert own == made.pictures.get().token != issue.pictures.get().token
    assert own in render_issue(made).html
    with pytest.raises(NotAllowed):
        issues.start_from_earlier(by=village.olle, earlier_id=issue.public_id)


def test_english_begins_with_the_swedish_blocks(village: Village, issue: Issue) -> None:
    issues.add_language(by=village.karin, issue_id=issue.public_id, language="en")
    assert [one.content for one in issue.blocks.filter(language="en")] == [{"text": "Ingress"}, {"text": "Brödtext"}]
    with pytest.raises(Refused):
        issues.add_language(by=village.karin, issue_id=issue.public_id, language="en")


def test_plain_text_is_edited_and_made_again(village: Village, issue: Issue) -> None:
    told = {"by": village.karin, "issue_id": issue.public_id, "language": "sv"}
    issues.edit_plain_text(version=1, text="Mina ord", **told)
    assert "Mina ord" in render_issue(issue).text
    issues.remake_plain_text(**told)
    assert "Brödtext" in render_issue(issue).text
    made = IssueText.objects.get()
    issues.edit_plain_text(version=made.version, text="Ingress\n\nBrödtext\n", **told)
    assert not IssueText.objects.get().plain_text


def test_issue_with_number_is_not_thrown_away(village: Village, issue: Issue) -> None:
    with pytest.raises(Refused):
        issues.discard_issue(by=village.karin, issue_id=issue.public_id)
    Issue.objects.update(diary_number="")
    issues.discard_issue(by=village.karin, issue_id=issue.public_id)
    assert not Issue.objects.exists()


def test_files_go_with_the_last_issue_that_shows_them(village: Village) -> None:
    first = issue_of(village.municipality, diary_number="")
    picture = picture_of(first)
    block(first, "picture", picture=picture.token, alt="Ett bord")
    second = issues.start_from_earlier(by=None, earlier_id=first.public_id)
    issues.discard_issue(by=None, issue_id=first.public_id)
    assert Picture.objects.get().file == picture.file
    issues.discard_issue(by=None, issue_id=second.public_id)
    assert not StoredFile.objects.exists()
