"""Meeting mode: one question at a time on the wall, one person types for all (users.md R6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.actions import TOGETHER
from samverka.collaborations.circles import shared_readers
from samverka.collaborations.enums import Stance
from samverka.collaborations.models import Draft, Entry, Meeting, Party, StanceTaken
from samverka.collaborations.queries import Asked, Seat, agenda, drafts_of, meeting_of, meeting_under_way, promises_at
from samverka.collaborations.rules import can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import names_in_words

from .drafts import autosave, forget
from .forms_commitments import CommitmentForm
from .forms_meeting import BoxesForm
from .meetings import to_meeting
from .pages import has_public_body
from .seats import seat_at

#: So many parties stand side by side; more unfold, one by one.
SIDE_BY_SIDE = 2
#: So many readers are named at each box; more are named once, at the top.
NAMED = 3


@dataclass
class Box:
    """A box on the screen: a party's, or the one for what they say together (`party` None)."""

    key: str
    party: Party | None
    text: str = ""
    version: int = 0
    locked: bool = False
    earlier: Sequence[Entry] = ()
    theirs: Mapping[str, Any] | None = None

    def bring_back(self, values: Mapping[str, str]) -> None:
        """Show what was typed and never saved, with the version of the text that it was begun from."""
        if not self.locked and f"text_{self.key}" in values:
            self.text, version = values[f"text_{self.key}"], values.get(f"version_{self.key}", "")
            self.version = int(version) if version.isdecimal() else 0

    @property
    def opened(self) -> bool:
        """Whether it stands unfolded among many."""
        return bool(self.text or self.theirs)


