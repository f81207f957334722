"""Steps of a person at the account pages, as the address bar and the form buttons see them."""

import re
import time
from typing import Any

from django.test import Client

from samverka.accounts.models import User
from samverka.accounts.second_factor import enrol_totp, totp_code
from samverka.kernel.models import OutboxMessage

SIGN_IN, CODE = "/konto/logga-in/", "/konto/logga-in/kod/"


def mailed_code(address: str) -> str:
    """Return the code in the latest mail to `address`."""
    message = OutboxMessage.objects.filter(to_address=address).latest("id")
    found = re.search(r"\b\d{4} \d{4}\b", message.text)
    assert found, message.text
    return found.group()


def ask_for_code(client: Client, address: str, **data: Any) -> Any:
    """Write the address on the sign-in page."""
    return client.post(SIGN_IN, {"email": address, **data})


def sign_in(client: Client, address: str, **data: Any) -> Any:
    """Ask for a code and answer it; return the answer to the code."""
    assert ask_for_code(client, address).status_code == 302
    return client.post(CODE, {"code": mailed_code(address), **data})


def signed_in(address: str = "alva@exempelby.example", **fields: Any) -> tuple[Client, User]:
    """Return a browser in which a person has just signed in by code, and the person."""
    client = Client()
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, **fields)
    assert sign_in(client, address).status_code == 302
    return client, user


def host_person(role: str = "host_administrator", address: str = "hedda@vard.example") -> tuple[Client, User, str]:
    """Return a host person's browser after both steps, the person and the app's secret."""
    user = User.objects.create_user(address, name="Hedda", host_roles=[role])
    secret = enrol_totp(user=user)
    client = Client()
    assert sign_in(client, address)["Location"].endswith("/konto/logga-in/tva-steg/")
    answer = client.post("/konto/logga-in/tva-steg/", {"code": totp_code(secret, time.time())})
    assert answer.status_code == 302
    return client, user, secret
