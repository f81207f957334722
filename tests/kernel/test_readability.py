"""LIX as Björnsson counts it."""

import pytest

from samverka.kernel.readability import lix, readability


def test_lix_is_sentence_length_and_long_words() -> None:
    # 10 words, 2 sentences, 2 words of more than six letters: 10/2 + 100·2/10 = 25.
    text = "Vi ses på torsdag i skolan. Ta med kaffe, förening."
    assert lix(text) == pytest.approx(25.0)


def test_six_letters_are_not_long() -> None:
    assert readability(["skolan skolans"]).long_words == 1


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("En mening. En till.", 2),
        ("Hur går det?! Bra: mycket bra", 3),
        ("”Ring.” Så sa hon.", 2),
        ("Klockan 19.30 går bussen.", 1),
        ("utan punkt", 1),
        ("", 0),
    ],
)
def test_sentences_are_counted(text: str, sentences: int) -> None:
    assert readability([text]).sentences == sentences


def test_texts_are_counted_together() -> None:
    apart = [readability([text]) for text in ("En mening.", "Två ord")]
    both = readability(["En mening.", "Två ord"])
    assert both.words == sum(one.words for one in apart)
    assert both.sentences == 2


def test_no_words_have_no_lix() -> None:
    assert lix("…") == 0.0
