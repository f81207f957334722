"""What a receiver says of a mail, and passing it on. Without an account: whoever has the link is whom it went to."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow

from .. import links
from ..emails_sending import IssuePassedOn
from ..enums import ReceiptChoice
from ..models import Delivery, Receipt

#: Colleagues of one time.
MOST_COLLEAGUES = 10


@transaction.atomic
def give_receipt(
    *, by: Any, key: str, choice: str, diary_number: str = "", passed_to: str = ""
) -> Receipt:  # fmt: skip
    """Note what the receiver says; the newest holds. Raises NotVisible, Refused."""
    delivery = links.delivery_by_key(key)
    allow(f"receipt:{delivery.public_id}", most=30, within=timedelta(hours=1))
    if choice == ReceiptChoice.REGISTERED and not diary_number.strip():
        raise Refused(_("Skriv ert diarienummer."), field="diary_number")
    if choice == ReceiptChoice.PASSED_ON and not passed_to.strip():
        raise Refused(_("Skriv vart ni skickade det, till exempel kulturförvaltningen."), field="passed_to")
    row = Receipt.objects.create(
        delivery=delivery, choice=choice,
        diary_number=diary_number.strip()[:60] if choice == ReceiptChoice.REGISTERED else "",
        passed_to=passed_to.strip()[:200] if choice == ReceiptChoice.PASSED_ON else "",
    )  # fmt: skip
    _note(delivery, row, by)
    return row


@transaction.atomic
def pass_on(*, by: Any, key: str, to: list[str], name: str, message: str = "") -> Receipt:
    """Mail the web version to colleagues, and note that it was passed on: how many, never to whom. Raises Refused."""
    delivery = links.delivery_by_key(key)
    addresses = list(dict.fromkeys(address.strip().lower() for address in to if address.strip()))
    if not addresses or len(addresses) > MOST_COLLEAGUES:
        raise Refused(_("Skriv mellan en och tio adresser, en på varje rad."), field="to")
    allow(f"pass_on:{delivery.public_id}", most=5, within=timedelta(days=1))
    mail = IssuePassedOn(
        passed_by=name.strip()[:120], organisation=str(delivery.organisation or ""), sender=str(delivery.issue.sender),
        called=delivery.issue.title, message=message.strip()[:1000], link=links.web_url(delivery.issue),
    )  # fmt: skip
    for address in addresses:
        outbox.send(mail, to=address, language=delivery.language, reply_to=delivery.address)
    row = Receipt.objects.create(
        delivery=delivery, choice=ReceiptChoice.PASSED_ON, passed_to=_("kollegor"), sent_to=len(addresses)
    )
    _note(delivery, row, by)
    return row


def _note(delivery: Delivery, row: Receipt, by: Any) -> None:
    audit.record(
        "issue.receipt", by=by, kind="delivery", object_id=delivery.public_id, label=row.get_choice_display(),
        organisation=delivery.organisation.public_id if delivery.organisation else "",
    )  # fmt: skip
