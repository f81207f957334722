import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel.text import genitive, slug, swedish_sort_key

ANY = st.text(max_size=120)
SWEDISH = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=20)
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


@pytest.mark.parametrize(
    "in_order",
    [
        ["Ale", "Zinkgruvan", "Åmål", "Älmhult", "Öckerö"],
        ["Vara", "Wadköping", "Xerxes"],
        ["Förening 2", "Förening 10", "Förening 100"],
        ["Cafe A", "Café B", "Cafe C"],
        ["IK Sirius", "IK-Sleipner", "IK Ymer"],
        ["Ærø", "Ättika"],
    ],
)
def test_sort_key_is_in_swedish_order(in_order):
    assert sorted(in_order, key=swedish_sort_key) == in_order


@given(SWEDISH, SWEDISH)
def test_sort_key_compares_letter_by_letter_in_the_swedish_alphabet(one, other):
    def places(word):
        return [LETTERS.index(letter) for letter in word]

    assert (swedish_sort_key(one) < swedish_sort_key(other)) == (places(one) < places(other))


@given(ANY)
def test_sort_key_is_short_plain_and_stable(text):
    key = swedish_sort_key(text)
    assert len(key) <= 200
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz{|} ")
    assert swedish_sort_key(text.upper()) == swedish_sort_key(text.upper().lower())


@given(ANY)
def test_slug_fits_an_address(text):
    made = slug(text)
    assert set(made) <= set("0123456789abcdefghijklmnopqrstuvwxyz-")
    assert len(made) <= 60
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert slug(made) == made


@pytest.mark.parametrize(
    ("name", "expected"), [("Malmö stad", "malmo-stad"), ("Göteborgs Stad", "goteborgs-stad"), ("!!!", "")]
)
def test_slug_of_names(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("Lund", "Lunds"), ("Borås", "Borås"), ("Bengtsfors", "Bengtsfors"), ("Växjö", "Växjös")]
)
def test_genitive(name, expected):
    assert genitive(name) == expected
