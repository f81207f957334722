"""Persons of the demo: invented, and only on loopback."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from samverka.kernel.ids import public_id

from .models import User


def demo_person(email: str, name: str, *, phone: str = "", host_roles: tuple[str, ...] = ()) -> User:
    """Return the invented person with that address, made at the first call; they sign in by code."""
    user, _created = User.objects.get_or_create(
        email=email,
        defaults={"name": name, "phone": phone, "host_roles": list(host_roles), "password": f"!{public_id()}"},
    )
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


def demo_second_factor(user: User) -> str:
    """Return the person's TOTP secret (base32), made at the first call."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is None:
        found = TOTP.activate(user, generate_totp_secret()).instance
    return str(found.data["secret"])
