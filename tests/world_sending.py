"""What is sent, for the world: a mail to an office and one to a subscriber, a subscriber, a list, a stopped address."""

from datetime import date

from django.utils import timezone

from samverka.newsletters import links
from samverka.newsletters.models import Delivery, Issue, RecipientList, Subscriber, Suppression
from tests.people import Village


def build_sending(village: Village, ids: dict[str, str]) -> dict[str, str]:
    """Return the keys of the mails' links and of the subscriber's page, and the ids of the rest."""
    sent = Issue.objects.get(public_id=ids["sent_issue"])
    Issue.objects.filter(pk=sent.pk).update(document={
        language: letter | {"links": ["https://exempel.example/"]} for language, letter in sent.document.items()
    })  # fmt: skip
    subscriber = Subscriber.objects.create(email="astrid@lista.example", state="confirmed", confirmed_at=timezone.now())
    to_subscriber = Delivery.objects.create(
        issue=sent, address=subscriber.email, audience="subscriber", state="sent", sent_at=timezone.now(),
        purge_on=date(2099, 1, 1),
    )  # fmt: skip
    own = RecipientList.objects.create(sender=village.municipality, name="Våra föreningar")
    hosts = RecipientList.objects.create(sender=sent.sender, name="Nätverket")
    stopped = Suppression.objects.create(address="a@borta.example", scope="voluntary", reason="hard")
    office = Delivery.objects.get(issue=sent, audience="official")
    return {
        "office_key": links.delivery_key(office.public_id), "mail_key": links.delivery_key(to_subscriber.public_id),
        "subscriber_key": links.subscriber_key(subscriber), "our_list": own.public_id, "host_list": hosts.public_id,
        "stopped": stopped.public_id,
    }  # fmt: skip
