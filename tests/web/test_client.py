"""Where a request comes from."""

import pytest
from django.test import RequestFactory

from samverka.web.client import client_address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
    ],
)
def test_ipv6_counts_by_its_network(address: str, told: str) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=address)) == told


def test_proxy_is_believed_only_when_there_is_one(settings: object) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.9, 2001:db8::1")
    assert client_address(request) == "10.0.0.1"
    settings.PROXY_COUNT = 1  # type: ignore[attr-defined]
    assert client_address(request) == "2001:db8::/64"
