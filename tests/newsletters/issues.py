"""Issues for tests: one matter to offices, and a magazine to subscribers."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from samverka.newsletters.actions.pictures import add_picture
from samverka.newsletters.models import Block, Issue, IssueText, Picture, Sender
from samverka.organisations.models import Organisation


def sender_of(organisation: Organisation, *, is_host: bool = False, **fields: Any) -> Sender:
    """Return the organisation as a sender, made when it is none."""
    told: dict[str, Any] = {
        "from_name": "Exempelmyndigheten", "from_address": "utskick@exempelmyndigheten.example",
        "reply_to": "kontakt@exempelmyndigheten.example", "is_host": is_host,
        "diary_pattern": "{number:04}/{year:2}",
    }  # fmt: skip
    return Sender.objects.get_or_create(organisation=organisation, defaults=told | fields)[0]


def issue_of(organisation: Organisation, subject: str = "Ny vägledning om samverkan", **fields: Any) -> Issue:
    """Return a draft of one matter to offices."""
    sender = sender_of(organisation)
    told = {"format": "official", "matter": "information", "diary_number": "0531/20", "reply_to": sender.reply_to}
    made: Issue = Issue.objects.create(sender=organisation, **(told | fields))
    IssueText.objects.create(issue=made, language="sv", subject=subject, preview="Två rapporter och en modell")
    return made


def block(issue: Issue, kind: str, *, language: str = "sv", **content: Any) -> Block:
    """Return a block last in the issue."""
    place = issue.blocks.count() + 1
    return Block.objects.create(issue=issue, kind=kind, language=language, position=place, content=content)


def picture_of(issue: Issue) -> Picture:
    """Return a small picture of the issue."""
    file = io.BytesIO()
    Image.new("RGB", (400, 225), "#9db8f2").save(file, "PNG")
    upload = SimpleUploadedFile("bord.png", file.getvalue(), "image/png")
    return add_picture(by=None, issue_id=issue.public_id, upload=upload)
