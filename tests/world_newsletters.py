"""Issues for the world: a draft and a sent one of the host's, and the same of the municipality."""

from datetime import date
from typing import Any

from django.utils import timezone

from samverka.newsletters.actions.templates import save_template
from samverka.newsletters.enums import IssueState
from samverka.newsletters.models import Delivery, Issue
from samverka.newsletters.rendering import document_of
from samverka.organisations.models import Organisation
from tests.newsletters.issues import block, issue_of, picture_of, sender_of
from tests.people import Village


def build_newsletters(village: Village) -> dict[str, str]:
    """Return the ids of the issues, by the names that the table of routes uses."""
    host = Organisation.objects.create(name="Exempelmyndigheten", kind="agency", invented=True)
    sender_of(host, is_host=True)
    sender_of(village.municipality, from_name="Exempelby kommun")
    sent, draft = _written(host, village), _written(host, village)
    own, own_draft = _written(village.municipality, village), _written(village.municipality, village)
    for one in (sent, own):
        send(one, village)
    templates = [
        save_template(by=None, issue_id=one.public_id, name="Månadsbrevet", keep=[]) for one in (draft, own_draft)
    ]
    event = sent.blocks.get(kind="event")
    return {
        "issue": draft.public_id, "issue_block": draft.blocks.first().public_id, "sent_issue": sent.public_id,
        "sent_event": event.public_id, "our_issue": own_draft.public_id,
        "our_issue_block": own_draft.blocks.first().public_id, "our_sent_issue": own.public_id,
        "issue_picture": sent.pictures.get().token, "issue_name": sent.slug,
        "host_template": templates[0].public_id, "our_template": templates[1].public_id,
    }  # fmt: skip


def _written(sender: Organisation, village: Village) -> Issue:
    made = issue_of(sender, format="magazine")
    picture = picture_of(made)
    block(made, "lead", text="Vi har skrivit en vägledning.")
    contact = {"contact_name": "Karin Provsson", "contact_phone": "0123-456 78", "for_whom": "registratorer"}
    block(made, "item", heading="Vägledningen", text="Den är kort.", picture=picture.token, alt="Ett bord", **contact)
    block(made, "event", heading="Möte i höst", day="2027-10-12", begins="18:00", place="Bygdegården", **contact)
    block(made, "pass_on", text="Kom på möte den 12 oktober.")
    return made


def send(issue: Issue, village: Village, **fields: Any) -> Issue:
    """Let the issue be sent to the municipality's registrar, with its document frozen."""
    now = timezone.now()
    Delivery.objects.create(
        issue=issue, address="registrator@exempelby.example", audience="official", state="sent", sent_at=now,
        organisation=village.municipality, merged={"function": "Registrator"}, purge_on=date(2099, 1, 1),
    )  # fmt: skip
    told = {"state": IssueState.SENT, "sending_began_at": now, "sent_at": now, "document": document_of(issue)}
    Issue.objects.filter(pk=issue.pk).update(**(told | fields))
    issue.refresh_from_db()
    return issue
