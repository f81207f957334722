"""Settings are refused at start, by name, when they cannot work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOUND = {
    "SAMVERKA_MODE": "production",
    "SECRET_KEY": "sadf8923hfkjsdnfv83whfnskdjfhw8eufhskdjfnwe8fhsdkjfn23rfsdf",
    "SAMVERKA_BASE_URL": "https://samverka.example",
    "ALLOWED_HOSTS": "samverka.example",
    "EMAIL_URL": "smtp://localhost:25",
    "SAMVERKA_HOST_ORGANISATION": "Exempelby kommun",
    "SAMVERKA_CONTACT_EMAIL": "samverka@exempelby.example",
    "SAMVERKA_DATA_LOCATION": "Servrar i Exempelby",
    "SAMVERKA_SUBPROCESSORS": "Exempel Mejl AB | skickar mejl | Sverige",
}


def check(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "SAMVERKA_DATA": str(tmp_path)}
    for name in (*SOUND, "SAMVERKA_TESTING"):
        environment.pop(name, None)
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environment | settings, capture_output=True, text=True, check=False)


def test_sound_production_settings_pass(tmp_path: Path) -> None:
    done = check(tmp_path, **SOUND)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SAMVERKA_MODE", "prod", "SAMVERKA_MODE"),
        ("SAMVERKA_BASE_URL", "http://samverka.example", "SAMVERKA_BASE_URL"),
        ("SAMVERKA_BASE_URL", "samverka.example", "SAMVERKA_BASE_URL"),
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("EMAIL_URL", "", "EMAIL_URL"),
        ("PROXY_COUNT", "two", "PROXY_COUNT"),
        ("SAMVERKA_CONTACT_EMAIL", "", "SAMVERKA_CONTACT_EMAIL"),
        ("REPLY_ADDRESS", "svar", "REPLY_ADDRESS"),
        ("SAMVERKA_DATA_LOCATION", "", "SAMVERKA_DATA_LOCATION"),
        ("SAMVERKA_SUBPROCESSORS", "", "SAMVERKA_SUBPROCESSORS"),
        ("SAMVERKA_SUBPROCESSORS", "Exempel Mejl AB, skickar mejl", "SAMVERKA_SUBPROCESSORS"),
    ],
)
def test_unsound_setting_is_refused_by_name(tmp_path: Path, name: str, value: str, said: str) -> None:
    done = check(tmp_path, **{**SOUND, name: value})
    assert done.returncode != 0
    assert said in done.stderr
