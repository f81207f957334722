"""What happens here when something happens below."""

from samverka.accounts.hooks import follows_ending
from samverka.accounts.models import User

from .enums import Circle
from .models import Attendee, Draft, Entry, EntryVersion, Guest, Notice, NoticeChoice, Party


@follows_ending
def forget_drafts(user: User) -> None:
    """Remove what only the person could read, and stop naming them as contact or deputy; what was shared stays."""
    Draft.objects.filter(user=user).delete()
    EntryVersion.objects.filter(author=user, circle=Circle.AUTHOR).delete()
    Entry.objects.filter(author=user, circle=Circle.AUTHOR).delete()
    Party.objects.filter(contact=user).update(contact=None)
    Party.objects.filter(deputy=user).update(deputy=None, deputy_accepted_on=None)
    Guest.objects.filter(user=user).delete()
    Attendee.objects.filter(user=user).update(user=None, email="")
    Notice.objects.filter(user=user).delete()
    NoticeChoice.objects.filter(user=user).delete()
