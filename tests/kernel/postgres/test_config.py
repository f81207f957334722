"""How the server is set."""

from pathlib import Path

import pytest

from samverka.kernel.postgres import config


@pytest.mark.parametrize(("gigabytes", "buffers"), [(0.5, "128MB"), (4, "512MB"), (64, "1024MB")])
def test_server_keeps_an_eighth_of_the_memory_within_bounds(monkeypatch, gigabytes, buffers):
    monkeypatch.setattr(
        config.os, "sysconf", lambda name: 4096 if name == "SC_PAGE_SIZE" else gigabytes * 2**30 // 4096
    )

    assert config.server_options(durable=True, socket_folder=Path("/run"))["shared_buffers"] == buffers


def test_server_for_tests_is_small(monkeypatch):
    monkeypatch.setattr(config.os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 2**24}.__getitem__)

    assert config.server_options(durable=False, socket_folder=Path("/run"))["shared_buffers"] == "128MB"
