"""Signing by the product itself (RFC 6376): relaxed headers, simple body, RSA with SHA-256.

Every mail has a body of its own, so that no hash can be kept from one to the next; the arithmetic is that of OpenSSL,
which lets other threads work meanwhile. dkimpy reckons in Python and manages some tens of mails a second; the tests
read our signatures with it.
"""

import base64
import hashlib
import re
import time
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings

#: What is signed, in this order, when it is there. Reply-To and the unsubscribe headers too (RFC 8058 section 4).
SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type",
    b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted",
)  # fmt: skip
_FOLDS = re.compile(rb"\r\n[ \t]+")
_SPACES = re.compile(rb"[ \t]+")


class Signer:
    """Signs for one domain with one key."""

    def __init__(self, *, domain: str, selector: str, key: bytes) -> None:
        loaded = serialization.load_pem_private_key(key, password=None)
        if not isinstance(loaded, rsa.RSAPrivateKey):
            raise ValueError("DKIM_KEY_FILE holds no RSA key")
        self._key = loaded
        self._start = f"v=1; a=rsa-sha256; c=relaxed/simple; d={domain}; s={selector}; t=".encode()

    def sign(self, message: bytes) -> bytes:
        """Return `message` (lines end with CRLF) with a signature in front."""
        head, _, body = message.partition(b"\r\n\r\n")
        body_hash = base64.b64encode(hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").digest())
        headers = dict(_relaxed(line) for line in _FOLDS.sub(b" ", head).split(b"\r\n"))
        names = [name for name in SIGNED if name in headers]
        value = b"%s%d; h=%s; bh=%s; b=" % (self._start, int(time.time()), b":".join(names), body_hash)
        signed = b"".join(b"%s:%s\r\n" % (name, headers[name]) for name in names) + b"dkim-signature:" + value
        signature = base64.b64encode(self._key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))
        folded = b"\r\n ".join(signature[at : at + 70] for at in range(0, len(signature), 70))
        return b"DKIM-Signature: " + _fold(value) + folded + b"\r\n" + message


def _relaxed(line: bytes) -> tuple[bytes, bytes]:
    name, _, value = line.partition(b":")
    return name.strip().lower(), _SPACES.sub(b" ", value).strip()


def _fold(value: bytes) -> bytes:
    """Return the tags on lines of their own: relaxed reading takes a fold for the space that stood there."""
    return value.replace(b"; h=", b";\r\n h=").replace(b"; bh=", b";\r\n bh=").replace(b"; b=", b";\r\n b=")


@lru_cache(maxsize=4)
def _made(domain: str, selector: str, key_file: str) -> Signer:
    return Signer(domain=domain, selector=selector, key=Path(key_file).read_bytes())


def signer() -> Signer | None:
    """Return what signs for this installation; None when the mail server does."""
    if not (settings.DKIM_DOMAIN and settings.DKIM_KEY_FILE):
        return None
    return _made(settings.DKIM_DOMAIN, settings.DKIM_SELECTOR, settings.DKIM_KEY_FILE)
