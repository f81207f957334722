import pytest

from samverka.kernel.search.compounds import split
from samverka.kernel.swedish import stem

KNOWN = {
    stem(word) for word in ("förening", "bidrag", "kyrka", "råd", "barn", "kultur", "festival", "medborgare", "dialog")
}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("föreningsbidrag", ("förening", "bidrag")),
        ("föreningsbidragen", ("förening", "bidrag")),
        ("kyrkoråd", ("kyrk", "råd")),
        ("medborgardialogen", ("medborg", "dialog")),
        ("barnkulturfestivalen", ("barnkultur", "barn", "kultur", "festival")),
    ],
)
def test_a_compound_is_taken_apart(word: str, parts: tuple[str, ...]) -> None:
    found = split(word, lambda part: part in KNOWN | {"barnkultur"})
    assert set(found) == set(parts)


@pytest.mark.parametrize("word", ["föreningarna", "verksamhet", "gemensamhet", "bidragande", "kort", "2022818"])
def test_a_word_that_is_no_compound_is_left(word: str) -> None:
    assert split(word, lambda part: part in KNOWN | {"ensam", "sam", "het"}) == ()


def test_anything_stands_before_a_common_word_in_a_text_but_not_in_what_is_typed() -> None:
    assert split("qvintstöd", lambda _part: False) == ("qvint", "stöd")
    assert split("qvintstöd", lambda _part: False, guess=False) == ()
