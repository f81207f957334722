"""Commands that read only the code start no server."""

import os
import subprocess
import sys

import pytest

from tests.kernel.postgres.conftest import ROOT


@pytest.mark.parametrize(
    "command", [["check"], ["makemigrations", "--check", "--dry-run"], ["collectstatic", "--noinput"]]
)
def test_command_starts_no_server(tmp_path, command):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment
        | {"SAMVERKA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR"},
        check=True,
        stdout=subprocess.DEVNULL,
    )

    assert not list(tmp_path.glob("postgres*"))
