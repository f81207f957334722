"""Questionnaires for tests: one invented about agreements, and a strategy that makes any that can be."""

import string
from typing import Any

from hypothesis import strategies as st

from samverka.questionnaires.definition import ChoiceList, Definition, Item, Language, Option, Question, Section
from samverka.questionnaires.enums import NUMBERS, QuestionType, SectionKind
from samverka.questionnaires.expressions import unparse
from samverka.questionnaires.expressions.nodes import Binary, Call, Current, Literal, Reference

T = QuestionType
SV, EN = Language("sv", "Svenska (sv)"), Language("en", "English (en)")
YES_ALWAYS = "true()"


def agreements() -> Definition:
    """A short questionnaire to a municipality: forms, agreements one by one, money."""
    forms = ChoiceList("former", (
        Option("rad", {"sv": "Råd", "en": "Council"}), Option("iop", {"sv": "IOP", "en": "Partnership"}),
        Option("inget", {"sv": "Inget av detta", "en": "None of these"}, exclusive=True),
    ))  # fmt: skip
    return Definition(
        title={"sv": "Så samverkar ni", "en": "How you work together"},
        languages=(SV, EN),
        lists=(forms,),
        items=(
            Question("kommun", T.TEXT, {"sv": "Vilken kommun?"}, required_if=YES_ALWAYS),
            Question("former", T.SEVERAL, {"sv": "Vilka former?", "en": "Which forms?"}, choices="former",
                     max_choices=2,
                     counts={"sv": "Råd som har mötts."}, counts_not={"sv": "Enstaka möten."}, dont_know=True),
            Section("avtal", SectionKind.REPEAT, {"sv": "Avtal i ${kommun}"}, 
                    visible_if="selected(${former}, 'iop')", items=(
                Question("motpart", T.TEXT, {"sv": "Med vem?"}),
                Question("belopp", T.MONEY, {"sv": "Belopp per år"}, valid_if=". >= 0",
                         valid_message={"sv": "Skriv ett belopp från 0."}),
            )),
            Question("summa", T.CALCULATED, calculation="sum(${belopp})"),
            Question("i_fjol", T.MONEY, {"sv": "Belopp i fjol"}, warn_if="${summa} > . * 2",
                     warn_message={"sv": "Mer än dubbelt så mycket som i fjol. Stämmer det?"}),
            Question("plan", T.YES_NO, {"sv": "Finns en plan?"}, visible_if="count(${avtal}) > 0", not_applicable=True),
        ),
    )  # fmt: skip


_TEXT = st.text(string.ascii_letters + "åäö=+-@,.;:'\"<>&()?%0123456789\n ", min_size=1, max_size=30).map(
    lambda text: " ".join(text.split(" ")).strip() or "Fråga"
)
_NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=6)


def _texts(languages: tuple[Language, ...], least: int = 0) -> st.SearchStrategy[dict[str, str]]:
    codes = [language.code for language in languages]
    optional = st.dictionaries(st.sampled_from(codes), _TEXT, min_size=0)
    return optional.map(lambda found: found or {codes[0]: "Text"}) if least else optional


@st.composite
def definitions(draw: Any) -> Definition:
    """Any questionnaire without faults: every type, sections, tables, repeated groups, conditions."""
    languages = draw(st.sampled_from([(SV,), (SV, EN), (EN, SV), (Language("sv"),), (Language("sv"), EN)]))
    lists = tuple(draw(_choice_list(f"lista{number}", languages)) for number in range(draw(st.integers(1, 3))))
    maker = _Maker(draw, languages, lists)
    items = maker.items(3)
    title = draw(_texts(languages)) | {languages[0].code: draw(_TEXT)}
    return Definition(
        title,
        languages,
        items,
        lists,
        form_id=draw(st.sampled_from(["", "f1"])),
        edition=draw(st.sampled_from(["", "2"])),
    )


@st.composite
def _choice_list(draw: Any, name: str, languages: tuple[Language, ...]) -> ChoiceList:
    values = draw(st.lists(_NAMES.filter(lambda value: value != "other"), min_size=1, max_size=4, unique=True))
    return ChoiceList(name, tuple(
        Option(value, draw(_texts(languages, 1)), draw(st.booleans()), draw(st.sampled_from([{}, {"grupp": "a"}])))
        for value in values
    ))  # fmt: skip


