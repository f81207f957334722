"""Where the data lies, who runs the server, and what is left alone."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from samverka.kernel.postgres import binaries, server, sockets
from samverka.kernel.postgres.config import Cluster, database_settings
from samverka.kernel.postgres.errors import EmbeddedDatabaseError
from tests.kernel.postgres.conftest import postmaster

NUMBER = "query SELECT 42"


def as_user(number: int) -> tuple[str, ...]:
    """Return the command that makes a process see itself as that user, whoever runs the tests."""
    return (shutil.which("unshare") or "unshare", "--user", f"--map-user={number}", f"--map-group={number}", "--")


@pytest.mark.parametrize("number", [0, 1000])
def test_root_and_ordinary_user_alike_get_a_server(start_user, number):
    assert start_user(wrapper=as_user(number)).ask(NUMBER) == 42


def test_root_without_user_namespaces_is_told_what_to_do(start_user, tmp_path):
    refusing = tmp_path / "bin" / "unshare"
    refusing.parent.mkdir()
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)

    answer = start_user(wrapper=as_user(0), environment={"PATH": f"{refusing.parent}:{os.environ['PATH']}"}).ask(NUMBER)

    assert answer["error"] == "OperationalError"
    assert "vanlig användare" in answer["message"]
    assert "DATABASE_URL" in answer["message"]


def test_private_home_and_the_programs_keep_their_modes(start_user, tmp_path):
    home = tmp_path / "home"
    data_dir = home / "kod" / "var"
    data_dir.mkdir(parents=True)
    home.chmod(0o700)
    folders = [*data_dir.parents, *binaries.wheel_folder().parents, binaries.wheel_folder()]
    before = {folder: folder.stat().st_mode for folder in folders}

    user = start_user(data_dir)
    assert user.ask(NUMBER) == 42

    assert {folder: folder.stat().st_mode for folder in folders} == before
    assert stat.S_IMODE((data_dir / "postgres-test").stat().st_mode) == 0o700
    user.leave()
    assert server.stop_if_unused(Cluster(data_dir / "postgres-test"))


def test_long_path_works(start_user, tmp_path):
    data_dir = tmp_path / ("lång mapp " * 15).strip()

    user = start_user(data_dir)

    assert user.ask(NUMBER) == 42
    user.leave()
    assert server.stop_if_unused(Cluster(data_dir / "postgres-test"))


def test_server_opens_no_network_port_and_its_socket_is_private(start_user, cluster):
    user = start_user()

    assert user.ask("query SHOW listen_addresses") == ""
    folder = Path(user.ask("query SHOW unix_socket_directories"))
    assert sockets.is_private(folder)
    user.leave()
    assert server.stop_if_unused(cluster)
    assert not folder.exists()


def test_folder_of_another_name_in_place_of_the_socket_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = sockets.make_private_folder(tmp_path)
    try:
        folder.chmod(0o755)
        with pytest.raises(EmbeddedDatabaseError, match="egen mapp"):
            sockets.make_private_folder(tmp_path)
    finally:
        folder.rmdir()


def test_job_engine_gets_the_same_server(start_user):
    user = start_user()

    started = user.ask("query SELECT pg_postmaster_start_time()::text")

    assert user.ask("connector SELECT pg_postmaster_start_time()::text") == started


def test_only_the_product_s_own_database_is_made(start_user):
    user = start_user()

    assert user.ask("query SELECT current_database()") == "samverka"
    assert user.ask("query SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'samverka'") == "UTF8"
    assert user.ask("query SELECT lower('ÅÄÖ')") == "åäö"


def test_data_of_another_version_is_refused_and_kept(start_user, cluster):
    other = cluster.folder / "9" / "PG_VERSION"
    other.parent.mkdir(parents=True)
    other.write_text("9\n")

    answer = start_user().ask(NUMBER)

    assert answer["error"] == "OperationalError"
    assert "PostgreSQL 9" in answer["message"]
    assert other.exists()


def test_settings_start_nothing(tmp_path):
    settings = database_settings(tmp_path, "samverka")

    assert settings["ENGINE"] == "samverka.kernel.postgres"
    assert list(tmp_path.iterdir()) == []


def test_keeper_s_and_supervisor_s_side_needs_no_installed_package():
    subprocess.run([sys.executable, "-S", "-c", "import samverka.kernel.postgres.server"], check=True)


def test_crash_during_the_making_of_the_data_is_made_good(start_user, cluster):
    unfinished = cluster.folder / "18.new" / "base"
    unfinished.mkdir(parents=True)

    assert start_user().ask(NUMBER) == 42
    assert postmaster(cluster)
    assert not unfinished.exists()
