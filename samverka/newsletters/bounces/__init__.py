"""Reading what comes back: bounces, complaints, automatic answers, and answers that ask for no more."""

from .reading import Finding, read_mail

__all__ = ["Finding", "read_mail"]
