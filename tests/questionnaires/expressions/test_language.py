"""The language of conditions: what it says, what it refuses, and that it stays within its bounds."""

import datetime
import re
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.questionnaires.expressions import (
    ExpressionError,
    Known,
    Scope,
    check_expression,
    evaluate,
    parse,
    unparse,
)
from samverka.questionnaires.expressions.functions import FUNCTIONS
from samverka.questionnaires.expressions.nodes import BINDING, Binary, Call, Current, Literal, Negative, Node, Reference
from samverka.questionnaires.expressions.patterns import PatternError, compiled

TODAY = datetime.date(2026, 11, 25)
SCOPE = Scope(
    values={
        "antal": Decimal(7), "former": ("iop", "rad"), "namn": "Exempelby", "tomt": None,
        "dag": datetime.date(2026, 3, 1), "ja": "yes",
    },
    rows={"avtal": [None, None, None], "belopp": [Decimal(10), None, Decimal(5)]},
    current=Decimal(4),
    today=TODAY,
)  # fmt: skip


def _value(text: str, scope: Scope = SCOPE) -> Any:
    return evaluate(parse(text), scope)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("7 mod 4 + 9 div 2", Decimal("7.5")),
        ("-2 - -3", Decimal(1)),
        ("10 - 2 - 3", Decimal(5)),
        ("${antal} > 3 and ${ja} = 'yes'", True),
        ("${antal} > 3 and not(${ja} = 'yes') or false()", False),
        ("selected(${former}, 'iop')", True),
        ("selected(${former}, 'io')", False),
        ("count-selected(${former}) <= 2", True),
        ("count_selected(${former})", Decimal(2)),
        ("selected-at(${former}, 1)", "rad"),
        (". < 10 and . >= 4", True),
        ("if(${antal} = 7, 'sju', 1 div 0)", "sju"),
        ("coalesce(${tomt}, ${namn})", "Exempelby"),
        ("round(2.5)", Decimal(3)),
        ("round(-2.5)", Decimal(-3)),
        ("round(2.345, 2)", Decimal("2.35")),
        ("int(-2.9)", Decimal(-2)),
        ("number('12.50') + 1", Decimal("13.5")),
        ("string(12.50)", "12.5"),
        ("concat(${namn}, ' ', ${antal}, '!')", "Exempelby 7!"),
        ("string-length(${namn})", Decimal(9)),
        ("regex(${namn}, '[A-Z][a-z]+')", True),
        ("regex(${namn}, 'Exempel')", False),
        ("matches('0735-12', '^[0-9]{4}-\\d{2}$')", True),
        ("sum(${belopp})", Decimal(15)),
        ("count(${avtal})", Decimal(3)),
        ("count-non-empty(${belopp})", Decimal(2)),
        ("max(${belopp}, 12) - min(${belopp})", Decimal(7)),
        ("${dag} + 30", datetime.date(2026, 3, 31)),
        ("today() - ${dag}", Decimal(269)),
        ("${dag} < today() and ${dag} = '2026-03-01'", True),
        ("${dag} > '2026-02-28'", True),
        ("date('2026-02-30')", None),
        ("decimal-date-time(date('1970-01-11'))", Decimal(10)),
    ],
)
def test_expression_says(text: str, expected: Any) -> None:
    found = _value(text)
    assert found == expected
    assert isinstance(found, bool) == isinstance(expected, bool)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${tomt} = ''", True),
        ("${tomt} != ''", False),
        ("${tomt} = ${finns_ej}", True),
        ("${tomt} = 0", False),
        ("${tomt} != 0", True),
        ("${tomt} < 1 or ${tomt} >= 1", False),
        ("${tomt} + 1", None),
        ("1 div 0", None),
        ("1 mod 0", None),
        ("sum(${tomt})", None),
        ("not(${tomt})", True),
        ("${namn} * 2", None),
        ("selected(${tomt}, 'iop')", False),
        ("count-selected(${tomt})", Decimal(0)),
        ("today() + 9999999999", None),
    ],
)
def test_missing_values_have_stated_meaning(text: str, expected: Any) -> None:
    assert _value(text) == expected


def test_group_without_rows_sums_to_missing() -> None:
    empty = Scope(values={}, rows={"belopp": [], "avtal": []})
    assert _value("sum(${belopp})", empty) is None
    assert _value("max(${belopp})", empty) is None
    assert _value("count(${avtal})", empty) == 0
    assert _value("count-non-empty(${belopp})", empty) == 0


