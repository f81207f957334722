"""Our signatures, read by dkimpy."""

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from samverka.newsletters.sending.dkim import Signer
from samverka.newsletters.sending.letters import ReadyLetter, Recipient, SenderFacts


def pair() -> tuple[bytes, bytes]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    import base64

    return private, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def mail(body: str = "Hej på er") -> bytes:
    facts = SenderFacts("Åsa Öberg, kommunen", "a@exempel.example", "svar@exempel.example", "<x.exempel.example>")
    letter = {
        "subject": "Två rapporter och en modell om samverkan med föreningar, dnr 0531/20",
        "text": body,
        "html": f"<p>{body}</p>",
    }
    ready = ReadyLetter(letter=letter, sender=facts, language="sv")
    return ready.envelope(Recipient(1, "b4c5d6f7gh", "b@annan.example", {}, "https://exempel.example/u/")).content


@pytest.mark.parametrize("body", ["Hej på er", "Slut\n\n\n", "rad  med   blanksteg \nsista", ".punkt"])
def test_a_signed_mail_can_be_verified(body: str) -> None:
    private, public = pair()
    signed = Signer(domain="exempel.example", selector="s1", key=private).sign(mail(body))
    assert dkim.verify(signed, dnsfunc=lambda name, timeout=5: public)


def test_a_changed_mail_cannot() -> None:
    private, public = pair()
    signed = Signer(domain="exempel.example", selector="s1", key=private).sign(mail())
    assert not dkim.verify(signed.replace(b"Hej", b"Nej"), dnsfunc=lambda name, timeout=5: public)
    moved = signed.replace(b"/u/>", b"/v/>")
    assert not dkim.verify(moved, dnsfunc=lambda name, timeout=5: public)
