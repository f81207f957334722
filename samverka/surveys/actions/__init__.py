"""What changes rounds and what is answered in them."""

from .answering import Change, Saved, add_row, begin, confirm_answers, remove_row, save_answers
from .handing_over import hand_over, note_diary_number
from .passing import mark_done, pass_on, take_back
from .presence import leave, note_presence
from .publishing import publish_results
from .reopening import reopen
from .responses import Incoming, add_responses
from .rounds import open_round
from .signing import ask_for_signature, send_code, sign
from .taking_over import set_aside, take_over
from .weighting import set_strata

__all__ = [
    "Change", "Incoming", "Saved", "add_responses", "add_row", "ask_for_signature", "begin", "confirm_answers",
    "hand_over", "leave", "mark_done", "note_diary_number", "note_presence", "open_round", "pass_on",
    "publish_results", "remove_row", "reopen", "save_answers", "send_code", "set_aside", "set_strata", "sign",
    "take_back", "take_over",
]  # fmt: skip
