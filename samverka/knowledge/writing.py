"""Pages as those who tell reach them: what they wrote, what their organisation owns, what their collaboration made."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from samverka.accounts.roles import Permission
from samverka.collaborations.models import Party
from samverka.collaborations.querysets import TAKING_PART
from samverka.kernel.errors import NotVisible
from samverka.organisations.models import Membership
from samverka.organisations.queries import Acting

from .enums import Approval, PageKind
from .models import Feedback, Page, PageParty, Picture, Quote, told_of

TOLD = (PageKind.EXAMPLE, PageKind.PORTRAIT)


def held_whole(user: Any) -> Any:
    """Return the person's memberships that take part for a whole organisation today."""
    lasting = Q(until__isnull=True) | Q(until__gt=timezone.now())
    return Membership.objects.filter(lasting, user=user.pk, role__in=TAKING_PART, unit=None)


def pages_to_write(user: Any) -> Any:
    """Return the examples and portraits that the person writes: their own, those of an organisation they take part for,
    and those made from a collaboration where they sit for a party.
    """
    if not getattr(user, "is_authenticated", False):
        return Page.objects.none()
    sits = Party.objects.filter(collaboration=OuterRef("example__collaboration"), state="active").of_person(user)
    owned = held_whole(user).filter(organisation=OuterRef("owner"))
    mine = Q(sent_in_by=user.pk, example__collaboration=None) | Exists(sits) | Exists(owned)
    return Page.objects.filter(mine, kind__in=TOLD)


def page_to_write(user: Any, page_id: str) -> Page:
    """Return the page with that public id, if the person writes it. Raises NotVisible."""
    around = ("example__collaboration", "portrait", "owner", "municipality", "county")
    found: Page | None = pages_to_write(user).filter(public_id=page_id).select_related(*around).first()
    if found is None:
        raise NotVisible
    return found


def parties_of(page: Page) -> list[PageParty]:
    """Return the page's parties, who wrote it first."""
    return list(page.parties.select_related("organisation").order_by("-wrote", "id"))


def voices_of(page: Page) -> tuple[list[Quote], list[Picture]]:
    """Return the page's quotes and pictures."""
    quotes = page.quotes.select_related("organisation")
    return list(quotes), list(page.pictures.select_related("organisation", "file"))


def asked_of(acting: Acting) -> Any:
    """Return the places where the organisation is a party that is to say what it thinks of a text, newest first: for
    one whose roles reach a unit only, those of a collaboration where that unit sits.
    """
    parties = PageParty.objects.filter(organisation=acting.organisation, wrote=False, asked_at__isnull=False)
    if not acting.has_for(Permission.TAKE_PART, None):
        there = Party.objects.filter(
            collaboration=OuterRef("page__example__collaboration"), organisation=acting.organisation, state="active"
        )
        parties = parties.filter(Exists(there.of_person(acting.user)))
    return parties.select_related("page__example", "page__portrait", "page__owner").order_by("-asked_at", "-pk")


def party_at(acting: Acting, page_id: str) -> PageParty:
    """Return the organisation's place on the page, once it has been asked. Raises NotVisible."""
    found: PageParty | None = asked_of(acting).filter(page__public_id=page_id).first()
    if found is None:
        raise NotVisible
    return found


def made_from(collaboration: Any) -> Any:
    """Return the examples made from a collaboration, newest first, with their parties."""
    pages = Page.objects.filter(example__collaboration=collaboration).select_related("example")
    return pages.prefetch_related(Prefetch("parties", queryset=PageParty.objects.order_by("id"))).order_by("-pk")


def feedback_to(acting: Acting) -> Any:
    """Return what visitors have said of the pages that the organisation answers for, newest first: for one whose roles
    reach a unit only, of those that the person writes; nothing for one who does not take part.
    """
    rows = Feedback.objects.said().filter(page__owner=acting.organisation)
    if not acting.has(Permission.TAKE_PART):
        return rows.none()
    if not acting.has_for(Permission.TAKE_PART, None):
        rows = rows.filter(page__in=pages_to_write(acting.user))
    return rows.select_related("page")


def state_of(party: PageParty, page: Page) -> Approval:
    """Return what the party has said of the text as it stands now: a word about an earlier one is none."""
    if party.state in {Approval.APPROVED, Approval.CHANGES} and party.version != told_of(page).text_version:
        return Approval.WAITING
    return Approval(party.state)


def is_asked_about(user: Any, page: Page) -> bool:
    """Whether the person takes part for an organisation that has been asked about the page."""
    if not getattr(user, "is_authenticated", False):
        return False
    asked = page.parties.filter(asked_at__isnull=False).values("organisation")
    held = Membership.objects.filter(user=user.pk, role__in=TAKING_PART, until=None)
    return bool(held.filter(organisation__in=asked).exists())
