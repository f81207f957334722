"""Who may write, publish and withdraw pages of the knowledge bank."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission
from samverka.organisations.queries import Acting

from .enums import PageState


def can_edit_knowledge(user: Any, obj: Any = None) -> bool:
    """Review, publish and withdraw pages, and read what visitors say of them."""
    return has_host_permission(user, Permission.EDIT_KNOWLEDGE)


def can_write_page(user: Any, page: Any) -> bool:
    """Change the draft: an editor, and the writer as long as it is with the writer."""
    with_writer = page.state in {PageState.DRAFT, PageState.RETURNED}
    return can_edit_knowledge(user) or (with_writer and is_writer(user, page))


def is_writer(user: Any, page: Any) -> bool:
    """Whether this person sent the page in."""
    return bool(getattr(user, "is_active", False)) and page.sent_in_by_id == user.pk


#: States in which those who tell may change the text; while the editor reads it stands still.
TELLING = frozenset({PageState.DRAFT, PageState.RETURNED, PageState.PUBLISHED})


def can_tell(user: Any, page: Any) -> bool:
    """Whoever reaches the page as one who tells (`writing.page_to_write`) changes it while it is theirs."""
    return page.state in TELLING


def can_read_told(user: Any, page: Any) -> bool:
    """Whoever reaches the page as one who tells reads it, in any state."""
    return True


def can_speak_for(user: Any, acting: Acting) -> bool:
    """Takes part for the whole organisation acted for: approves a text and answers a question in its name."""
    return acting.has_for(Permission.TAKE_PART, None)
