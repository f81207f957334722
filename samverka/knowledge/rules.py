"""Who may write, review and publish what stands in the knowledge bank."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission
from samverka.organisations.queries import Acting

from .enums import PageState
from .models import Page, PageQuestion

#: States in which those who tell may change the text; while the editor reads it stands still.
WRITABLE = frozenset({PageState.DRAFT, PageState.RETURNED, PageState.PUBLISHED})


def can_edit_knowledge(user: Any, obj: Any = None) -> bool:
    """Review and publish: the host's editors."""
    return has_host_permission(user, Permission.EDIT_KNOWLEDGE)


def can_write_page(user: Any, page: Page) -> bool:
    """Whoever reached the page as a writer (`queries.writing.page_to_write`) changes it while it is theirs."""
    return page.state in WRITABLE


def can_read_own_page(user: Any, page: Page) -> bool:
    """Whoever reached the page as a writer reads it, in any state."""
    return True


def can_approve_pages(user: Any, acting: Acting) -> bool:
    """Takes part for the organisation acted for."""
    return acting.has(Permission.TAKE_PART)


def can_answer_question(acting: Acting, question: PageQuestion) -> bool:
    """Takes part for the organisation that is asked."""
    return acting.has(Permission.TAKE_PART) and question.organisation_id == acting.organisation.pk
