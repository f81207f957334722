"""The world that the workspace's pages are asked in, and two who ask."""

import pytest
from django.test import Client

from tests.world import World, client_of


@pytest.fixture
def karin(world: World) -> Client:
    return client_of(world.person("karin"))


@pytest.fixture
def yusuf(world: World) -> Client:
    return client_of(world.person("yusuf"))
