import pytest

from tests.web.account.steps import host_person


@pytest.fixture
def hedda(db):
    """A host administrator's browser, after both steps of signing in."""
    return host_person()[0]


@pytest.fixture
def eva(db):
    """An editor's browser, after both steps of signing in."""
    return host_person("editor", "eva@vard.example")[0]
