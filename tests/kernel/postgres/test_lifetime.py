"""One server for all its users, from the first to the last, whoever is killed."""

import os
import shutil
import signal
import subprocess
import sys
import time

from samverka.kernel.postgres.keeper import GRACE, LOOK_EVERY
from tests.kernel.postgres.conftest import keeper, postmaster, running, wait_until

NUMBER = "query SELECT 42"


def test_eight_processes_at_once_get_one_server(start_user, cluster):
    users = [start_user() for _ in range(8)]
    for user in users:
        user.send("query SELECT pg_postmaster_start_time()::text")

    assert len({user.receive() for user in users}) == 1
    assert len([number for number in running(cluster) if number == postmaster(cluster)]) == 1


def test_server_stays_for_the_second_user_and_stops_after_the_last(start_user, cluster):
    first, second = start_user(), start_user()
    assert first.ask(NUMBER) == second.ask(NUMBER) == 42
    before = postmaster(cluster)

    first.leave()
    assert second.ask(NUMBER) == 42
    assert postmaster(cluster) == before

    second.leave()
    wait_until(lambda: not running(cluster))


def test_killed_user_leaves_nothing_running(start_user, cluster):
    user = start_user()
    user.ask(NUMBER)

    user.kill()

    wait_until(lambda: not running(cluster))


def test_killed_server_is_started_again_by_the_next_query(start_user, cluster):
    user = start_user()
    user.ask(NUMBER)
    before = postmaster(cluster)

    os.kill(before, signal.SIGKILL)
    wait_until(lambda: not running(cluster))

    assert user.ask(NUMBER) == 42
    assert postmaster(cluster) != before


def test_killed_keeper_takes_the_server_along_and_the_next_query_starts_it(start_user, cluster):
    user = start_user()
    user.ask(NUMBER)
    before = postmaster(cluster)

    os.kill(keeper(cluster), signal.SIGKILL)

    wait_until(lambda: before not in running(cluster))
    assert user.ask(NUMBER) == 42


def test_killed_backend_process_is_survived_by_the_same_server(start_user, cluster):
    user, other = start_user(), start_user()
    backend = user.ask("query SELECT pg_backend_pid()")
    other.ask(NUMBER)
    before = postmaster(cluster)

    os.kill(backend, signal.SIGKILL)

    assert user.ask(NUMBER) == other.ask(NUMBER) == 42
    assert postmaster(cluster) == before


def test_stale_claims_whose_number_lives_on_do_not_hinder_the_start(start_user, cluster):
    user = start_user()
    user.ask(NUMBER)
    os.kill(postmaster(cluster), signal.SIGKILL)
    wait_until(lambda: not running(cluster))
    (pid_file,) = cluster.folder.glob("[0-9]*/postmaster.pid")
    lines = pid_file.read_text().splitlines()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as innocent:
        pid_file.write_text("\n".join([str(innocent.pid), *lines[1:]]) + "\n")

        assert user.ask(NUMBER) == 42
        assert innocent.poll() is None


def test_server_whose_socket_was_removed_is_started_anew(start_user, cluster):
    user = start_user()
    shutil.rmtree(user.ask("query SHOW unix_socket_directories"))

    assert start_user().ask(NUMBER) == 42


def test_forked_child_keeps_the_server_after_its_parent(start_user, cluster):
    stay, hold = os.pipe()
    user = start_user(environment={"STAY": str(stay)}, pass_fds=[stay])
    user.ask(NUMBER)
    user.ask("fork")
    os.close(stay)

    before = postmaster(cluster)
    user.kill()
    time.sleep(GRACE + 2 * LOOK_EVERY)  # the child alone must hold the server
    assert postmaster(cluster) == before

    os.close(hold)
    wait_until(lambda: not running(cluster))
