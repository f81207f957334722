"""Every page says who may open it."""

from samverka.kernel.access import Access
from tests.routes import patterns


def test_every_route_declares_its_access() -> None:
    undeclared = [route.path for route in patterns() if not isinstance(getattr(route.view, "access", None), Access)]
    assert not undeclared, f"views without @public, @signed_in or @requires: {undeclared}"


def test_every_route_has_a_name() -> None:
    assert not [route.path for route in patterns() if not route.name]
