"""An issue as a mail in one language: what every recipient gets, with marks where something differs."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Letter:
    """Subject, HTML and plain text of a mail. `preview` is what mail programs show beside the subject; `web` is what
    the web version is drawn from, as data.
    """

    subject: str
    html: str
    text: str
    preview: str = ""
    web: dict[str, Any] = field(default_factory=dict)
