"""A second factor set up without a browser: for the demo and for tests."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from .models import User


def enrol_totp(*, user: User, secret: str = "") -> str:
    """Give `user` an authenticator app's secret (base32, made if none is given) and recovery codes; return it."""
    secret = secret or generate_totp_secret()
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def totp_code(secret: str, at: float) -> str:
    """Return the six digits that an app shows for `secret` at the time `at` (seconds since 1970; RFC 6238)."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(at) // 30))
