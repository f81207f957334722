"""What comes in by an open link: who sent it is in no row, and neither is the order or the time of day it came."""

import secrets

from django.db import models

from .rounds import Round


def random_key() -> int:
    """Return a key that says nothing: no sequence has counted it."""
    return secrets.randbits(62) + 1


class HeldResponse(models.Model):
    """An answer that came today by an open link. Every new one has all of them written anew in the order of their
    random keys, so that neither the rows nor where they lie tell which came first (`actions.anonymous`). Past midnight
    they become responses, all at once, and are counted: a figure that changes by one answer would tell its time.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="held")
    answers = models.JSONField(default=dict)
    received_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.round_id}"


class SentForm(models.Model):
    """That a form has been sent, so that it is not counted twice: the digest of a key that only the browser holds, and
    nothing else. Tied to no round and no answer.
    """

    digest = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.digest
