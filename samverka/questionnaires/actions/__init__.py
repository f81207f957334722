"""What changes questionnaires.

Who may do it is a rule of the app that puts questions to people (`surveys.rules`), and is asked by what calls these.
"""

from .drafts import discard_draft, publish_draft, start_draft, undo_edit
from .editing import (
    add_item,
    change_head,
    change_item,
    change_list,
    copy_item,
    move_item,
    remove_item,
    remove_list,
    shift_item,
    translate,
)
from .publishing import Published, fingerprint, load_questionnaires, publish_definition

__all__ = [
    "Published", "add_item", "change_head", "change_item", "change_list", "copy_item", "discard_draft", "fingerprint",
    "load_questionnaires", "move_item", "publish_definition", "publish_draft", "remove_item", "remove_list",
    "shift_item", "start_draft", "translate", "undo_edit",
]  # fmt: skip
