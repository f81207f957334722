"""What several of these tests ask: where a page of the collaboration is, and what it says."""

import re
from typing import Any

from tests.world import World


def at(world: World, page: str = "", *, org: str = "municipality") -> str:
    """Return the address of a page of the collaboration, for one of its parties."""
    return f"/arbete/{world.ids[org]}/samverkan/{world.ids['together']}/{page}"


def words(page: Any) -> str:
    """Return what a page says, without its tags."""
    return without_tags(page.content.decode())


def without_tags(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
