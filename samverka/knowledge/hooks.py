"""What happens here when something happens below."""

from samverka.accounts.hooks import follows_ending
from samverka.accounts.models import User

from .models import Bookmark, Collection, PageDraft


@follows_ending
def forget_own(user: User) -> None:
    """Remove what the person had put aside or was typing: nobody else ever saw it."""
    Bookmark.objects.filter(user=user).delete()
    Collection.objects.filter(user=user).delete()
    PageDraft.objects.filter(user=user).delete()
