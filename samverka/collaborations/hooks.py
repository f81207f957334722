"""What happens here when something happens below."""

from samverka.accounts.hooks import follows_ending
from samverka.accounts.models import User

from .enums import Circle
from .models import Entry, EntryVersion, Party


@follows_ending
def forget_drafts(user: User) -> None:
    """Remove what only the person could read, and stop naming them as a party's contact; what was shared stays."""
    EntryVersion.objects.filter(author=user, circle=Circle.AUTHOR).delete()
    Entry.objects.filter(author=user, circle=Circle.AUTHOR).delete()
    Party.objects.filter(contact=user).update(contact=None)
