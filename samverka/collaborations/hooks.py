"""What happens here when something happens below."""

from samverka.accounts.hooks import follows_ending
from samverka.accounts.models import User
from samverka.kernel.files import remove_stored

from .enums import Circle
from .models import Attachment, Attendee, Draft, Entry, EntryVersion, Guest, Notice, NoticeChoice, Party


@follows_ending
def forget_drafts(user: User) -> None:
    """Remove what only the person could read, with its files, and stop naming them as contact or deputy; what was
    shared stays.
    """
    attached = Attachment.objects.filter(entry__author=user, entry__circle=Circle.AUTHOR)
    beside = [attachment.file for attachment in attached.select_related("file")]
    Draft.objects.filter(user=user).delete()
    EntryVersion.objects.filter(author=user, circle=Circle.AUTHOR).delete()
    Entry.objects.filter(author=user, circle=Circle.AUTHOR).delete()
    for stored in beside:
        remove_stored(stored)
    Party.objects.filter(contact=user).update(contact=None)
    Party.objects.filter(deputy=user).update(deputy=None, deputy_accepted_on=None, deputy_reads_at="")
    Guest.objects.filter(user=user).delete()
    Attendee.objects.filter(user=user).update(user=None, email="")
    Notice.objects.filter(user=user).delete()
    NoticeChoice.objects.filter(user=user).delete()
