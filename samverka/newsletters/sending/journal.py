"""What this process has in the air, written beside the database so that it is there after kill -9.

One file a run. A line is written before a mail is handed over and another when the server has answered, by one
`write` each and without waiting for the disk: the kernel keeps what a killed process has written. If the machine itself
has gone down since, lines may be missing; its first line names the start of the machine, and then nothing in it counts.
The file is locked while its process lives, so that whoever gets the lock knows that the process is gone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from samverka.kernel.ids import public_id

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_UNKNOWN = b"unknown"
_HANDED, _TAKEN, _BACK = b"D", b"S", b"R"


@dataclass(frozen=True)
class Left:
    """What a dead run left: `name` is the claim on its rows. `sound`: its lines can be trusted."""

    name: str
    sound: bool
    taken: frozenset[int]
    in_the_air: frozenset[int]


class Journal:
    """The file of one run. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self.name = public_id()
        self.path = _folder() / self.name
        making = self.path.with_name(f".{self.name}")
        self._file = os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        os.write(self._file, _started() + b"\n")
        making.rename(self.path)  # only now can another process find it, and it is locked

    def handing_over(self, delivery: int) -> None:
        """Note that the mail is about to be handed over."""
        os.write(self._file, b"%s%d\n" % (_HANDED, delivery))

    def taken(self, delivery: int) -> None:
        """Note that the server has taken it."""
        os.write(self._file, b"%s%d\n" % (_TAKEN, delivery))

    def back(self, delivery: int) -> None:
        """Note that the server has said no, so that it is not in the air any more."""
        os.write(self._file, b"%s%d\n" % (_BACK, delivery))

    def close(self, *, settled: bool) -> None:
        """Let go of the file; it goes when all its rows are `settled`."""
        if settled:
            self.path.unlink(missing_ok=True)
        os.close(self._file)


@contextmanager
def dead_ones() -> Iterator[list[Left]]:
    """Give what runs of dead processes on this machine have left; their files go when the block has ended well."""
    held = [(path, file) for path in sorted(_folder().glob("[!.]*")) if (file := _lock(path)) is not None]
    try:
        yield [_read(path) for path, _file in held]
        for path, _file in held:
            path.unlink(missing_ok=True)
    finally:
        for _path, file in held:
            os.close(file)


def living() -> list[str]:
    """Return the names of the files that are here: runs of this machine, living or not yet settled."""
    return [path.name for path in _folder().glob("[!.]*")]


def _lock(path: Path) -> int | None:
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _read(path: Path) -> Left:
    boot, *lines = path.read_bytes().split(b"\n")
    numbers: dict[bytes, set[int]] = {_HANDED: set(), _TAKEN: set(), _BACK: set()}
    for line in lines:
        if line[:1] == _BACK:
            numbers[_HANDED].discard(int(line[1:]))
        elif line[:1] in numbers:
            numbers[line[:1]].add(int(line[1:]))
    return Left(
        path.name,
        boot == _started() != _UNKNOWN,
        frozenset(numbers[_TAKEN]),
        frozenset(numbers[_HANDED] - numbers[_TAKEN]),
    )


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "sending"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _started() -> bytes:
    return _BOOT.read_bytes().strip() if _BOOT.exists() else _UNKNOWN
