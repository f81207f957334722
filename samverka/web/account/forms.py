"""Forms of one's own account. allauth's keep their checks and get our words."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.accounts import roles
from samverka.accounts.models import User

CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "class": "is-code"}
PASSWORD_HELP = _("Minst tolv tecken. En mening du minns är bättre än ett krångligt ord.")


class AddressForm(forms.Form):
    """One address, to sign in with or to add."""

    email = forms.EmailField(
        label=_("E-postadress"), max_length=254, error_messages={"required": _("Skriv din e-postadress.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(label=_("Kod"), max_length=20, widget=forms.TextInput(attrs=CODE_ATTRS))


class SignInCodeForm(CodeForm):
    """The code, and whether this telephone is to be remembered."""

    remember = forms.BooleanField(
        label=_("Kom ihåg mig på den här telefonen eller datorn i 90 dagar"), required=False,
        help_text=_("Välj det bara på en enhet som är din. Den som har en roll hos värden loggar in varje dag."),
    )  # fmt: skip


class PasswordForm(AddressForm):
    """Address and password."""

    password = forms.CharField(
        label=_("Lösenord"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    remember = forms.BooleanField(label=_("Kom ihåg mig på den här telefonen eller datorn i 90 dagar"), required=False)


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a new person is asked for."""

    class Meta:
        model = User
        fields = ["name"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        labels = {"name": _("Ditt namn")}


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's own details."""

    class Meta:
        model = User
        fields = ["name", "phone", "language"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }
        labels = {"language": _("Språk i mejl till dig")}


class HostRoleForm(AddressForm):
    """Give a person one of the host's roles."""

    role = forms.ChoiceField(label=_("Roll"), choices=roles.choices(roles.HOST), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["required"] = _("Skriv personens e-postadress.")


class _OurWords:
    """Labels and help of ours on a form of allauth's; no placeholders (they vanish when one types)."""

    words: dict[str, tuple[Any, Any]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, text) in self.words.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, text
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update(CODE_ATTRS)


class SetPasswordForm(_OurWords, account_forms.SetPasswordForm):
    """A first password."""

    words = {"password1": (_("Lösenord"), PASSWORD_HELP), "password2": (_("Lösenordet en gång till"), "")}


class ChangePasswordForm(_OurWords, account_forms.ChangePasswordForm):
    """Another password."""

    words = {
        "oldpassword": (_("Nuvarande lösenord"), ""),
        "password1": (_("Nytt lösenord"), PASSWORD_HELP),
        "password2": (_("Det nya lösenordet en gång till"), ""),
    }


class ReauthenticateForm(_OurWords, account_forms.ReauthenticateForm):
    """The password, once more."""

    words = {"password": (_("Lösenord"), "")}


class AuthenticateForm(_OurWords, mfa_forms.AuthenticateForm):
    """The second step when one signs in."""

    words = {"code": (_("Kod ur appen, eller en reservkod"), "")}


class SecondFactorForm(_OurWords, mfa_forms.ReauthenticateForm):
    """The second step, once more."""

    words = {"code": (_("Kod ur appen, eller en reservkod"), "")}


class ActivateTOTPForm(_OurWords, totp_forms.ActivateTOTPForm):
    """The first code, to see that the app has understood."""

    words = {"code": (_("Koden som appen visar"), _("Sex siffror. De byts var trettionde sekund."))}

    @property
    def readable_secret(self) -> str:
        """The secret in groups of four, as apps take it and eyes can follow it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class GenerateRecoveryCodesForm(_OurWords, recovery_forms.GenerateRecoveryCodesForm):
    """A button; the old codes stop working."""


class AddPasskeyForm(_OurWords, webauthn_forms.AddWebAuthnForm):
    """A passkey's name, and whether it signs in by itself."""

    words = {
        "name": (_("Namn på nyckeln"), _("Så att du känner igen den: min telefon, jobbdatorn.")),
        "passwordless": (
            _("Logga in med bara den här nyckeln"),
            _("Telefonen eller datorn frågar efter fingeravtryck, ansikte eller pinkod."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class EditPasskeyForm(_OurWords, webauthn_forms.EditWebAuthnForm):
    """Another name on a passkey."""

    words = {"name": (_("Namn på nyckeln"), "")}
