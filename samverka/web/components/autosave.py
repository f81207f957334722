"""A form that keeps what is typed as it is typed (js/draft.js). Without the script the form works as any other."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samverka.kernel.drafts import SavedDraft, TypedDraft
from samverka.kernel.errors import Refused


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

    @classmethod
    def of(cls, draft: TypedDraft | None, *, key: str, url: str, owner: str, version: int | None = None) -> "Autosave":
        """Return where a form keeps its draft, with the one that is there. `version`: of the text as it is saved now;
        None where there is none, or where the page tells of both anyhow.
        """
        if draft is None:
            return cls(key, url, owner)
        overtaken = version is not None and version != draft.base_version
        return cls(key, url, owner, draft.revision, draft.saved_at, draft.values, overtaken)

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


def draft_answer(request: HttpRequest, save: Callable[..., SavedDraft]) -> HttpResponse:
    """Answer js/draft.js: `save` keeps values, base_version and revision; 409 with the other values when another device
    has saved meanwhile.
    """
    try:
        kept = save(
            values=_values(request.POST.get("values", "")),
            base_version=_number(request.POST.get("base_version", "")),
            revision=_number(request.POST.get("revision", "")),
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=400)
    said: dict[str, Any] = {"revision": kept.revision, "overtaken": kept.overtaken}
    if kept.elsewhere is not None:
        return JsonResponse({**said, "elsewhere": dict(kept.elsewhere), "version": kept.base_version}, status=409)
    return JsonResponse(said)


def draft_revision(request: HttpRequest) -> int:
    """Return the revision of the draft that the form which was sent has seen; 0 for none."""
    return _number(request.POST.get("draft_revision", ""))


def bring_back(form: BaseForm, draft: TypedDraft | None) -> None:
    """Let a form that has not been sent begin with what was typed, and with the version that it began from."""
    if draft is None or form.is_bound:
        return
    for name, bound in form.fields.items():
        typed = _typed(bound.widget, draft.values, name)
        if not bound.widget.value_omitted_from_data(typed, MultiValueDict(), name):
            form.initial[name] = bound.widget.value_from_datadict(typed, MultiValueDict(), name)
    form.initial["version"] = draft.base_version


def _typed(widget: Any, values: dict[str, str], name: str) -> MultiValueDict[str, str]:
    """Return the values as a form is sent; of a group the script puts each tick on a line."""
    typed = MultiValueDict({key: [value] for key, value in values.items()})
    if getattr(widget, "allow_multiple_selected", False):
        typed.setlist(name, values.get(name, "").split("\n"))
    return typed


def _values(sent: str) -> dict[str, str]:
    try:
        values = json.loads(sent)
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise Refused
    return values


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
