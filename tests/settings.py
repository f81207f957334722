"""Settings for tests: a cluster of their own, mail kept in the sink, an undefined template variable fails."""

import os

os.environ.setdefault("SAMVERKA_TESTING", "1")
os.environ.setdefault("SAMVERKA_DATA", "var/test")
os.environ["SAMVERKA_MODE"] = "development"
#: As the web process asks the database, so that a question it cannot put that way is found here.
os.environ.setdefault("DATABASE_PREPARED", "yes")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, DATABASES, STATIC_ROOT, STORAGES, TEMPLATES
from samverka.kernel.translations import compile_stale
from tests.undefined import UndefinedVariable

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
#: One name per run, so that several runs can share the cluster.
DATABASES["default"]["TEST"] = {"NAME": f"test_samverka_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"[:50]}
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
compile_stale(BASE_DIR / "locale")
