"""The world, made once for each worker in a database of its own: a test that asks for it is given it as it was made.

`world` for tests that ask for pages in their own process; `clone(of=…)` of its database for those with a browser.
"""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from tests import databases
from tests.world import World, build_world


@dataclass(frozen=True)
class MadeWorld:
    """The database that the world stands in, and the world as it was made."""

    database: str
    pickled: bytes

    def fresh(self) -> World:
        """Return the world, with objects that no test has changed."""
        world: World = pickle.loads(self.pickled)
        return world


@pytest.fixture(scope="session")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[MadeWorld]:
    """The world's own database. What would be done when the transaction has held is left undone, as in a test."""
    with django_db_blocker.unblock(), databases.made() as name:
        with databases.use_database(name), transaction.atomic():
            pickled = pickle.dumps(build_world())
            connection.run_on_commit.clear()
        yield MadeWorld(name, pickled)


@pytest.fixture
def world_database(made_world: MadeWorld, django_db_blocker: Any) -> Iterator[MadeWorld]:
    """Let the test's transaction be one in the world's database."""
    assert not connection.in_atomic_block, "take `world` before `db`, and leave pytest.mark.django_db away"
    with django_db_blocker.unblock(), databases.use_database(made_world.database):
        yield made_world


@pytest.fixture
def world(world_database: MadeWorld, db: None) -> World:
    """The village with one of everything in it, in a transaction that is undone afterwards."""
    return world_database.fresh()
