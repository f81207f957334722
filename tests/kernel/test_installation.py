"""What the provider states of its sub-processors."""

import pytest

from samverka.kernel.installation import Subprocessor, malformed_subprocessors, subprocessors

MAIL = Subprocessor("Exempel Mejl AB", "skickar mejl", "Finland")


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("", None),
        ("  ", None),
        ("inga", []),
        ("None", []),
        ("Exempel Mejl AB | skickar mejl | Finland", [MAIL]),
        ("Drift AB|sköter servern|Sverige; Exempel Mejl AB | skickar mejl | Finland;",
         [Subprocessor("Drift AB", "sköter servern", "Sverige"), MAIL]),
    ],
)  # fmt: skip
def test_stated_subprocessors_are_read(settings, stated, found):
    settings.SUBPROCESSORS = stated
    assert subprocessors() == found
    assert malformed_subprocessors() == []


@pytest.mark.parametrize("stated", ["Exempel Mejl AB", "Exempel Mejl AB | skickar mejl", "a | b | c | d", "a | | c"])
def test_one_that_lacks_something_is_named(settings, stated):
    settings.SUBPROCESSORS = f"Drift AB | sköter servern | Sverige; {stated}"
    assert malformed_subprocessors() == [stated]
