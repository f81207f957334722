"""Typed codes by mail: to sign in, to confirm that it is you, to add an address (users.md R3).

Nothing is stored about an address before the code is answered: the asking browser keeps a `PendingCode` in its
session, with the code's keyed hash only. How often one may ask and answer is counted by the database, for all
processes.
"""

import hashlib
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Self

from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from samverka.kernel import ratelimit
from samverka.kernel.errors import Refused
from samverka.kernel.ids import secret_token
from samverka.kernel.mail import outbox

from .emails import AddressCode, AddressInUse, CodeEmail, ConfirmationCode, SignInCode

SIGN_IN, CONFIRM, ADD_ADDRESS = "sign_in", "confirm", "add_address"
EMAILS: dict[str, type[CodeEmail]] = {SIGN_IN: SignInCode, CONFIRM: ConfirmationCode, ADD_ADDRESS: AddressCode}

VALID = timedelta(minutes=15)
WAIT_BEFORE_RESEND = timedelta(seconds=60)
MOST_TRIES_A_CODE = 5
#: To one address from one place on the net, over all codes and browsers.
MOST_TRIES = 20
MOST_CODES = 5
#: To one address from everywhere: so many that a stranger does not easily keep its owner out. With eight digits, 200
#: guesses an hour find a code once in 57 years.
MOST_TRIES_AN_ADDRESS = 200
MOST_CODES_AN_ADDRESS = 30
#: A whole municipality often comes from one address on the net; a workshop must be able to sign in at once.
MOST_CODES_A_CLIENT = 100


class WrongCode(Refused):
    """The typed code is not the one that was sent; there are tries left."""


class SpentCode(Refused):
    """The code is too old, or was guessed at too often: a new one must be asked for."""


@dataclass(frozen=True)
class PendingCode:
    """A code that was sent and waits for its answer. `sent_at`: seconds since 1970; `digest`: the code's keyed hash."""

    purpose: str
    address: str
    nonce: str
    digest: str
    sent_at: float

    @classmethod
    def from_session(cls, stored: Any) -> Self | None:
        """Return what `as_session` made, or None if there is nothing usable."""
        return cls(**stored) if isinstance(stored, dict) and stored.keys() == cls.__annotations__.keys() else None

    def as_session(self) -> dict[str, Any]:
        """Return it as JSON-safe values."""
        return asdict(self)

    @property
    def seconds_to_resend(self) -> int:
        """How long to wait before another code may be asked for, in seconds; 0 when it may."""
        return max(0, round(self.sent_at + WAIT_BEFORE_RESEND.total_seconds() - time.time()))


def clean_address(address: str) -> str:
    """Return the address as it is kept: without spaces around, in lower case."""
    return address.strip().lower()


def send_code(*, address: str, purpose: str, language: str, client: str, in_use: bool = False) -> PendingCode:
    """Mail a new code to `address` and return what the browser keeps. `client` is the asker's address on the net.

    `in_use`: the address belongs to another account, so the mail says that instead and no code fits; the page looks
    the same. Raises ratelimit.TooMany.
    """
    address = clean_address(address)
    ratelimit.allow(f"code-from:{client}", most=MOST_CODES_A_CLIENT, within=VALID)
    ratelimit.allow(f"code-to-from:{_hidden(f'{address} {client}')}", most=MOST_CODES, within=VALID)
    ratelimit.allow(f"code-to:{_hidden(address)}", most=MOST_CODES_AN_ADDRESS, within=VALID)
    number = generate_user_code(length=8, numeric=True, dashed=False)
    shown = f"{number[:4]} {number[4:]}"
    email = AddressInUse() if in_use else EMAILS[purpose](number=shown, minutes=int(VALID.total_seconds() // 60))
    outbox.send(email, to=address, language=language)
    nonce = secret_token()
    # What was never mailed fits no answer.
    digest = "" if in_use else _digest(nonce, number)
    return PendingCode(purpose, address, nonce, digest, time.time())


def check_code(pending: PendingCode, typed: str, *, client: str) -> None:
    """Return if `typed` is the code of `pending`; `client` is the answerer's address on the net. Not within a
    transaction: a wrong try stays counted. Raises WrongCode, SpentCode, or ratelimit.TooMany for the address.
    """
    if time.time() - pending.sent_at > VALID.total_seconds():
        raise SpentCode(_("Koden gäller inte längre. Be om en ny."))
    try:
        _count_try(f"code-try:{_hidden(pending.nonce)}", most=MOST_TRIES_A_CODE, within=2 * VALID)
    except ratelimit.TooMany:
        raise SpentCode(_("Koden har skrivits fel för många gånger. Be om en ny.")) from None
    hour = timedelta(hours=1)
    _count_try(f"code-try-to-from:{_hidden(f'{pending.address} {client}')}", most=MOST_TRIES, within=hour)
    _count_try(f"code-try-to:{_hidden(pending.address)}", most=MOST_TRIES_AN_ADDRESS, within=hour)
    if not constant_time_compare(pending.digest, _digest(pending.nonce, normalize_user_code(typed))):
        raise WrongCode(_("Det är inte koden i det senaste mejlet. Kontrollera siffrorna och försök igen."))


def _count_try(key: str, *, most: int, within: timedelta) -> None:
    ratelimit.allow(key, most=most, within=within, lasting=True)


def _digest(nonce: str, code: str) -> str:
    return salted_hmac("samverka.accounts.codes", f"{nonce}:{code}", algorithm="sha256").hexdigest()


def _hidden(text: str) -> str:
    # Addresses do not stand in the table of counts.
    return hashlib.sha256(text.encode()).hexdigest()[:40]
