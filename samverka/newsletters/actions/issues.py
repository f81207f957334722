"""What starts an issue, changes what stands at its head, and throws a draft away."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.files import remove_stored
from samverka.organisations.models import Organisation

from ..models import Block, Delivery, Issue, IssueText, Picture
from ..plain_text import made_text, mark_of
from ..resolving import resolve
from ..templates import Template, TemplateBlock
from .checks import hold_version, locked_draft, made_issue, note, require_sender

FACTS = (
    "matter", "legal_basis", "answer_by", "from_name", "from_address", "reply_to", "reply_read_until", "attachments",
)  # fmt: skip
TEXTS = ("subject", "preview")


@transaction.atomic
def start_issue(*, by: Any, sender: Organisation, template: Template) -> Issue:
    """Start an issue from a template. Raises NotAllowed; Refused before the sender has said who it is."""
    require_sender(by, sender)
    made = made_issue(by, sender, format=template.format, matter=template.matter)
    for language in ("sv",):
        IssueText.objects.create(issue=made, language=language, subject=template.subject)
        _add_blocks(made, language, template.blocks)
    note("issue.started", made, by=by, changes={"template": [None, template.code]})
    return made


@transaction.atomic
def start_from_earlier(*, by: Any, earlier_id: str) -> Issue:
    """Start an issue with everything that stood in an earlier one but dates and number. Raises NotVisible, NotAllowed,
    Refused.
    """
    earlier: Issue | None = Issue.objects.select_related("sender").filter(public_id=earlier_id).first()
    if earlier is None:
        raise NotVisible
    require_sender(by, earlier.sender)
    made = made_issue(by, earlier.sender, format=earlier.format, matter=earlier.matter, legal_basis=earlier.legal_basis)
    for text in earlier.texts.all():
        IssueText.objects.create(issue=made, language=text.language, subject=text.subject, preview=text.preview)
    pictures = _copied_pictures(earlier, made)
    Block.objects.bulk_create(
        Block(issue=made, language=one.language, kind=one.kind, position=one.position,
              content=one.content | _own_picture(one.content, pictures))
        for one in earlier.blocks.standing()
    )  # fmt: skip
    note("issue.started", made, by=by, changes={"earlier": [None, earlier.public_id]})
    return made


def _add_blocks(issue: Issue, language: str, blocks: Sequence[TemplateBlock]) -> None:
    Block.objects.bulk_create(
        Block(issue=issue, language=language, kind=one.kind, position=place, content=dict(one.content))
        for place, one in enumerate(blocks, start=1)
    )


def _copied_pictures(earlier: Issue, made: Issue) -> dict[str, str]:
    """Return old tokens and new ones: each issue has rows of its own for the same files."""
    copies = [Picture(issue=made, file=one.file, width=one.width, height=one.height) for one in earlier.pictures.all()]
    old = [one.token for one in earlier.pictures.all()]
    return dict(zip(old, (one.token for one in Picture.objects.bulk_create(copies)), strict=True))


def _own_picture(content: Mapping[str, Any], pictures: Mapping[str, str]) -> dict[str, str]:
    token = content.get("picture")
    return {"picture": pictures.get(token, "")} if token else {}


@transaction.atomic
def change_facts(*, by: Any, issue_id: str, version: int, values: Mapping[str, Any]) -> Issue:
    """Set the facts in `values` (keys of FACTS). Raises NotAllowed, NotVisible, Conflict, Refused."""
    if unknown := set(values) - set(FACTS):
        raise TypeError(f"no facts of an issue: {sorted(unknown)}")
    found = locked_draft(by, issue_id)
    now = {name: getattr(found, name) for name in values}
    hold_version(found, version, now, values)
    if changes := audit.changed_fields(now, values):
        for name, value in values.items():
            setattr(found, name, value)
        found.version += 1
        found.save(update_fields=[*values, "version"])
        note("issue.changed", found, by=by, changes=changes)
    return found


@transaction.atomic
def change_text(*, by: Any, issue_id: str, language: str, version: int, values: Mapping[str, str]) -> IssueText:
    """Set subject and preview text in a language. Raises NotAllowed, NotVisible, Conflict, Refused."""
    if unknown := set(values) - set(TEXTS):
        raise TypeError(f"no texts of an issue: {sorted(unknown)}")
    found = locked_draft(by, issue_id)
    text = _text(found, language)
    now = {name: getattr(text, name) for name in values}
    hold_version(text, version, now, values)
    if changes := audit.changed_fields(now, values):
        _set(text, **values)
        note("issue.text_changed", found, by=by, changes=changes)
    return text


@transaction.atomic
def edit_plain_text(*, by: Any, issue_id: str, language: str, version: int, text: str) -> IssueText:
    """Keep a plain text that somebody has edited. Raises NotAllowed, NotVisible, Conflict, Refused."""
    found = locked_draft(by, issue_id)
    row = _text(found, language)
    hold_version(row, version, {"plain_text": row.plain_text}, {"plain_text": text})
    made = made_text(resolve(found, language))
    edited = "" if text.strip() == made.strip() else text.strip() + "\n"
    _set(row, plain_text=edited, made_from=mark_of(made) if edited else "")
    note("issue.plain_text_changed", found, by=by)
    return row


@transaction.atomic
def remake_plain_text(*, by: Any, issue_id: str, language: str) -> IssueText:
    """Throw the edited plain text away: it follows the blocks again. Raises NotAllowed, NotVisible, Refused."""
    found = locked_draft(by, issue_id)
    row = _text(found, language)
    _set(row, plain_text="", made_from="")
    note("issue.plain_text_remade", found, by=by)
    return row


@transaction.atomic
def add_language(*, by: Any, issue_id: str, language: str) -> IssueText:
    """Begin another language with the blocks of the Swedish one, to be translated. Raises NotAllowed, Refused."""
    found = locked_draft(by, issue_id)
    if found.texts.filter(language=language).exists():
        raise Refused(_("Utskicket finns redan på det språket."))
    first = found.texts.order_by("-language").first()
    made: IssueText = IssueText.objects.create(
        issue=found, language=language, subject=first.subject if first else "", preview=first.preview if first else ""
    )
    source = found.blocks.standing().filter(language=first.language) if first else ()
    Block.objects.bulk_create(
        Block(issue=found, language=language, kind=one.kind, position=one.position, content=one.content)
        for one in source
    )
    note("issue.language_added", found, by=by, changes={"language": [None, language]})
    return made


@transaction.atomic
def discard_issue(*, by: Any, issue_id: str) -> None:
    """Throw a draft away for good. Raises NotAllowed, NotVisible; Refused when it has recipients."""
    found = locked_draft(by, issue_id)
    if found.diary_number:
        raise Refused(_("Utskicket har ett diarienummer. Skriv i diariet att det inte skickades, och låt det ligga."))
    if Delivery.objects.filter(issue=found).exists():
        raise Refused(_("Utskicket väntar på att skickas. Stoppa det först."))
    note("issue.discarded", found, by=by)
    files = [picture.file for picture in found.pictures.select_related("file")]
    found.delete()
    for file in files:
        if not Picture.objects.filter(file=file).exists():
            remove_stored(file)


def _text(issue: Issue, language: str) -> IssueText:
    row: IssueText | None = issue.texts.select_for_update().filter(language=language).first()
    if row is None:
        raise NotVisible
    return row


def _set(text: IssueText, **values: str) -> None:
    for name, value in values.items():
        setattr(text, name, value)
    text.version += 1
    text.save(update_fields=[*values, "version"])
