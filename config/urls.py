"""Addresses: Swedish at the root, English under /en/ with the same path."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("samverka.web.public.urls")),
    path("arbete/", include("samverka.web.workspace.urls")),
    path("redaktion/", include("samverka.web.editorial.urls")),
    path("konto/", include("samverka.web.account.urls")),
    prefix_default_language=False,
)

handler400 = "samverka.web.errors.bad_request"
handler403 = "samverka.web.errors.forbidden"
handler404 = "samverka.web.errors.not_found"
handler500 = "samverka.web.errors.server_error"
