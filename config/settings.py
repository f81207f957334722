"""Settings, from the environment only. Every value is checked here or in samverka.kernel.checks.

docs/reference/settings.md is generated from SETTINGS_REFERENCE below.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from samverka.kernel.postgres.config import database_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

#: name -> (default as text, what it means). The one list of what can be set.
SETTINGS_REFERENCE: dict[str, tuple[str, str]] = {
    "SAMVERKA_MODE": ("development", "development, or production; production refuses unsafe values"),
    "SAMVERKA_DATA": ("var", "folder for the embedded database, files and logs"),
    "SECRET_KEY": ("made once and kept in SAMVERKA_DATA", "signs sessions and links; required in production"),
    "DATABASE_URL": ("embedded PostgreSQL", "postgres://… of a server of your own, version 15 or later"),
    "SAMVERKA_BASE_URL": (
        f"http://localhost:{env.str('PORT', default='8000')}",
        "the site's own address, used in mails",
    ),
    "SAMVERKA_NAME": ("Samverka", "name of this installation"),
    "SAMVERKA_HOST_ORGANISATION": ("", "who provides this installation; stands in notices and mails"),
    "SAMVERKA_CONTACT_EMAIL": ("", "where a visitor's question goes"),
    "SAMVERKA_CONTACT_PHONE": ("", "telephone number that stands in mails and on the contact page"),
    "SAMVERKA_INCIDENT_CONTACT": ("", "address or number for a security fault; the contact above unless set"),
    "SAMVERKA_DPO_CONTACT": ("", "how to reach the provider's data protection officer"),
    "SAMVERKA_DATA_LOCATION": (
        "",
        "where data is stored, in words; a page says so when it is not stated",
    ),
    "SAMVERKA_SUBPROCESSORS": ("", "none, or name | what for | where; the next one after a semicolon"),
    "SAMVERKA_COST": ("", "what it costs to take part, in words"),
    "SAMVERKA_SOURCE_URL": ("", "where this installation's source code is found"),
    "ALLOWED_HOSTS": ("localhost,127.0.0.1,[::1]", "host names, comma between"),
    "EMAIL_URL": ("the mail sink", "smtp://user:password@host:port, or smtp+tls://…"),
    "DEFAULT_FROM_EMAIL": ("samverka@localhost", "sender of every mail"),
    "REPLY_ADDRESS": ("", "mailbox for answers to notices, e.g. svar@samverka.example; see docs/howto/operate.md"),
    "SEND_CONNECTIONS": ("20", "connections to the mail server that a worker keeps while it sends a dispatch"),
    "SEND_PER_SECOND": ("0", "most mails of dispatches a second from one worker; 0: as fast as it goes"),
    "SEND_PER_DOMAIN": ("20", "most mails of dispatches a second to one receiving domain; 0: no limit"),
    "BOUNCE_ADDRESS": (
        "",
        "where mails that fail come back, e.g. studs@samverka.example; see docs/howto/dispatches.md",
    ),
    "BOUNCE_MAILBOX": ("", "imaps://user:password@host/INBOX: read for bounces, complaints and unsubscribing answers"),
    "BOUNCE_DIRECTORY": ("", "folder where the mail server puts the same, one mail a file"),
    "DKIM_DOMAIN": ("", "domain that dispatches are signed for; empty: the mail server signs"),
    "DKIM_SELECTOR": ("samverka", "name of the key in DNS: <selector>._domainkey.<domain>"),
    "DKIM_KEY_FILE": ("", "file with the private RSA key in PEM"),
    "MAIL_SPF_INCLUDE": ("", "what a sender's SPF record must include for your mail server, e.g. spf.relay.example"),
    "MAIL_SERVERS": ("", "addresses that mails leave from, space between, where there is nothing to include"),
    "WEB_THREADS": ("4", "threads per web process"),
    "PDF_STANDBY_SECONDS": ("120", "how long a process that draws PDF waits for the next one; 0: it ends at once"),
    "LOG_FORMAT": ("console", "console or json"),
    "LOG_LEVEL": ("INFO", "lowest level that is logged"),
    "PROXY_COUNT": ("0", "trusted proxies in front (X-Forwarded-For, -Proto)"),
}


def setting(name: str) -> str:
    """Return the text of the environment variable `name`, or its documented default."""
    return str(env.str(name, default=SETTINGS_REFERENCE[name][0]))


def whole_number(name: str) -> int:
    """Return a setting that must be a whole number from 0. Raises ImproperlyConfigured, naming it."""
    text = setting(name)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}")
    return int(text)


MODE = setting("SAMVERKA_MODE")
if MODE not in {"development", "production"}:
    raise ImproperlyConfigured(f"SAMVERKA_MODE must be development or production, not {MODE!r}")
PRODUCTION = MODE == "production"
DEBUG = False
TESTING = env.bool("SAMVERKA_TESTING", default=False)

_data = Path(setting("SAMVERKA_DATA"))
DATA_DIR = _data if _data.is_absolute() else BASE_DIR / _data


def _secret_key() -> str:
    """Return SECRET_KEY, or one made once and kept (mode 0600) in the data folder."""
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY must be set in production")
    from samverka.kernel.secrets import kept_secret

    return kept_secret(DATA_DIR / "secret_key")


SECRET_KEY = _secret_key()
BASE_URL = setting("SAMVERKA_BASE_URL").rstrip("/")
SITE_NAME = setting("SAMVERKA_NAME")
PDF_STANDBY_SECONDS = whole_number("PDF_STANDBY_SECONDS")
HOST_ORGANISATION = setting("SAMVERKA_HOST_ORGANISATION")
CONTACT_EMAIL = setting("SAMVERKA_CONTACT_EMAIL")
CONTACT_PHONE = setting("SAMVERKA_CONTACT_PHONE")
INCIDENT_CONTACT, DPO_CONTACT = setting("SAMVERKA_INCIDENT_CONTACT"), setting("SAMVERKA_DPO_CONTACT")
DATA_LOCATION, SUBPROCESSORS = setting("SAMVERKA_DATA_LOCATION"), setting("SAMVERKA_SUBPROCESSORS")
COST, SOURCE_URL = setting("SAMVERKA_COST"), setting("SAMVERKA_SOURCE_URL")
ALLOWED_HOSTS = [h.strip() for h in setting("ALLOWED_HOSTS").split(",") if h.strip()]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "samverka.kernel",
    "samverka.accounts",
    "samverka.places",
    "samverka.processes",
    "samverka.questionnaires",
    "samverka.organisations",
    "samverka.collaborations",
    "samverka.surveys",
    "samverka.knowledge",
    "samverka.newsletters",
    "samverka.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "samverka.kernel.middleware.request_id",
    "samverka.kernel.middleware.health",
    "samverka.kernel.middleware.UnloggedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samverka.kernel.middleware.permissions_policy",
    "samverka.kernel.middleware.NoNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "samverka.web.middleware.body_size",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samverka.web.middleware.DomainErrorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samverka.web.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "samverka.web.components.forms.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samverka.web.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "samverka.web.templatetags.samverka_ui",
            ],
        },
    }
]

if DATABASE_URL := env.str("DATABASE_URL", default=""):
    DATABASES = {"default": {**env.db_url_config(DATABASE_URL), "ENGINE": "django.db.backends.postgresql"}}
else:
    DATABASES = {"default": database_settings(DATA_DIR, "samverka", durable=not TESTING)}
DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# The web process asks the same questions again and again: the database plans each once for a connection. Jobs and
# commands, which may send more values at once than a prepared statement takes, ask as usual.
if env.bool("DATABASE_PREPARED", default=False):
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared over processes, so that rate limits hold for all of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/arbete/"
LOGOUT_REDIRECT_URL = "/"

# Sign-in: a typed code by mail; the account comes into being by answering (users.md R3). The code is our own
# (samverka.accounts.codes), since allauth makes an account first; password, passkey and second factor are allauth's.
ACCOUNT_ADAPTER = "samverka.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# An address is confirmed by the code that signs in, before allauth hears of it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "50/15m/ip,10/15m/key"}
ACCOUNT_FORMS = {
    "set_password": "samverka.web.account.forms.SetPasswordForm",
    "change_password": "samverka.web.account.forms.ChangePasswordForm",
    "reauthenticate": "samverka.web.account.forms.ReauthenticateForm",
}
MFA_ADAPTER = "samverka.web.account.mfa_adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "samverka.web.account.forms.AuthenticateForm",
    "reauthenticate": "samverka.web.account.forms.SecondFactorForm",
    "activate_totp": "samverka.web.account.forms.ActivateTOTPForm",
    "generate_recovery_codes": "samverka.web.account.forms.GenerateRecoveryCodesForm",
    "add_webauthn": "samverka.web.account.forms.AddPasskeyForm",
    "edit_webauthn": "samverka.web.account.forms.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SESSION_REMEMBER_DAYS = 90
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
CONTENT_DIR = BASE_DIR / "content"

# Mail is a row first (kernel outbox) and is sent by a worker. Without EMAIL_URL it goes to the sink.
if EMAIL_URL := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(EMAIL_URL))
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
else:
    EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = setting("DEFAULT_FROM_EMAIL")
REPLY_ADDRESS = setting("REPLY_ADDRESS")
MAIL_SPF_INCLUDE, MAIL_SERVERS = setting("MAIL_SPF_INCLUDE"), setting("MAIL_SERVERS")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SEND_CONNECTIONS, SEND_PER_SECOND = whole_number("SEND_CONNECTIONS"), whole_number("SEND_PER_SECOND")
SEND_PER_DOMAIN = whole_number("SEND_PER_DOMAIN")
BOUNCE_ADDRESS, BOUNCE_MAILBOX = setting("BOUNCE_ADDRESS"), setting("BOUNCE_MAILBOX")
BOUNCE_DIRECTORY = setting("BOUNCE_DIRECTORY")
DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE = setting("DKIM_DOMAIN"), setting("DKIM_SELECTOR"), setting("DKIM_KEY_FILE")
MAIL_SINK = EMAIL_BACKEND.endswith("SinkBackend")

PROXY_COUNT = whole_number("PROXY_COUNT")
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samverka.web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

PROCRASTINATE_ON_APP_READY = "config.schedule.on_app_ready"
LOGGING_CONFIG = "samverka.kernel.logs.configure"
LOGGING = {"format": setting("LOG_FORMAT"), "level": setting("LOG_LEVEL")}
