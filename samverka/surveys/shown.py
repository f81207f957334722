"""What the desk may show of where one is asked (users.md R10). The mail goes to the address all the same."""

from samverka.organisations.addresses import looks_private, masked

from .models import Asked


def shown_email(asked: Asked) -> str:
    """Return the address as it may be shown: none of a protected organisation; a private one of an association only
    when the association has said so, else so that who knows it recognises it.
    """
    one = asked.organisation
    if one.protected:
        return ""
    if one.is_public_body or one.email_public or asked.email != one.email or not looks_private(asked.email):
        return asked.email
    return masked(asked.email)


def shown_phone(asked: Asked) -> str:
    """Return the telephone number as it may be shown: none of a protected organisation."""
    return "" if asked.organisation.protected else asked.phone
