"""The processes that draw PDF (`pdf_worker`): started when needed, kept for the next document, ended when they fail.

An order and its answer are frames: a line with lengths in bytes, then the bytes. See `pdf_worker.main`.
"""

import subprocess  # nosec B404 - our own module, no shell
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

_COMMAND = [sys.executable, "-m", "samverka.kernel.pdf_worker"]


@dataclass(frozen=True)
class Printed:
    """A document, and what the process said of it."""

    pdf: bytes
    said: str


class Ended(Exception):
    """The process ended instead of answering: its exit code, and the last it said. `late`: it was ended."""

    def __init__(self, returncode: int, said: str, *, late: bool) -> None:
        super().__init__(said)
        self.returncode, self.said, self.late = returncode, said, late


class Press:
    """Draws with a process that waits, if there is one. The libraries and the fonts take a second to load, so it is
    kept for the next document; after `standby` seconds without one it ends by itself (0: after its first).
    """

    def __init__(self, folder: Path, *, standby: float, longest: float, command: list[str] | None = None) -> None:
        self._folder, self._standby, self._longest = folder, standby, longest
        self._command = command or _COMMAND
        self._lock = threading.Lock()
        self.waiting: list[_Drawer] = []

    def print(self, order: bytes) -> Printed:
        """Return what the order comes to. Raises Ended; its `late` when it took over `longest` seconds."""
        drawer = self._take()
        try:
            printed = drawer.draw(order, self._longest)
        except Ended as ended:
            if ended.returncode or ended.late or not drawer.has_drawn:
                raise
            # It had waited long enough and was ending as the order came.
            drawer = self._start()
            printed = drawer.draw(order, self._longest)
        if self._standby:
            with self._lock:
                self.waiting.append(drawer)
        else:
            drawer.close()
        return printed

    def _take(self) -> "_Drawer":
        with self._lock:
            while self.waiting:
                drawer = self.waiting.pop()
                if drawer.is_alive:
                    return drawer
                drawer.close()
        return self._start()

    def _start(self) -> "_Drawer":
        return _Drawer([*self._command, str(self._standby)], self._folder)

    def close(self) -> None:
        """End the processes that wait."""
        with self._lock:
            while self.waiting:
                self.waiting.pop().close()


class _Drawer:
    """One process, and what it has been asked."""

    def __init__(self, command: list[str], folder: Path) -> None:
        pipe, self._said = subprocess.PIPE, tempfile.TemporaryFile()  # noqa: SIM115  (as long as the process)
        self.process = subprocess.Popen(  # noqa: S603  # nosec B603
            command, stdin=pipe, stdout=pipe, stderr=self._said, cwd=folder
        )
        self.has_drawn = False

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def draw(self, order: bytes, longest: float) -> Printed:
        late = threading.Event()
        watch = threading.Timer(longest, self._end, [late])
        watch.start()
        try:
            printed = self._answer(order)
        except (OSError, ValueError) as broken:
            watch.cancel()
            raise self._ended(late) from broken
        watch.cancel()
        self.has_drawn = True
        return printed

    def _answer(self, order: bytes) -> Printed:
        """Raises OSError or ValueError when the process ends meanwhile."""
        into, out = self.process.stdin, self.process.stdout
        if into is None or out is None:
            raise ValueError("no pipes")
        into.write(b"%d\n" % len(order) + order)
        into.flush()
        of_pdf, of_said = (int(part) for part in out.readline().split())
        pdf, said = out.read(of_pdf), out.read(of_said)
        if len(pdf) + len(said) < of_pdf + of_said:
            raise ValueError("broken off")
        return Printed(pdf, said.decode(errors="replace"))

    def _end(self, late: threading.Event) -> None:
        late.set()
        self.process.kill()

    def _ended(self, late: threading.Event) -> Ended:
        self._close_pipes()
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        self._said.close()
        return Ended(self.process.returncode, said, late=late.is_set())

    def close(self) -> None:
        """End the process."""
        self._close_pipes()
        self._said.close()

    def _close_pipes(self) -> None:
        """Close the pipes, which ends the process, and wait for it."""
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                # What it has not read is lost with it.
                continue
        self.process.wait()
