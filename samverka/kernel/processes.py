"""Child processes that do not outlive the process that started them, even when that one is killed."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def dies_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Return a function for Popen's `preexec_fn`: the kernel sends the child `number` when its parent is gone.

    The parent must have one thread only: the kernel counts the end of the thread that made the child.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True)

    def before_exec() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it was gone before the kernel was asked
            os._exit(1)

    return before_exec