@requires(can_write, load=seat_at)
def now(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The meeting that is under way, or the page to begin one."""
    meeting = meeting_under_way(seat)
    if meeting is None:
        return to_meeting(seat, "meetings")
    return to_meeting(seat, "meeting_question", meeting.public_id, meeting.questions[0])


@requires(can_write, load=seat_at)
def ask(request: HttpRequest, seat: Seat, meeting: str, question: str) -> HttpResponse:
    """One question: what each party says of it, what they say together, where they stand."""
    found = meeting_of(seat, meeting)
    asked = agenda(seat.model, found.questions)
    here = next((one for one in asked if one.code == question), None)
    if here is None:
        raise NotVisible
    if request.method == "POST":
        return _save(request, seat, found, asked, here)
    if found.ended_at:
        return to_meeting(seat, "meeting", meeting)
    boxes = boxes_at(seat, found, here)
    draft = _draft(seat, found, here)
    for box in boxes:
        box.bring_back(draft.values if draft else {})
    return render(request, "workspace/meeting/question.html", _context(seat, found, asked, here, boxes, draft))


def _key(meeting: Meeting, here: Asked) -> str:
    return f"m:{meeting.public_id}.{here.code}"


def _draft(seat: Seat, meeting: Meeting, here: Asked) -> Draft | None:
    key = _key(meeting, here)
    return drafts_of(seat, [key]).get(key)


def _save(request: HttpRequest, seat: Seat, meeting: Meeting, asked: Sequence[Asked], here: Asked) -> HttpResponse:
    form = BoxesForm(request.POST, saved={box.key: box.text for box in boxes_at(seat, meeting, here)})
    wanted = request.POST.get("do", "")
    if not form.is_valid():
        return _again(request, seat, meeting, asked, here, fault=form.fault, form=form)
    try:
        stance = Stance(wanted) if wanted in Stance.values else None
        actions.write_at_meeting(
            by=seat, meeting_id=meeting.public_id, question=here.code, boxes=form.typed, stance=stance
        )
    except Conflict as conflict:
        return _again(request, seat, meeting, asked, here, conflict=conflict)
    except Refused as refused:
        return _again(request, seat, meeting, asked, here, fault=str(refused.message))
    forget(request, seat)
    return _onwards(request, seat, meeting, asked, here, wanted)


def _onwards(  # noqa: PLR0917  (one call, in order)
    request: HttpRequest, seat: Seat, meeting: Meeting, asked: Sequence[Asked], here: Asked, wanted: str
) -> HttpResponse:
    """Go where the button said: the next question, the one before, the meeting's page, or stay."""
    before, after = _beside(asked, here)
    half_way = _("Frågan är sparad. Skriv nu upp åtagandet.")
    messages.success(request, half_way if wanted == "commitment" else _("Sparat och delat med alla parter."))
    if wanted == "out" or (wanted == "next" and after is None):
        return to_meeting(seat, "meeting_end" if wanted == "next" else "meeting", meeting.public_id)
    if wanted == "commitment":
        return to_meeting(seat, "meeting_commitment", meeting.public_id, here.code)
    target = {"next": after, "previous": before}.get(wanted) or here
    return to_meeting(seat, "meeting_question", meeting.public_id, target.code)


@requires(can_write, load=seat_at)
@creates_once
def commitment(request: HttpRequest, seat: Seat, meeting: str, question: str) -> HttpResponse:
    """Write down a promise that came up at the question: what, who, when."""
    found = meeting_of(seat, meeting)
    here = next((one for one in agenda(seat.model, found.questions) if one.code == question), None)
    if here is None:
        raise NotVisible
    parties = [seat.party] if seat.both_sides else seat.active
    form = CommitmentForm(request.POST or None, parties=parties, new=True)
    if form.is_valid():
        with refusals_on(form):
            actions.make_commitment(by=seat, question=here.code, **form.cleaned_data)
            messages.success(request, _("Åtagandet är uppskrivet. Alla parter ser det."))
            return to_meeting(seat, "meeting_question", meeting, here.code)
    context = {"seat": seat, "acting": seat.acting, "meeting": found, "here": here, "form": form}
    context |= {"readers": shared_readers(seat.parties)}
    return render(request, "workspace/meeting/commitment.html", context, status=422 if form.errors else 200)


def _beside(asked: Sequence[Asked], here: Asked) -> tuple[Asked | None, Asked | None]:
    before = asked[here.number - 2] if here.number > 1 else None
    return before, asked[here.number] if here.number < len(asked) else None


def _again(
    request: HttpRequest,
    seat: Seat,
    meeting: Meeting,
    asked: Sequence[Asked],
    here: Asked,
    *,
    conflict: Conflict | None = None,
    fault: str = "",
    form: BoxesForm | None = None,
) -> HttpResponse:
    """Show the question again with everything that was typed, and beside it what somebody else has saved."""
    clashes = conflict.details["boxes"] if conflict else {}
    boxes = boxes_at(seat, meeting, here)
    for box in boxes:
        box.bring_back(request.POST)
        box.theirs = clashes.get(box.key)
        if box.theirs:
            box.version = box.theirs["version"]
    draft = _draft(seat, meeting, here)
    context = _context(seat, meeting, asked, here, boxes, draft) | {"conflict": conflict, "fault": fault, "form": form}
    return render(request, "workspace/meeting/question.html", context, status=409 if conflict else 422)


def boxes_at(seat: Seat, meeting: Meeting, here: Asked) -> list[Box]:
    """Return the boxes of a question as they are saved: each party's, then the one for what they say together."""
    shared = seat.readable.shared().filter(question=here.code, withdrawn_at=None).select_related("author")
    joint = next((entry for entry in shared if entry.joint), None)
    boxes = []
    for party in seat.active:
        own = [entry for entry in shared if entry.party_id == party.pk and not entry.joint]
        now = next((entry for entry in own if entry.meeting_id == meeting.pk), None)
        box = Box(party.public_id, party, earlier=[entry for entry in own if entry is not now])
        if now:
            box.text, box.version = now.text, now.version
            box.locked = now.confirmed_at is not None and party.pk != seat.party.pk
        boxes.append(box)
    together = Box(TOGETHER, None, joint.text if joint else "", joint.version if joint else 0)
    return [*boxes, together]


def _context(  # noqa: PLR0917  (two calls, in order)
    seat: Seat,
    meeting: Meeting,
    asked: Sequence[Asked],
    here: Asked,
    boxes: Sequence[Box],
    draft: Draft | None = None,
) -> dict[str, Any]:
    before, after = _beside(asked, here)
    of_parties = [box for box in boxes if box.party]
    stances = StanceTaken.objects.filter(collaboration=seat.collaboration, question=here.code)
    readers = shared_readers(seat.parties)
    return {
        "acting": seat.acting,
        "seat": seat,
        "meeting": meeting,
        "asked": asked,
        "here": here,
        "alone_asked": not any(one.step is here.step and one is not here for one in asked),
        "before": before,
        "after": after,
        "side_by_side": len(of_parties) <= SIDE_BY_SIDE,
        "autosave": autosave(seat, _key(meeting, here), draft) if len(of_parties) <= SIDE_BY_SIDE else None,
        "sides": _sides(of_parties),
        "together": boxes[-1],
        "stance": stances.values_list("stance", flat=True).first() or "",
        "stances": Stance.choices,
        "promises": promises_at(meeting, here.code),
        "readers": readers,
        "many": len(readers) > NAMED,
        "box_readers": readers if len(readers) <= NAMED else [_("alla %(n)s parter") % {"n": len(seat.active)}],
        "others": names_in_words([party.name for party in seat.active if party.pk != seat.party.pk]),
        "public_record": has_public_body(seat),
    }


def _sides(boxes: Sequence[Box]) -> list[tuple[str, list[Box]]]:
    """Return the parties' boxes by side, the public one first."""
    sides = [(side, [box for box in boxes if box.party and box.party.side == side]) for side in ("public", "civil")]
    return [(side, found) for side, found in sides if found]
