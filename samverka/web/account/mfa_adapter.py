"""How allauth's second factor behaves here: QR by segno, our names and words, never less than a role requires."""

import io
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class MFAAdapter(DefaultMFAAdapter):
    """What differs from allauth's own ways."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Din roll hos värden kräver två steg. Lägg till en passnyckel innan du stänger av appen."
        ),
        "cannot_generate_recovery_codes": _("Slå på tvåstegsinloggning först. Sedan får du reservkoder."),
        "incorrect_code": _("Koden stämmer inte. Kontrollera siffrorna och försök igen."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as SVG, dark on white whatever the page's colours are."""
        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=4, border=3, dark="#000", light="#fff", xmldecl=False)
        return out.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether what is left is enough for the person's roles."""
        return can_remove(authenticator)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Return a name for a new passkey: "Passnyckel", then with a number."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passnyckel") if number == 1 else gettext("Passnyckel {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site in the browser's own dialogue."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}


def can_remove(authenticator: Authenticator) -> bool:
    """Whether a person may remove this way: a host role keeps at least one."""
    if not authenticator.user.needs_second_factor:
        return True
    others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
    return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
