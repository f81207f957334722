"""Beginning an example or a portrait, and writing it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.collaborations.queries import Seat
from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, Refused
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting, office_address

from ..enums import PageKind
from ..models import Example, Page, PageParty, Portrait, told_of
from ..prefill import beginning_from
from ..rules import can_speak_for
from .steps import hold_text, page_to_change, touch
from .trail import note_page

#: Columns of the head that those who tell write, and of each kind.
HEAD = (
    "title", "summary", "year", "licence", "municipality", "county", "forms", "contact_name", "contact_role",
    "contact_email", "contact_phone",
)  # fmt: skip
TOLD = {
    PageKind.EXAMPLE: (
        "target_group", "done", "led_to", "cost", "went_wrong", "lessons", "steps", "participation", "decision_step",
    ),
    PageKind.PORTRAIT: ("structure", "agreements", "grants", "forums", "proud_of", "struggles"),
}  # fmt: skip


@transaction.atomic
def start_example(*, by: Any, title: str, language: str = "sv") -> Page:
    """Begin an example that comes from no collaboration here; whoever is signed in may."""
    page: Page = Page.objects.create(kind=PageKind.EXAMPLE, title=title, language=language, sent_in_by=by)
    Example.objects.create(page=page)
    note_page("page.begun", page, by=by)
    return page


@transaction.atomic
def start_from_collaboration(*, by: Seat) -> Page:
    """Begin an example with what all parties of the collaboration read. Raises NotAllowed for one who only follows,
    Refused while the party is alone.
    """
    if not by.takes_part:
        raise NotAllowed
    if by.alone:
        raise Refused(_("Ett exempel skrivs av minst två parter. Bjud in den andra först."))
    begun = beginning_from(by)
    owner = by.party.organisation
    page: Page = Page.objects.create(
        kind=PageKind.EXAMPLE, owner=owner, sent_in_by=by.user, contact_email=office_address(owner, by.party.unit),
        **begun.head,
    )  # fmt: skip
    page.fields.set(begun.fields)
    Example.objects.create(page=page, collaboration=by.collaboration, **begun.told)
    _parties_from(by, page)
    note_page("page.begun", page, by=by.user)
    return page


def _parties_from(seat: Seat, page: Page) -> None:
    """Name every organisation at the table once, the one that begins as who wrote."""
    named: set[int] = set()
    for party in [seat.party, *seat.others]:
        if party.organisation_id not in named:
            named.add(party.organisation_id)
            PageParty.objects.create(
                page=page, name=party.name[:200], organisation=party.organisation, wrote=party == seat.party
            )


@transaction.atomic
def start_portrait(*, by: Acting) -> Page:
    """Begin the portrait of the public body acted for. Raises NotAllowed, Refused for any other and when it has one."""
    body: Organisation = by.organisation
    if not can_speak_for(by.user, by):
        raise NotAllowed
    if not body.is_public_body:
        raise Refused(_("Ett porträtt berättar om en kommun, en region eller en annan offentlig aktör."))
    if Page.objects.filter(kind=PageKind.PORTRAIT, owner=body, withdrawn_at=None).exists():
        raise Refused(_("Ni har redan ett porträtt. Öppna det och ändra i stället."))
    page: Page = Page.objects.create(
        kind=PageKind.PORTRAIT, title=body.name, owner=body, municipality=body.municipality, county=body.county,
        sent_in_by=by.user, contact_email=office_address(body),
    )  # fmt: skip
    Portrait.objects.create(page=page)
    note_page("page.begun", page, by=by.user)
    return page


@transaction.atomic
def change_page(
    *, by: Any, page_id: str, version: int, values: Mapping[str, Any], fields: Iterable[Any] | None = None
) -> Page:
    """Write the head and what its kind holds; `values` by column, only those of HEAD and TOLD. `version` is the
    `saves` of the page that the person began from. Approvals of the earlier text hold no longer. Raises Conflict when
    somebody else saved meanwhile, Refused while the editor has it.
    """
    page = page_to_change(by, page_id)
    told = told_of(page)
    head = {name: value for name, value in values.items() if name in HEAD}
    rest = {name: value for name, value in values.items() if name in TOLD[PageKind(page.kind)]}
    hold_text(_Both(page, told), page.saves, version, {**head, **rest})
    changes = _set(page, head) | _set(told, rest)
    if fields is not None:
        page.fields.set(fields)
    page.saves += 1
    page.save(update_fields=["saves"])
    touch(page)
    note_page("page.changed", page, by=by, changes=dict.fromkeys(changes))
    return page


class _Both:
    """The head and what its kind holds, read as one."""

    def __init__(self, page: Page, told: Any) -> None:
        self._rows = (page, told)

    def __getattr__(self, name: str) -> Any:
        return next((getattr(row, name) for row in self._rows if hasattr(row, name)), "")


def _set(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    changes = audit.changed_fields({name: getattr(row, name) for name in values}, values)
    for name, value in values.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=[*values, *(["sort_key"] if "title" in values else [])])
    return changes


@transaction.atomic
def add_party(*, by: Any, page_id: str, name: str, organisation: Organisation | None = None) -> PageParty:
    """Name a party; one that is an organisation in the register is asked before its name shows."""
    page = page_to_change(by, page_id)
    there = page.parties.filter(organisation=organisation) if organisation else page.parties.filter(name=name)
    if there.exists():
        raise Refused(_("Den parten står redan här."), field="name")
    party: PageParty = PageParty.objects.create(
        page=page, name=name, organisation=organisation, wrote=bool(organisation) and organisation == page.owner
    )
    touch(page)
    note_page("page.party_added", page, by=by, changes={"party": ["", name]})
    return party


@transaction.atomic
def remove_party(*, by: Any, page_id: str, party_id: str) -> None:
    """Take a party away, with what it has said. The one that wrote stays."""
    page = page_to_change(by, page_id)
    party = page.parties.filter(public_id=party_id, wrote=False).first()
    if party is None:
        raise Refused(_("Den som skriver kan inte tas bort."))
    name = party.name
    party.delete()
    touch(page)
    note_page("page.party_removed", page, by=by, changes={"party": [name, None]})
