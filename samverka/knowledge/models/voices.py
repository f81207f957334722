"""Who stands behind an example: its parties, who is quoted, what its pictures show."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..enums import Approval, Consent, Seen
from .pages import Page

User = settings.AUTH_USER_MODEL


class PageParty(models.Model):
    """A party of what is told, as it is called, and the organisation once it is known.

    An approval holds for the text as it was (`version` is its `text_version`): a later change asks again.
    `comment` says what the party wants changed. `wrote` is the party that the page was begun for.
    """

    public_id = PublicIdField()
    page = models.ForeignKey(Page, related_name="parties", on_delete=models.CASCADE)
    name = models.CharField(_("Part"), max_length=200)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    wrote = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=Approval, default=Approval.NOT_ASKED)
    version = models.PositiveIntegerField(null=True, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Approval.values), name="page_party_state_known"),
            models.CheckConstraint(condition=~Q(name=""), name="page_party_has_name"),
            models.UniqueConstraint(
                fields=["page", "organisation"], condition=Q(organisation__isnull=False), name="page_party_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(answered_at__isnull=False), name="page_party_approved_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quote(models.Model):
    """Somebody's words, with a name. They show when that person has said yes to them, as they stand.

    `email` opens the question to the person, without an account; it is emptied some time after the answer. `how` says
    how a yes was had that did not come through the page. `link_number` makes an old link dead.
    """

    public_id = PublicIdField()
    page = models.ForeignKey(Page, related_name="quotes", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    text = models.TextField(_("Citat"), max_length=1000)
    name = models.CharField(_("Namn"), max_length=150)
    role = models.CharField(_("Roll"), max_length=150, blank=True)
    email = models.EmailField(_("E-postadress"), blank=True)
    state = models.CharField(max_length=12, choices=Consent, default=Consent.NOT_ASKED)
    how = models.CharField(max_length=200, blank=True)
    link_number = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(max_length=1000, blank=True)
    added_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Consent.values), name="quote_state_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(name=""), name="quote_has_text_and_name"),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "refused"]) | Q(answered_at__isnull=False),
                name="quote_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Quote {self.public_id}"


class Picture(models.Model):
    """A picture of an example or a portrait, drawn anew when it came, with its text for those who do not see it.

    `consent` says who of those seen has said yes, and how; it does not show on the page.
    """

    public_id = PublicIdField()
    page = models.ForeignKey(Page, related_name="pictures", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    file = models.ForeignKey("kernel.StoredFile", related_name="+", on_delete=models.PROTECT)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("Bilden i ord"), max_length=300)
    caption = models.CharField(_("Bildtext"), max_length=300, blank=True)
    credit = models.CharField(_("Foto eller bild"), max_length=150)
    seen = models.CharField(_("Personer på bilden"), max_length=10, choices=Seen)
    consent = models.CharField(_("Vilka har sagt ja, och hur?"), max_length=300, blank=True)
    added_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(seen__in=Seen.values), name="picture_seen_known"),
            models.CheckConstraint(condition=~Q(alt="") & ~Q(credit=""), name="picture_has_words_and_credit"),
            models.CheckConstraint(condition=~Q(seen="agreed") | ~Q(consent=""), name="picture_agreed_says_who"),
        ]

    def __str__(self) -> str:
        return f"Picture {self.public_id}"
