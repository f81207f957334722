"""What of an example or a portrait shows, what it lacks before it is published, and what search finds.

A party shows by name when it wrote or has approved the text; those who have not answered are counted (users.md R13).
A quote shows when the person has said yes, a picture of a party's when that party's name does.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .documents import Kind, register_kind
from .enums import Approval, Consent, PageKind
from .models import Page, PageParty, Picture, Quote, told_of
from .writing import parties_of, state_of, voices_of

#: What is told, in the order of the page, by column.
EXAMPLE_TEXTS = ("target_group", "done", "led_to", "cost", "went_wrong", "lessons")
PORTRAIT_TEXTS = ("structure", "agreements", "grants", "forums", "proud_of", "struggles")


def texts_of(page: Page) -> tuple[str, ...]:
    """Return the columns that hold what is told."""
    return EXAMPLE_TEXTS if page.kind == PageKind.EXAMPLE else PORTRAIT_TEXTS


def is_named(party: PageParty, page: Page) -> bool:
    """Whether the party's name shows: it wrote, has approved, or is no organisation that could be asked."""
    return party.wrote or party.organisation_id is None or state_of(party, page) == Approval.APPROVED


def body_of(page: Page) -> dict[str, Any]:
    """Return what an edition keeps of the kind: texts, parties, and the quotes and pictures that may show."""
    told, parties = told_of(page), parties_of(page)
    quotes, pictures = voices_of(page)
    named = [party for party in parties if is_named(party, page)]
    silent = {party.organisation_id for party in parties} - {party.organisation_id for party in named}
    body = {name: getattr(told, name) for name in texts_of(page)}
    body |= {
        "parties": [_party(party) for party in named],
        "silent": len(parties) - len(named),
        "quotes": [_quote(quote) for quote in quotes if quote.state == Consent.GIVEN],
        "pictures": [_picture(picture) for picture in pictures if picture.organisation_id not in silent],
    }
    if page.kind == PageKind.EXAMPLE:
        body |= {"steps": list(told.steps), "participation": told.participation, "decision_step": told.decision_step}
    return body


def _party(party: PageParty) -> dict[str, Any]:
    found = party.organisation
    return {
        "name": party.name,
        "id": found.public_id if found else "",
        "path": f"{found.public_id}-{found.slug}" if found else "",
        "side": str(found.side.value) if found else "",
    }


def _quote(quote: Quote) -> dict[str, str]:
    named = quote.organisation.name if quote.organisation else ""
    return {"id": quote.public_id, "text": quote.text, "name": quote.name, "role": quote.role, "from": named}


def _picture(picture: Picture) -> dict[str, Any]:
    names = ("alt", "caption", "credit", "width", "height")
    return {"id": picture.public_id, **{name: getattr(picture, name) for name in names}}


def still_shown(page: Page, body: dict[str, Any]) -> dict[str, Any]:
    """Return what was published without what has been taken back since: a consent, a picture."""
    given = set(page.quotes.filter(state=Consent.GIVEN).values_list("public_id", flat=True)) if body["quotes"] else ()
    there = set(page.pictures.values_list("public_id", flat=True)) if body["pictures"] else ()
    quotes = [quote for quote in body["quotes"] if quote["id"] in given]
    return {**body, "quotes": quotes, "pictures": [one for one in body["pictures"] if one["id"] in there]}


def words_of(page: Page) -> Iterable[str]:
    """Return what search finds besides title and summary: what is told, who is named, and where."""
    body = body_of(page)
    place = page.municipality or page.county
    return [
        *(body[name] for name in texts_of(page)),
        *(party["name"] for party in body["parties"]),
        *(quote["text"] for quote in body["quotes"]),
        *(field.name_sv for field in page.fields.all()),
        str(place) if place else "",
    ]


def faults_of(page: Page) -> list[str]:
    """Return what must be mended before it is published, in words."""
    return (_example_faults if page.kind == PageKind.EXAMPLE else _portrait_faults)(page) + _refusals(page)


def _example_faults(page: Page) -> list[str]:
    told = told_of(page)
    wanted = {
        "done": _("Skriv vad ni gjorde."),
        "cost": _("Skriv vad det kostade, i pengar och tid. Vet ni inte, så skriv det."),
        "went_wrong": _("Skriv vad som gick fel eller var svårt. Det är det andra lär sig mest av."),
    }
    found = [] if page.summary.strip() else [_("Skriv en sammanfattning på ett par meningar.")]
    found += [said for name, said in wanted.items() if not getattr(told, name).strip()]
    return found if page.parties.exists() else [*found, _("Skriv vilka som var med.")]


def _portrait_faults(page: Page) -> list[str]:
    told = told_of(page)
    return [] if told.structure.strip() else [_("Skriv hur ni är organiserade.")]


def _refusals(page: Page) -> list[str]:
    """Return a fault for each party that wants the text changed: its word is not passed over."""
    against = [party for party in parties_of(page) if state_of(party, page) == Approval.CHANGES]
    said = _("{name} vill ändra något innan texten publiceras. Ändra och fråga igen.")
    return [said.format(name=party.name) for party in against]


def first_confirmed(page: Page) -> None:
    """Count the day of publishing as a day when it held: whoever told it did so now."""
    told = told_of(page)
    told.confirmed_on, told.asked_on, told.holds, told.holds_comment = timezone.localdate(), None, "", ""
    told.save(update_fields=["confirmed_on", "asked_on", "holds", "holds_comment"])


for code in (PageKind.EXAMPLE, PageKind.PORTRAIT):
    register_kind(
        code,
        Kind(body=body_of, words=words_of, faults=faults_of, published=first_confirmed, still_shown=still_shown),
    )
