"""What lets a chief sign an answer, where the body wants it: by name, and by a code sent to the body's own address.

The code stands in no table. It is made of the form, the moment of handing over and the day with the installation's
secret, and holds that day and the next.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow

from ..emails_answering import SignatureAsked, SigningCode
from ..enums import AskedState
from ..holders import Holder
from ..links import asked_key
from ..models import Asked
from .trail import record

_DIGITS = 6
MOST_MAILS_A_DAY, MOST_TRIES_AN_HOUR = 10, 10


@transaction.atomic
def ask_for_signature(*, by: Holder, email: str) -> None:
    """Mail somebody at the body a link to read the answer and sign it. Raises NotVisible, Refused."""
    asked = _handed_over(by)
    allow(f"sign-ask:{asked.public_id}", most=MOST_MAILS_A_DAY, within=timedelta(days=1))
    with translation.override(asked.language):
        link = site_address("survey_sign", asked_key(asked))
    mail = SignatureAsked(
        organisation=str(asked.organisation),
        matter=str(asked.round),
        asked_by=by.name or asked.handed_over_by,
        link=link,
    )
    outbox.send(mail, to=email, language=asked.language, organisation=asked.organisation.public_id,
                reply_to=asked.email)  # fmt: skip
    record("asked.signature_asked", asked, by=by)


@transaction.atomic
def send_code(*, by: Holder) -> str:
    """Mail the code to the body's own address; return that address. Raises NotVisible, Refused."""
    asked = _handed_over(by)
    if not asked.email:
        raise Refused(_("Vi har ingen adress till er att skicka koden till. Ring den som frågar."))
    allow(f"sign-code:{asked.public_id}", most=MOST_MAILS_A_DAY, within=timedelta(days=1))
    mail = SigningCode(
        organisation=str(asked.organisation), matter=str(asked.round), signer=by.name,
        digits=code_of(asked, timezone.localdate()),
    )  # fmt: skip
    outbox.send(mail, to=asked.email, language=asked.language, organisation=asked.organisation.public_id)
    record("asked.signing_code_sent", asked, by=by)
    return asked.email


def sign(*, by: Holder, role: str, code: str) -> None:
    """Sign the answer with the code. Raises NotVisible, Refused, TooMany."""
    allow(f"sign:{by.asked.public_id}", most=MOST_TRIES_AN_HOUR, within=timedelta(hours=1), lasting=True)
    with transaction.atomic():
        asked = _handed_over(by)
        today = timezone.localdate()
        given = "".join(character for character in code if character.isdigit())
        if not any(constant_time_compare(given, code_of(asked, day)) for day in (today, today - timedelta(days=1))):
            raise Refused(
                _("Koden stämmer inte eller är för gammal. Jämför med mejlet, eller be om en ny."), field="code"
            )
        asked.state, asked.signed_at = AskedState.SIGNED, timezone.now()
        asked.signed_by, asked.signed_role = by.name[:150], role[:120]
        asked.row_version += 1
        asked.save(update_fields=["state", "signed_at", "signed_by", "signed_role", "row_version"])
        record("asked.signed", asked, by=by)


def code_of(asked: Asked, day: date) -> str:
    """Return the code that signs the answer as it was handed over, on that day and the next."""
    handed = asked.handed_over_at.isoformat() if asked.handed_over_at else ""
    said = f"{asked.public_id}:{asked.link_number}:{handed}:{day.isoformat()}"
    digest = salted_hmac("surveys.signing", said, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**_DIGITS:0{_DIGITS}}"


def _handed_over(by: Holder) -> Asked:
    if by.passed is not None:
        raise NotVisible
    around = Asked.objects.select_for_update(of=("self",)).select_related("round", "organisation")
    found: Asked = around.get(pk=by.asked.pk)
    if found.state != AskedState.HANDED_OVER:
        signed = found.state == AskedState.SIGNED
        raise Refused(_("Svaret är redan undertecknat.") if signed else _("Svaret är inte inlämnat än."))
    return found
