"""The keeper: runs the database server and stops it when its last user is gone.

Run by `server` as `python -m samverka.kernel.postgres.keeper LOCK_FD USERS_LOCK SOCKET_FOLDER COMMAND…` in a session
of its own. LOCK_FD is the keeper's lock, inherited locked, so the lock says without a gap whether a keeper lives.
Should the keeper be killed, the kernel tells the server to stop. Small on purpose: only the standard library, and it
looks twice a second at most.
"""

from __future__ import annotations

import os
import signal
import subprocess  # nosec B404 # the command comes from `server`, no shell
import sys
import time
from pathlib import Path

from samverka.kernel.postgres import locks, sockets
from samverka.kernel.processes import dies_with_parent

GRACE = 2.0  # seconds without a user before the server is stopped
LOOK_EVERY = 0.5  # seconds between looks for users
HURRY = signal.SIGUSR1  # a user that leaves on purpose asks for no grace
PATIENCE = 30.0  # seconds an orderly stop may take

_HEARD = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, HURRY}


def main(arguments: list[str]) -> int:
    """Run the server until it ends by itself or nobody uses it. Return its exit code."""
    lock, users_path, socket_folder, *command = arguments
    os.ftruncate(int(lock), 0)
    os.pwrite(int(lock), str(os.getpid()).encode(), 0)
    signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
    users = locks.open_lock(Path(users_path))
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=dies_with_parent(signal.SIGINT))  # noqa: S603, PLW1509  # nosec B603
    if _wait_until_unused(server, users):
        _stop(server)
    sockets.remove(Path(socket_folder))
    return server.wait()


def _wait_until_unused(server: subprocess.Popen[bytes], users: int) -> bool:
    """Return True, holding the users' lock alone, when the server should be stopped; False when it ended by itself."""
    unused_since: float | None = None
    grace = GRACE
    while True:
        heard = signal.sigtimedwait(_HEARD, LOOK_EVERY)
        if server.poll() is not None:
            return False
        if heard and heard.si_signo == HURRY:
            grace = 0.0
        elif heard and heard.si_signo != signal.SIGCHLD:
            return True  # the machine is going down, or a person stops it by hand
        if not locks.try_take(users):
            unused_since, grace = None, GRACE
            continue
        unused_since = unused_since or time.monotonic()
        if time.monotonic() - unused_since >= grace:
            return True
        locks.release(users)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server in order; if it does not heed that, without."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(number)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            continue
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
