"""Links: tried without reaching what is inside, and our own pages asked directly."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings

from samverka.newsletters.fetching import is_open, link_fault
from samverka.newsletters.own_links import is_own, own_fault
from tests.people import Village


class _Pages(BaseHTTPRequestHandler):
    """Answers by what the address says."""

    def do_GET(self) -> None:
        status = {"/saknas": 404, "/fel": 500, "/vidare": 302, "/inat": 302, "/runt": 302}.get(self.path, 200)
        if self.path == "/bara-get" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        where = {"/vidare": "/finns", "/inat": "http://inat.example/", "/runt": "/runt"}.get(self.path)
        if where:
            self.send_header("Location", where)
        self.end_headers()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def asked(path: str, port: int) -> str:
    names = {"ute.example": ["127.0.0.1"], "inat.example": ["10.0.0.1"]}
    return link_fault(
        f"http://ute.example{path}", lookup=lambda host: names.get(host, []),
        allowed=lambda address: address == "127.0.0.1", ports={"http": port},
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/finns", "/vidare", "/bara-get", "/med mellanslag/å"])
def test_page_that_is_there(port: int, path: str) -> None:
    assert not asked(path, port)


@pytest.mark.parametrize(
    ("path", "says"), [("/saknas", "404"), ("/fel", "500"), ("/inat", "slutet nät"), ("/runt", "många gånger")]
)
def test_page_that_is_not(port: int, path: str, says: str) -> None:
    assert says in asked(path, port)


@pytest.mark.parametrize(
    "url",
    ["ftp://ute.example/", "http://ute.example:8080/", "http://a:b@ute.example/", "file:///etc/passwd", "http:///"],
)
def test_address_that_is_never_asked(url: str) -> None:
    assert link_fault(url, lookup=lambda _host: pytest.fail("looked up"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1%eth0", "fc00::1",
     "::ffff:10.0.0.1", "2002:0a00:0001::", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_closed_address_is_never_asked(address: str) -> None:
    assert not is_open(address)
    assert "slutet nät" in link_fault("http://ute.example/", lookup=lambda _host: ["93.184.216.34", address])


def test_open_address() -> None:
    assert is_open("93.184.216.34")
    assert is_open("2606:2800:220:1:248:1893:25c8:1946")


def test_name_that_is_not_there_is_told() -> None:
    def nobody(_host: str) -> list[str]:
        raise OSError

    assert "finns inte" in link_fault("https://ute.example/", lookup=nobody)


def test_own_pages_are_asked_directly(village: Village) -> None:
    assert is_own("/modeller/")
    assert is_own(f"{settings.BASE_URL}/modeller/")
    assert not is_own("https://ute.example/modeller/")
    assert not own_fault("/modeller/")
    assert not own_fault(f"{settings.BASE_URL}/organisationer/{village.municipality.public_id}/")
    assert "404" in own_fault("/finns-inte/")
    assert "loggar in" in own_fault("/arbete/")
