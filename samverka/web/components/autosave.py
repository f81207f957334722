"""A form that keeps what is typed as it is typed (js/draft.js). Without the script the form works as any other."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Autosave:
    """Where a form's draft is kept.

    key: the form's name among the person's drafts. url: where it is posted. owner: the person's public id, so that
    what a browser still holds never shows for somebody else. revision, saved_at, values: of the draft that is kept, 0,
    None and nothing when there is none. overtaken: somebody else has saved since the draft was begun. Which version
    of the text the form began from, its own field `version` says.
    """

    key: str
    url: str
    owner: str
    revision: int = 0
    saved_at: datetime.datetime | None = None
    values: dict[str, Any] = field(default_factory=dict)
    overtaken: bool = False

    @property
    def attributes(self) -> SafeString:
        """The form's attributes for the script."""
        return format_html(
            'data-autosave="{}" data-draft-url="{}" data-owner="{}" data-revision="{}"',
            self.key,
            self.url,
            self.owner,
            self.revision,
        )
