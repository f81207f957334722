"""A function with room does what it did, and what it calls stays in one chunk of frames."""

import resource

import pytest

from samverka.kernel.frames import with_room


def _depth(left: int) -> int:
    return 0 if left == 0 else 1 + _depth(left - 1)


def _often_at_every_depth() -> int:
    """Call over the end of every chunk many times."""
    return sum(_depth(deep) for deep in range(300) for _again in range(5))


@with_room
def _with_room() -> int:
    return _often_at_every_depth()


def _faults(function: object) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    assert function() == 5 * sum(range(300))  # type: ignore[operator]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_function_keeps_name_and_arguments() -> None:
    @with_room
    def adds(one: int, *, two: int = 2) -> int:
        """Add."""
        return one + two

    assert (adds(1), adds(1, two=3), adds.__name__, adds.__doc__) == (3, 4, "adds", "Add.")
    with pytest.raises(TypeError):
        adds()  # type: ignore[call-arg]


def test_frames_are_not_fetched_again_and_again() -> None:
    _faults(_with_room)
    assert _faults(_with_room) * 3 < _faults(_often_at_every_depth)