@pytest.mark.parametrize(
    "text",
    ["", "1 +", "(1", "1)", "${a", "'a", "a.b", "../a", "/data/a", "a[1]", "1 == 2", "f(1,)", "f(1 2)", "lambda: 1",
     "a; b", "@x", "1 and", "and 1", "__import__('os').x", "1 ; 2", "${a} {}", "= 1"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("${saknas} = 1", "saknas"),
        ("antal > 3", "${antal}"),
        ("eval('1')", "eval"),
        ("selected(${former})", "selected"),
        ("${belopp} > 1", "sum"),
        ("count(${antal})", "count"),
        ("regex(${namn}, ${namn})", "regex"),
        ("regex(${namn}, '(a')", "Mönstret"),
        ("regex(${namn}, '(?=a)')", "Mönstret"),
        (". > 1", "”.”"),
    ],
)
def test_what_cannot_be_used_is_told(text: str, told: str) -> None:
    known = Known(single={"antal", "former", "namn"}, rows={"avtal", "belopp"})
    assert any(told in fault for fault in check_expression(text, known))


def test_usable_expression_has_no_faults() -> None:
    known = Known(single={"antal"}, rows={"belopp"}, current=True, attributes={"lan"})
    assert check_expression(". > sum(${belopp}) and lan = ${antal} and min(1, ${antal}) > 0", known) == []


@pytest.mark.parametrize(
    "text", ["(" * 5000 + "1" + ")" * 5000, "-" * 4000 + "1", "1" + "+1" * 2000, "(" * 200 + "1" + ")" * 200]
)
def test_depth_and_size_are_bounded(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_values_stay_bounded() -> None:
    grown = "concat(" * 20 + "${namn}" + ", ${namn})" * 20
    assert len(_value(grown, Scope(values={"namn": "x" * 9000}))) <= 10_000
    assert _value(" * ".join(["9" * 30] * 90)) is None


def test_pattern_takes_no_longer_for_a_hard_text() -> None:
    before = time.perf_counter()
    assert not compiled("(a+)+(a|aa)+b").matches("a" * 2000)
    assert time.perf_counter() - before < 5


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[0-9]", r"\d", r"\w", r"\s", "(a|b)", "(?:ab)", r"\.", "c"])
_PIECES = st.tuples(_ATOMS, st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{1,}"])).map("".join)
_PATTERNS = st.lists(_PIECES, max_size=5).map("".join)


@given(st.lists(_PATTERNS, min_size=1, max_size=3).map(lambda p: f"({'|'.join(p)})"), st.text("abc1 .", max_size=12))
def test_pattern_agrees_with_the_library(pattern: str, text: str) -> None:
    assert compiled(pattern).matches(text) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize(
    "pattern", ["a**", "(", ")", "[", "a{3,1}", "a{999}", r"\1", "(?<n>a)", "*", "x" * 400, "a{x}"]
)
def test_bad_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compiled(pattern)


_CODES = st.sampled_from(["antal", "former", "namn", "tomt", "dag", "ja", "belopp"])
_LEAVES = st.one_of(
    st.decimals(0, 10**6, places=2).map(Literal),
    st.text("abc åäö'", max_size=5).map(Literal),
    _CODES.map(Reference),
    st.just(Current()),
)


def _most(name: str) -> int:
    most = FUNCTIONS[name].most
    return 3 if most is None else most


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    calls = st.sampled_from([name for name in FUNCTIONS if name not in {"regex", "count"}]).flatmap(
        lambda name: st.lists(inner, min_size=FUNCTIONS[name].least, max_size=_most(name)).map(
            lambda found: Call(name, tuple(found))
        )
    )
    binaries = st.builds(Binary, st.sampled_from(sorted(BINDING)), inner, inner)
    return st.one_of(binaries, st.builds(Negative, inner), calls)


TREES = st.recursive(_LEAVES, _grown, max_leaves=20)


@given(TREES)
def test_text_of_a_tree_reads_back_to_it(tree: Node) -> None:
    assert parse(unparse(tree)) == tree


@given(TREES)
def test_every_tree_has_a_value_and_raises_nothing(tree: Node) -> None:
    found = evaluate(tree, SCOPE)
    assert found is None or isinstance(found, bool | Decimal | str | datetime.date | tuple)
    assert not isinstance(found, Decimal) or found.is_finite()


@given(TREES, TREES)
def test_unequal_is_not_equal(left: Node, right: Node) -> None:
    assert evaluate(Binary("!=", left, right), SCOPE) is not evaluate(Binary("=", left, right), SCOPE)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        assert str(error)
