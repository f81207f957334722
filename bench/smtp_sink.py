"""A mail server that takes everything and keeps who got it: `python -m bench.smtp_sink PORT FILE [DELAY]`.

It says PIPELINING, and when it answers that it has a mail it writes one line: the receiver, and whether the mail has
the one-click headers. `DELAY`: milliseconds between the end of a mail and the answer, as at a busy relay. To
an address that begins with "senare" it says once that it is to come again.
"""

import asyncio
import sys
from pathlib import Path

_EXTENSIONS = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    def __init__(self, file: "asyncio.StreamWriter | object", delay: float, later: set[bytes]) -> None:
        self._file, self._delay, self._later = file, delay, later
        self._buffer = bytearray()
        self._in_data = False
        self._to = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out: asyncio.Transport = transport  # type: ignore[assignment]
        self._out.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._mail() if self._in_data else self._commands():
            pass

    def _mail(self) -> bool:
        end = self._buffer.find(b"\r\n.\r\n")
        if end < 0:
            return False
        one_click = b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in self._buffer[:4000]
        del self._buffer[: end + 5]
        self._in_data = False
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._taken, self._to, one_click)
        else:
            self._taken(self._to, one_click)
        return bool(self._buffer)

    def _taken(self, to: bytes, one_click: bool) -> None:
        self._file.write(b"%s %d\n" % (to, one_click))  # type: ignore[attr-defined]
        if not self._out.is_closing():
            self._out.write(b"250 taken\r\n")

    def _commands(self) -> bool:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        self._out.write(self._answer(line))
        return bool(self._buffer)

    def _answer(self, line: bytes) -> bytes:
        word = line[:4].upper()
        if word == b"RCPT":
            self._to = line[line.find(b"<") + 1 : line.find(b">")]
            if self._to.startswith(b"senare") and self._to not in self._later:
                self._later.add(self._to)
                self._to = b""
                return b"451 later\r\n"
        if word == b"DATA":
            if not self._to:
                return b"503 nobody\r\n"
            self._in_data = True
            return b"354 go\r\n"
        if word == b"QUIT":
            self._out.close()
        return _EXTENSIONS if word == b"EHLO" else b"250 ok\r\n"


async def serve(port: int, path: Path, delay: float) -> None:
    """Take mail until the process is ended."""
    loop, later = asyncio.get_running_loop(), set[bytes]()
    with path.open("ab") as file:
        server = await loop.create_server(lambda: Sink(file, delay, later), "127.0.0.1", port, backlog=200)
        print("ready", flush=True)
        async with server:
            while True:
                await asyncio.sleep(0.1)
                file.flush()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) / 1000 if len(sys.argv) > 3 else 0))