class _Maker:
    """Makes items whose codes are all different and whose conditions speak of earlier ones."""

    def __init__(self, draw: Any, languages: tuple[Language, ...], lists: tuple[ChoiceList, ...]) -> None:
        self._draw, self._languages, self._lists = draw, languages, lists
        self._count = 0
        self._seen: list[str] = []

    def items(self, depth: int, repeated: bool = False) -> tuple[Item, ...]:
        made: list[Item] = []
        for _number in range(self._draw(st.integers(1, 3))):
            make_section = depth > 0 and self._draw(st.integers(0, 3)) == 0
            made.append(self._section(depth, repeated) if make_section else self._question(repeated))
        return tuple(made)

    def _code(self, stem: str) -> str:
        self._count += 1
        return f"{stem}{self._count}"

    def _texts(self, least: int = 0) -> dict[str, str]:
        return self._draw(_texts(self._languages, least))

    def _condition(self) -> str:
        if not self._seen or self._draw(st.booleans()):
            return ""
        about = Reference(self._draw(st.sampled_from(self._seen)))
        tree = self._draw(st.sampled_from([
            Binary("=", about, Literal("a")), Call("not", (Call("selected", (about, Literal("b"))),)),
            Binary("and", Binary(">", about, Literal(self._draw(st.decimals(0, 99, places=1)))), Call("true", ())),
        ]))  # fmt: skip
        return unparse(tree)

    def _section(self, depth: int, repeated: bool) -> Section:
        kinds = [SectionKind.GROUP, SectionKind.MATRIX] + ([] if repeated else [SectionKind.REPEAT])
        kind = self._draw(st.sampled_from(kinds))
        code = self._code("del")
        fields = {"label": self._texts(1), "help": self._texts(), "visible_if": self._condition(),
                  "suits": self._texts(),
                  "minutes": self._draw(st.sampled_from([None, 4]))}  # fmt: skip
        if kind == SectionKind.MATRIX:
            row = self._draw(
                st.sampled_from([{"type": T.ONE}, {"type": T.SEVERAL}, {"type": T.INTEGER}, {"type": T.YES_NO}])
            )
            chosen = row if row["type"] in {T.INTEGER, T.YES_NO} else row | {"choices": self._lists[0].name}
            items: tuple[Item, ...] = tuple(
                Question(code=self._code("rad"), label=self._texts(1), **chosen)
                for _row in range(self._draw(st.integers(1, 3)))
            )
            return Section(code, kind, items=items, **fields)
        seen = list(self._seen)
        items = self.items(depth - 1, repeated or kind == SectionKind.REPEAT)
        if kind == SectionKind.REPEAT:
            # Outside of the group its answers are rows.
            self._seen = seen
            if self._draw(st.booleans()):
                fields["count"] = "3"
        return Section(code, kind, items=items, **fields)

    def _question(self, repeated: bool) -> Question:
        kind = self._draw(st.sampled_from(sorted(T)))
        code = self._code("q")
        fields: dict[str, Any] = {"label": self._texts(1), "help": self._texts(), "visible_if": self._condition()}
        if kind == T.CALCULATED:
            self._seen.append(code)
            return Question(code, T(kind), calculation="1 + 2 * 3")
        if kind == T.NOTE:
            return Question(code, T(kind), **fields)
        fields |= self._more(T(kind))
        self._seen.append(code)
        return Question(code, T(kind), **fields)

    def _more(self, kind: QuestionType) -> dict[str, Any]:
        draw = self._draw
        fields: dict[str, Any] = {
            "definition": self._texts(), "counts": self._texts(), "counts_not": self._texts(),
            "source": draw(st.sampled_from(["", "SOU 2019:56"])), "since": draw(st.sampled_from(["", "2018"])),
            "required_if": draw(st.sampled_from(["", "true()"])) or self._condition(),
            "required_message": self._texts(),
            "dont_know": draw(st.booleans()), "not_applicable": draw(st.booleans()),
            "appearance": draw(st.sampled_from(["", "minimal"])),
        }  # fmt: skip
        if draw(st.booleans()):
            fields |= {"warn_if": unparse(Binary(">", Current(), Literal("5"))), "warn_message": self._texts()}
        if kind in {T.ONE, T.SEVERAL}:
            fields |= {"choices": draw(st.sampled_from([found.name for found in self._lists]))}
            fields |= {"or_other": True} if draw(st.booleans()) else self._filter()
        if kind == T.SEVERAL:
            fields |= {"max_choices": draw(st.sampled_from([None, 2]))}
        if kind in NUMBERS:
            fields |= {"unit": self._texts(), "valid_if": draw(st.sampled_from(["", ". >= 0 and . < 10 or . = 99"]))}
            fields |= {"valid_message": self._texts(), "default": draw(st.sampled_from(["", "3"]))}
        if kind == T.SCALE:
            fields |= {"start": 1, "end": draw(st.sampled_from([5, 9])), "step": draw(st.sampled_from([1, 2]))}
            fields |= {"low": self._texts(), "high": self._texts()}
        if kind == T.FILE:
            fields |= {"accept": draw(st.sampled_from(["", "image", "audio", "video"]))}
        return fields

    def _filter(self) -> dict[str, Any]:
        return {"choice_filter": self._draw(st.sampled_from(["", "name != 'x'"]))}
