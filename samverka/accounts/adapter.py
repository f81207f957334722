"""allauth's mails go through the outbox like all others; its texts are ours."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """What differs from allauth's own ways."""
