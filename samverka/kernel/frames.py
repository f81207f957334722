"""Room for Python's own frames, for what calls deep and often."""

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])
_PLACES = 60_000  # of 8 bytes each; only what is used is ever fetched from the system


def with_room(function: Function) -> Function:
    """Return `function`, a plain Python function, with a frame that has room for those of all that it calls.

    CPython keeps frames in chunks of 16 kB, and fetches one from the system and gives it back as calls cross the end of
    the last (`push_chunk`, Python/pystate.c). A page that happens to draw its rows just there does so for every call:
    600 times, a fifth of the answer's time. A frame that asks for much gets a chunk that the frames above it fit in.
    """
    function.__code__ = function.__code__.replace(co_stacksize=_PLACES)
    return function
