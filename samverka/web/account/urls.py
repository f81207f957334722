"""One's own account, under /konto/. Names are allauth's where allauth looks them up; its other routes do not exist."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import include, path

from samverka.kernel.access import View, public, signed_in
from samverka.web.public.search_saving import saved_searches

from . import addresses, confirming, methods, my_data, notices, overview, recovery_codes, sessions, sign_in
from .fresh import recently_confirmed


def confirmed(view: View) -> View:
    """A view of allauth's for the signed-in who has just proven who they are."""
    return signed_in(recently_confirmed(view))


urlpatterns = [
    path("logga-in/", sign_in.sign_in, name="account_login"),
    path("logga-in/kod/", sign_in.enter_code, name="account_confirm_login_code"),
    path("logga-in/losenord/", sign_in.password, name="account_login_password"),
    path("logga-in/passnyckel/", public(passkey_views.login_webauthn), name="mfa_login_webauthn"),
    path("logga-in/tva-steg/", methods.second_step, name="mfa_authenticate"),
    path("logga-ut/", public(account_views.logout), name="account_logout"),
    path("avstangt/", methods.inactive, name="account_inactive"),
    path("valkommen/", overview.welcome, name="account_welcome"),
    path("", overview.overview, name="account_overview"),
    path("uppgifter/", overview.details, name="account_details"),
    path("e-post/", addresses.addresses, name="account_addresses"),
    path("e-post/ny/", addresses.add_address, name="account_add_address"),
    path("e-post/kod/", addresses.confirm_address, name="account_confirm_address"),
    path("inloggning/", methods.sign_in_methods, name="account_sign_in_methods"),
    # Where allauth sends a person after a change; the first of these paths answers.
    path("inloggning/", methods.sign_in_methods, name="mfa_index"),
    path("inloggning/", methods.sign_in_methods, name="mfa_list_webauthn"),
    path("losenord/", confirmed(account_views.password_set), name="account_set_password"),
    path("losenord/byt/", confirmed(account_views.password_change), name="account_change_password"),
    path("losenord/ta-bort/", methods.remove_password, name="account_remove_password"),
    path("passnycklar/ny/", methods.add_passkey, name="mfa_add_webauthn"),
    path("passnycklar/<slug:key>/namn/", methods.edit_passkey, name="mfa_edit_webauthn"),
    path("passnycklar/<slug:key>/ta-bort/", methods.remove_passkey, name="mfa_remove_webauthn"),
    path("tva-steg/app/", confirmed(totp_views.activate_totp), name="mfa_activate_totp"),
    path("tva-steg/app/ta-bort/", confirmed(totp_views.deactivate_totp), name="mfa_deactivate_totp"),
    path("tva-steg/reservkoder/", recovery_codes.codes_page, name="mfa_view_recovery_codes"),
    path("tva-steg/reservkoder/nya/", confirmed(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("tva-steg/reservkoder/fil/", recovery_codes.codes_file, name="mfa_download_recovery_codes"),
    path("bekrafta/", signed_in(account_views.reauthenticate), name="account_reauthenticate"),
    path("bekrafta/kod/", confirming.confirm_by_code, name="account_reauthenticate_code"),
    path("bekrafta/tva-steg/", signed_in(mfa_views.reauthenticate), name="mfa_reauthenticate"),
    path("bekrafta/passnyckel/", signed_in(passkey_views.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("inloggad/", sessions.sessions, name="usersessions_list"),
    path("sokningar/", saved_searches, name="saved_searches"),
    path("mejl/", notices.notices, name="account_notices"),
    path("mina-uppgifter/", my_data.my_data, name="account_my_data"),
    path("mina-uppgifter/fil/", my_data.my_data_file, name="account_my_data_file"),
    path("sparat/", include("samverka.web.account.knowledge.urls")),
    path("avsluta/", my_data.end_account, name="account_end"),
]
