"""The step between code or password and being signed in: the second factor."""

from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.http import HttpRequest

from .fresh import has_second_factor


class SecondFactorStage(AuthenticateStage):
    """allauth's step, but a passkey that a volunteer has on one telephone is not demanded on the next."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return user is not None and has_second_factor(user) and not did_use_passwordless_login(request, user)
