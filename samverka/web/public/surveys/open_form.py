"""A form that the server keeps nothing of: what is typed goes with the page, from block to block, until it is sent.

Beside the answers stand `block`, the block on the page; `on_page`, the questions that it showed; `key`, a random key
with the time it was given out, signed; and `hemsida`, which nobody sees and only a machine fills in.
"""

import datetime
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from samverka.kernel.personal_numbers import mentions
from samverka.questionnaires.definition import Question, Section
from samverka.questionnaires.engine import REQUIRED, Engine, Problem
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.reading import engine_of
from samverka.surveys.blocks import Block, blocks_of
from samverka.surveys.models import Round
from samverka.web.components.questionnaire import FormMaker, QuestionField, SectionPart, faults_of
from samverka.web.components.typed_answers import Typed, read_typed
from samverka.web.components.words import language

from .answer_form import today

SALT = "surveys.open"
#: Nobody answers a questionnaire faster than this.
FASTEST = datetime.timedelta(seconds=10)
TRAP = "hemsida"
_TEXTS = {QuestionType.TEXT, QuestionType.LONG_TEXT}


def new_key() -> str:
    """Return a key for one form, signed with the time; the server does not keep it."""
    return signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(18))


def is_too_fast(key: str) -> bool:
    """Return whether the form was given out just now."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(key, max_age=FASTEST)
    except signing.SignatureExpired:
        return False
    except signing.BadSignature:
        return True
    return True


def is_ours(key: str) -> bool:
    """Return whether we gave out the key."""
    try:
        return bool(signing.TimestampSigner(salt=SALT).unsign(key))
    except signing.BadSignature:
        return False


@dataclass
class OpenForm:
    """A questionnaire with what was sent of it."""

    engine: Engine
    typed: Typed
    posted: QueryDict

    @property
    def find(self) -> str:
        """The look-up whose button was pressed, by name."""
        what, _sign, name = self.posted.get("do", "").partition(":")
        return name if what == "find" else ""

    @cached_property
    def language(self) -> str:
        """The reader's language, or the questionnaire's own where it has no such words."""
        known = {found.code for found in self.engine.definition.languages}
        return language() if language() in known else self.engine.definition.language

    @cached_property
    def maker(self) -> "OpenMaker":
        """What makes the form."""
        maker = OpenMaker(self.engine, self.typed, language=self.language, today=today(), checked=True)
        maker.find = self.find
        return maker

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that are shown, in order."""
        shown = self.maker.outcome.shown
        found = blocks_of(self.engine.definition)
        return [block for block in found if not block.section or (block.section, None) in shown]

    def block(self, code: str) -> Block | None:
        """Return the block with that code, if it is shown."""
        return next((block for block in self.blocks if block.code == code), None)

    def parts(self, block: Block) -> tuple[Any, ...]:
        """Return what a block shows, in order."""
        return self.maker.parts_of(block.items)

    def carried(self, shown: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
        """Yield (name, text) of everything typed that has no field among the parts shown."""
        here = set(_names(shown))
        for name, texts in self.typed.texts.items():
            if name not in here:
                for text in texts:
                    yield name, text
        for group in _groups(self.engine):
            name = f"{group.code}:rows"
            rows = self.typed.answers.get(group.code)
            if name not in here and isinstance(rows, list) and name in self.posted:
                yield name, str(len(rows))

    def careful(self, block: Block) -> list[tuple[str, str]]:
        """Return (id, question) where a text of the block may hold a personal identity number."""
        if self.posted.get("keep_numbers"):
            return []
        texts = {question.code: question for question in block.questions() if question.type in _TEXTS}
        return [
            (f"q_{name.replace(':', '_')}", self.maker.definition.text(texts[code].label, self.language))
            for name, typed in self.typed.texts.items()
            if (code := name.rpartition(":")[2]) in texts and any(mentions(text) for text in typed)
        ]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return not any(self.typed.texts.values())

    def faults(self, block: Block) -> list[tuple[str, str]]:
        """Return (id, words) of what is wrong in a block."""
        return faults_of(self.parts(block))


def open_form_of(found: Round, posted: QueryDict) -> OpenForm:
    """Return the form of a round with what was sent."""
    engine = engine_of(found.version)
    return OpenForm(engine, read_typed(engine.definition, posted), posted)


def names_on(shown: tuple[Any, ...]) -> str:
    """Return the names of the questions shown, with spaces between."""
    return " ".join(sorted(name for name in _names(shown) if not name.endswith((":no", ":rows", "_other"))))


def _names(parts: tuple[Any, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, SectionPart):
            yield from _names(part.parts)
            for row in part.rows:
                yield from _names(row)
            if part.is_repeat:
                yield f"{part.id}:rows"
        elif part.kind not in {"note", "file"}:
            yield from (part.name, f"{part.name}:no")
            if part.other is not None:
                yield f"{part.name}_other"


def _groups(engine: Engine) -> Iterator[Section]:
    for placed in engine.definition.placed:
        if isinstance(placed.item, Section) and placed.item.kind == SectionKind.REPEAT:
            yield placed.item


class OpenMaker(FormMaker):
    """Says what is wrong with what is answered, and nothing of what is not answered. Takes no files."""

    def piped(self, texts: Any) -> str:
        """Return a text outside of repeated groups."""
        return self._piped(texts, self._engine.scope(self.outcome, today=self._today))

    def _question(self, question: Question, row: int | None) -> QuestionField:
        made = super()._question(question, row)
        if question.type != QuestionType.FILE:
            return made
        return replace(made, kind="note", label=f"{made.label} {_('Filer tas inte emot här.')}")

    def _problems(self, problems: Any) -> None:
        answered: list[Problem] = [problem for problem in problems if problem.kind != REQUIRED]
        super()._problems(answered)
