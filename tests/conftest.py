"""What every test has: a cloned database, no network, an empty cache."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import SimpleTestCase
from django.utils import translation

from tests import databases

pytest_plugins = ["tests.people", "tests.made_world", "tests.press"]
# How long an example takes depends on what else the machine does; that is for bench/ to measure.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")
LOOPBACK = ("127.", "::1", "localhost")


#: A test that takes one of these asks the database.
DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out the tests that do not take the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would answer the same on any database, for a second run on another one."""
    if config.getoption("only_database"):
        apart = [item for item in items if not takes_database(item)]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if takes_database(item)]


def takes_database(item: pytest.Item) -> bool:
    """Whether a test is given the database, by a fixture, by its mark or by its class."""
    of_django = isinstance(item, pytest.Function) and issubclass(item.cls or object, SimpleTestCase)
    marked = item.get_closest_marker("django_db") is not None
    return of_django or marked or bool(DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_configure() -> None:
    """Make the folder that WhiteNoise warns of when it is missing; tests serve static files from where they lie."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Give the worker a clone of the template instead of migrating a database of its own."""
    with django_db_blocker.unblock(), databases.clone():
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that reaches for anything beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test reached for the network: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def swedish() -> None:
    """Begin in Swedish: a page in English leaves its language on the thread."""
    translation.activate("sv")


@pytest.fixture(autouse=True)
def fresh_cache(request: pytest.FixtureRequest) -> None:
    """Let no test see what another has cached."""
    if "world_database" in request.fixturenames:
        request.getfixturevalue("world_database")
    if {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")
        cache.clear()
