"""Asks whether an address on the web leads anywhere, without letting anybody reach what is inside our own network.

Every name is looked up once, each of its addresses must be one of the open internet, and the connection is made to that
very address: a name that is moved between the question and the call leads nowhere else. So is each redirect.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.utils.translation import gettext as _

SECONDS, MOST_REDIRECTS = 8.0, 5
_PORTS = {"http": 80, "https": 443}
_AGENT = "Samverka link check"

#: Looks a name up: returns its addresses as texts, raises OSError.
Lookup = Callable[[str], Sequence[str]]


class Unreachable(Exception):
    """The address leads nowhere; the message says why, for whoever wrote it."""


def addresses_of(host: str) -> list[str]:
    """Return the IP addresses of a name. Raises OSError."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def is_open(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, local, reserved or for many."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def link_fault(
    url: str, *, lookup: Lookup = addresses_of, allowed: Callable[[str], bool] = is_open,
    ports: dict[str, int] | None = None, seconds: float = SECONDS,
) -> str:  # fmt: skip
    """Return why a link leads nowhere, in words for its author; "" when it leads somewhere."""
    until, here = time.monotonic() + seconds, url
    try:
        for _turn in range(MOST_REDIRECTS + 1):
            status, further = _ask(here, lookup, allowed, ports or _PORTS, until)
            if status in {301, 302, 303, 307, 308} and further:
                here = urljoin(here, further)
                continue
            return _status_fault(status)
        return _("Adressen skickar vidare för många gånger.")
    except Unreachable as fault:
        return str(fault)
    except TimeoutError:
        return _("Sidan svarade inte i tid.")
    except ssl.SSLError:
        return _("Sidans certifikat går inte att lita på.")
    except (OSError, http.client.HTTPException, ValueError):
        return _("Sidan går inte att nå.")


def _status_fault(status: int) -> str:
    """A page that only lets in some, or is busy, is still there."""
    if status in {404, 410}:
        return _("Sidan finns inte ({status}).").format(status=status)
    if status >= 500 and status != 503:
        return _("Sidan svarar med ett fel ({status}).").format(status=status)
    return ""


def _ask(
    url: str, lookup: Lookup, allowed: Callable[[str], bool], ports: dict[str, int], until: float
) -> tuple[int, str]:
    """Return the status of one address, and where it leads on."""
    parts = urlsplit(url)
    if parts.scheme not in ports or not parts.hostname or parts.username:
        raise Unreachable(_("Adressen ska börja med https:// eller http://."))
    if parts.port not in {None, ports[parts.scheme]}:
        raise Unreachable(_("Adressen har en port som vi inte frågar."))
    address = _checked(parts.hostname, lookup, allowed)
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection = _connection(parts.scheme, parts.hostname, address, ports[parts.scheme], left)
    try:
        return _answer(connection, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
    finally:
        connection.close()


def _answer(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    """Ask for the head; for the page where a server knows no such question. The body is never read."""
    path = quote(path, safe="/?&=%:;,+~@!$'()*")
    for method in ("HEAD", "GET"):
        connection.request(method, path, headers={"User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        if method == "GET" or answer.status not in {405, 501, 403}:
            return answer.status, answer.getheader("Location") or ""
        connection.close()
    raise AssertionError


def _checked(host: str, lookup: Lookup, allowed: Callable[[str], bool]) -> str:
    try:
        found = lookup(host)
    except (OSError, UnicodeError) as error:
        raise Unreachable(_("Namnet {host} finns inte.").format(host=host)) from error
    if not found or not all(allowed(address) for address in found):
        raise Unreachable(_("Adressen leder in i ett slutet nät. Mottagarna kan inte öppna den."))
    return found[0]


class _Plain(http.client.HTTPConnection):
    """Connects to an address that has been checked, and asks for the name."""

    def __init__(self, host: str, address: str, port: int, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address

    def connect(self) -> None:
        """Open the connection to the checked address."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _Secure(_Plain):
    """The same with a certificate for the name."""

    def connect(self) -> None:
        """Open the connection, and see that the certificate is the name's."""
        super().connect()
        self.sock: Any = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _connection(scheme: str, host: str, address: str, port: int, seconds: float) -> http.client.HTTPConnection:
    made = _Secure if scheme == "https" else _Plain
    return made(host, address, port, min(seconds, SECONDS))
