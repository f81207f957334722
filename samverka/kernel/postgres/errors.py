"""What can go wrong with the embedded server, in words for the person at the terminal."""

from __future__ import annotations


class EmbeddedDatabaseError(RuntimeError):
    """The embedded server cannot be started or joined; the message (in Swedish) says what to do."""
