"""The demo's issues: one that has been sent and one that is being written. Persons and organisations are invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from samverka.accounts.models import User
from samverka.collaborations.demo import Village, register_demo
from samverka.kernel.search import store_vector
from samverka.organisations.models import Organisation

from .enums import Audience, DeliveryState, IssueState, Matter
from .models import Block, Delivery, Issue, IssueText, Sender
from .rendering import document_of

NAME = "Exempelmyndigheten"
_CONTACT = {"contact_name": "Eva Redaktörsson", "contact_role": "redaktör", "contact_phone": "0123-456 70",
            "contact_email": "eva.editor@samverka.example"}  # fmt: skip


@register_demo
def build_issues(village: Village) -> None:
    """Make the sender and the two issues, once."""
    if Issue.objects.filter(sender__name=NAME, sender__invented=True).exists():
        return
    sender = _sender()
    editor = User.objects.filter(email=_CONTACT["contact_email"]).first()
    _send(_letter(sender, editor), village)
    _magazine(sender, editor)


def _sender() -> Sender:
    agency, created = Organisation.objects.get_or_create(name=NAME, invented=True, defaults={"kind": "agency"})
    if created:
        store_vector(agency)
    is_first = not Sender.objects.filter(is_host=True).exists()
    made: Sender = Sender.objects.get_or_create(
        organisation=agency, defaults={
            "is_host": is_first, "from_name": NAME, "from_address": "utskick@samverka.example",
            "reply_to": "eva.editor@samverka.example", "postal_address": "Box 1, 999 01 Exempelby",
            "phone": "0123-456 00", "about": "En påhittad myndighet som visar hur ett utskick ser ut.",
            "diary_pattern": "{number:04}/{year:2}",
        }
    )[0]  # fmt: skip
    return made


def _issue(sender: Sender, editor: Any, subject: str, preview: str, **told: Any) -> Issue:
    made: Issue = Issue.objects.create(
        sender=sender.organisation, owner=editor, from_name=sender.from_name, from_address=sender.from_address,
        reply_to=sender.reply_to, reply_read_until=timezone.localdate() + timedelta(days=60), **told,
    )  # fmt: skip
    IssueText.objects.create(issue=made, language="sv", subject=subject, preview=preview)
    return made


def _add(issue: Issue, *blocks: tuple[str, dict[str, str]]) -> None:
    Block.objects.bulk_create(
        Block(issue=issue, kind=kind, position=place, content=content)
        for place, (kind, content) in enumerate(blocks, start=1)
    )


def _letter(sender: Sender, editor: Any) -> Issue:
    made = _issue(
        sender, editor, "En modell för samverkan, att låna och göra om", "Elva frågor räcker till två möten.",
        format="official", matter=Matter.INFORMATION, diary_number="0001/26",
    )  # fmt: skip
    _add(
        made,
        ("lead", {"text": "Vi har samlat frågor som kommuner och föreningar behöver ställa varandra när de börjar "
                          "samverka. Låna dem, och sprid dem gärna till era föreningar."}),
        ("item", {"heading": "Elva frågor till två möten", "for_whom": "den som möter föreningar i kommunen",
                  "text": "Modellen går att skriva ut och ta med. Den korta vägen är elva frågor.",
                  "link_label": "Se modellen", "link_url": "/modeller/", **_CONTACT}),
        ("action", {"heading": "Skicka brevet till en kollega", "text": "Texten nedanför är klar att klistra in.",
                    "link_label": "Se modellen", "link_url": "/modeller/"}),
        ("pass_on", {"text": "Vill ni börja något ihop med kommunen? Här finns elva frågor att gå igenom på ett "
                             "första möte. De är fria att använda."}),
    )  # fmt: skip
    return made


def _magazine(sender: Sender, editor: Any) -> Issue:
    made = _issue(
        sender, editor, "Nytt om samverkan i vinter", "Ett möte, en siffra och en fråga från en kollega.",
        format="magazine",
    )  # fmt: skip
    day = (timezone.localdate() + timedelta(days=45)).isoformat()
    _add(
        made,
        ("lead", {"text": "Det här är på gång bland kommuner och föreningar i vinter."}),
        ("event", {"heading": "Kväll om bygdegårdar", "for_whom": "föreningar med en lokal", "day": day,
                   "begins": "18:00", "ends": "20:00", "place": "Digitalt", "text": "Vi pratar om drift och ansvar.",
                   **_CONTACT}),
        ("figure", {"value": "8 av 12", "heading": "påhittade kommuner har någon som föreningar kan ringa",
                    "base": "12 kommuner i demon", "source": "Exempelmyndigheten"}),
        ("item", {"heading": "Fråga från en kollega", "for_whom": "samordnare", "text": ""}),
    )  # fmt: skip
    return made


def _send(issue: Issue, village: Village) -> None:
    """Let the letter have gone to the offices of the demo's municipalities, a week ago."""
    when = timezone.now() - timedelta(days=7)
    issue.sending_began_at = when
    for name in ("Exempelby kommun", "Provstads kommun"):
        body = village.organisations[name]
        office = body.functions.filter(withdrawn_at=None).order_by("pk").first()
        if office is not None:
            Delivery.objects.create(
                issue=issue, address=office.email, audience=Audience.OFFICIAL, organisation=body, sent_at=when,
                merged={"function": office.get_kind_display()}, state=DeliveryState.SENT,
                purge_on=timezone.localdate() + timedelta(days=358),
            )  # fmt: skip
    issue.state, issue.sent_at, issue.created_at = IssueState.SENT, when, when - timedelta(days=2)
    issue.document = document_of(issue)
    issue.save()
