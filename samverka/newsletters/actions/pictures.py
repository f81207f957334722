"""What adds a picture to an issue."""

import io
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from samverka.kernel.errors import Refused
from samverka.kernel.files import JPEG, PNG, open_stored, store_upload

from ..models import Picture
from .checks import locked_draft, note

#: A picture in a mail is fetched by everybody who reads it: a heavy one is slow on a telephone.
MOST_BYTES = 5 * 1024 * 1024


@transaction.atomic
def add_picture(*, by: Any, issue_id: str, upload: "File[bytes]") -> Picture:
    """Keep a picture, drawn anew without what the camera wrote. Raises NotAllowed, NotVisible, Refused."""
    issue = locked_draft(by, issue_id)
    stored = store_upload(
        upload, by=by, owner_kind="issue", owner_id=issue.public_id, allowed=(JPEG, PNG), most_bytes=MOST_BYTES
    )
    with open_stored(stored) as file, Image.open(io.BytesIO(file.read())) as picture:
        width, height = picture.size
    if width < 100:
        raise Refused(_("Bilden är för liten. Den ska vara minst 100 bildpunkter bred, helst 1 100."), field="picture")
    made: Picture = Picture.objects.create(issue=issue, file=stored, width=width, height=height)
    note("issue.picture_added", issue, by=by)
    return made
