"""Personal identity numbers are found as people write them, and nothing else is taken for one.

The numbers are of nobody: examples that stand in many books, or made here from a date and a check digit.
"""

import datetime
import string

import pytest
import structlog
import time_machine
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from samverka.kernel.personal_numbers import found_in, marked, mentions

DATES = st.dates(datetime.date(1927, 1, 1), datetime.date(2025, 12, 31))
SERIALS = st.integers(1, 999)
#: Text around that is no digit and no sign that belongs to numbers.
AROUND = st.text(st.characters(codec="utf-8", exclude_categories=["N"], exclude_characters="+-.‐‑‒–−"), max_size=20)


def number(date, serial, *, coordination=False):
    """The six digits of the date and the four last, of which one is the check digit."""
    day = date.day + 60 if coordination else date.day
    digits = f"{date:%y%m}{day:02}{serial:03}"
    return digits[:6], digits[6:] + luhn.calc_check_digit(digits)


@pytest.mark.parametrize(
    "text",
    [
        "850709-9805",
        "8507099805",
        "19850709-9805",
        "198507099805",
        "19121212+1212",
        "121212+1212",
        "850709\u20119805",
        "850709\u20139805",
        "850769-9802",
        "19850769-9802",
    ],
)
def test_number_is_found_as_it_is_written(text):
    assert marked(f"Hon ({text}) kommer.") == [text]
    assert found_in(text)


def test_every_number_in_a_text_is_marked_in_its_order():
    text = "namn;nr\nKarin;850709-9805\nYusuf,19121212+1212,ja\npnr8507099805."
    assert marked(text) == ["850709-9805", "19121212+1212", "8507099805"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "850709-9806",  # wrong check digit
        "850732-9804",  # no such day
        "850229-9800",  # not a leap year
        "802123-4561",  # an organisation
        "556036-0793",
        "16556036-0793",
        "165560360793",
        "48507099805",  # inside longer numbers
        "85070998051",
        "1234850709-9805",
        "850709-98051",
        "46-850709-9805",
        "850709-9805-01",
        "0.8507099805",
        "8507099805.25",
        "SE850709980501",
        "2026-11-25 10:00",
        "1234 5678",
        "8507 099805",
    ],
)
def test_what_is_no_number_is_left_alone(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "070-112 12 34",
        "0701121238",
        "+4611123458",
        "+46701121231",
        "0046701121231",
        "08-123 456 78",
        "0112-123 45",
    ],
)
def test_telephone_numbers_are_left_alone(text):
    assert not found_in(f"Ring {text} eller skriv.")


def test_ten_digits_that_could_be_a_telephone_number_count_when_something_says_so():
    date, last = number(datetime.date(2007, 1, 12), 123)
    assert date + last == "0701121238"
    assert not found_in(f"Ring Kim på {date}{last}")
    for said in ("personnummer", "Personnr:", "pnr", "född", "Personnummer (tio siffror):"):
        assert found_in(f"Kim, {said} {date}{last}"), said
    assert found_in(f"Kim {date}-{last}")
    assert found_in(f"Kim 20{date}{last}")


def test_date_that_has_not_come_is_none():
    with time_machine.travel("2026-11-25"):
        future, last = number(datetime.date(2027, 1, 12), 123)
        assert not found_in(f"20{future}-{last}")
        assert found_in(f"19{future}-{last}")


@pytest.mark.parametrize(
    "text",
    [
        "Personnummer",
        "ange ert personnummer här",
        "personnumret",
        "PERSONNR",
        "person-nummer",
        "Samordningsnummer",
        "850709-9805",
    ],
)
def test_word_or_number_is_a_mention(text):
    assert mentions(text)


@pytest.mark.parametrize("text", ["", "organisationsnummer 802123-4561", "tio personer", "nummer 12"])
def test_other_words_are_no_mention(text):
    assert not mentions(text)


@st.composite
def written_numbers(draw):
    """A number in any of the ways to write it, but for those that could be telephone numbers."""
    date = draw(DATES)
    digits, last = number(date, draw(SERIALS), coordination=draw(st.booleans()))
    sign, century = draw(st.sampled_from(["-", "", "\u2011"])), draw(st.sampled_from(["", f"{date:%Y}"[:2]]))
    assume(century or sign or digits[0] != "0" or digits[1] == "0")
    return century + digits + sign + last


@given(written_numbers(), AROUND, AROUND)
def test_number_of_any_person_is_found_wherever_it_stands(written, before, after):
    assert marked(before + written + after) == [written]


@given(DATES, SERIALS, st.integers(1, 9))
def test_one_digit_that_is_wrong_is_enough(date, serial, wrong):
    digits, last = number(date, serial)
    assert not found_in(f"{digits}-{last[:3]}{(int(last[3]) + wrong) % 10}")


@given(DATES, SERIALS, st.text(string.digits, min_size=1, max_size=6), st.booleans())
def test_number_inside_a_longer_run_of_digits_is_left_alone(date, serial, more, before):
    digits, last = number(date, serial)
    written = f"{more}{digits}-{last}" if before else f"{digits}-{last}{more}"
    assume(more not in {"18", "19", "20"})
    assert not found_in(written)


@given(st.from_regex(r"[2-9][0-9][2-9][0-9]{6}", fullmatch=True), st.sampled_from(["", "-"]))
def test_no_organisation_is_taken_for_a_person(digits, sign):
    whole = digits + luhn.calc_check_digit(digits)
    for century in ("", "16"):
        assert not found_in(f"{century}{whole[:6]}{sign}{whole[6:]}")


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
def test_no_telephone_number_in_a_row_is_taken_for_a_person(digits):
    assert not found_in(f"Telefon {digits}")
    assert not found_in(f"+46{digits[1:]}")


@given(st.text())
def test_any_text_can_be_looked_through(text):
    assert found_in(text) == bool(marked(text))
    assert all(one in text for one in marked(text))


def test_nothing_is_logged(caplog):
    with structlog.testing.capture_logs() as logs:
        mentions("850709-9805")
    assert logs == []
    assert caplog.text == ""
