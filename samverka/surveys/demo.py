"""The demo's mapping: a round under way over invented municipalities, a third of which have answered.

The answers are invented too, drawn by a fixed seed from what the questionnaire allows.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from samverka.collaborations.demo import Village, register_demo
from samverka.kernel.search import store_vector
from samverka.organisations.models import Function, Organisation
from samverka.questionnaires.definition import Question
from samverka.questionnaires.engine import Engine
from samverka.questionnaires.enums import NO, UNANSWERED, YES, QuestionType
from samverka.questionnaires.reading import engine_of, published_version
from samverka.questionnaires.values import from_json

from .columns import store_columns
from .enums import AskedState
from .models import Asked, Response, Round
from .sheet import to_document
from .working_days import is_working_day

SLUG, QUESTIONNAIRE = "demo", "offentliga-aktorer"
#: More invented municipalities beside the village's two: name and county. One test looks for them in real registers.
BODIES = {
    "Låtsasköpings kommun": "14", "Övningsås kommun": "14", "Påhittsholms kommun": "12", "Testeryds kommun": "06",
    "Provbergs kommun": "25", "Fantasiviks kommun": "24", "Ångprovs kommun": "23", "Skenstads kommun": "01",
    "Mönsterlunda kommun": "12", "Attrappsjö kommun": "07",
}  # fmt: skip
#: Every third has answered; the others are as far as these, by turns.
_STATES = (AskedState.BEGUN, AskedState.INVITED, AskedState.OPENED, AskedState.INVITED)
_SAMPLE_TEXTS = {"kontakt": "Kansliet", "effekt": "Tiderna i simhallen ändrades."}


@register_demo
def build_survey(village: Village) -> None:
    """Make the demo's round, once; nothing where the questionnaire is not loaded."""
    version = published_version(QUESTIONNAIRE)
    if version is None or Round.objects.filter(slug=SLUG).exists():
        return
    found = _round(version)
    chance, engine = random.Random(2027), engine_of(version)  # noqa: S311  # nosec B311 - the same each time
    first = [village.organisations[name] for name in ("Exempelby kommun", "Provstads kommun")]
    for number, body in enumerate([*first, *(_body(name, county) for name, county in BODIES.items())]):
        state = AskedState.HANDED_OVER if number % 3 == 2 else _STATES[number % len(_STATES)]
        asked = _asked(found, body, state)
        if state == AskedState.HANDED_OVER:
            _answer(asked, _with_calculated(engine, invented_answers(engine, chance)))
    Round.objects.filter(pk=found.pk).update(revision=1)
    found.refresh_from_db()
    store_columns(round=found)


def _round(version: Any) -> Round:
    """Return an open round that closes in five weeks, on a working day."""
    closes_on = timezone.localdate() + timedelta(days=35)
    while not is_working_day(closes_on):
        closes_on += timedelta(days=1)
    made: Round = Round.objects.create(
        slug=SLUG, version=version, title="Så samverkar ni (exempel med påhittade kommuner)", closes_on=closes_on,
        opened_at=timezone.now() - timedelta(days=14), sender="Exempelmyndigheten", diary_number="0531/27",
        consulted_with="Kommunernas exempelförbund", contact_name="Anna Analyssson",
        contact_email="anna.analyst@samverka.example", contact_phone="0123-456 70, vardagar 9–12",
        at_hand="Förteckningen över era avtal med föreningar\nBudgeten för föreningsstöd\nNamnet på er samordnare",
    )  # fmt: skip
    return made


def _body(name: str, county: str) -> Organisation:
    body, created = Organisation.objects.get_or_create(
        name=name, invented=True, defaults={"kind": "municipality", "county_id": county}
    )
    if created:
        store_vector(body)
        office = f"registrator@{body.slug.removesuffix('-kommun')}.example"
        Function.objects.create(organisation=body, kind="registrar", email=office, phone="0123-000 00")
    return body


def _asked(found: Round, body: Organisation, state: AskedState) -> Asked:
    invited = timezone.now() - timedelta(days=13)
    times: dict[str, Any] = {"invited_at": invited}
    if state != AskedState.INVITED:
        times["opened_at"] = invited + timedelta(days=2)
    if state in {AskedState.BEGUN, AskedState.HANDED_OVER}:
        times["begun_at"] = invited + timedelta(days=2)
    if state == AskedState.HANDED_OVER:
        times |= {"handed_over_at": invited + timedelta(days=6), "handed_over_by": "En påhittad samordnare"}
    office = body.functions.filter(withdrawn_at=None, unit=None).first()
    asked: Asked = Asked.objects.create(
        round=found, organisation=body, function="registrar", email=office.email if office else "",
        phone=office.phone if office else "", language=settings.LANGUAGE_CODE, state=state, **times,
    )  # fmt: skip
    return asked


def _answer(asked: Asked, answers: dict[str, Any]) -> None:
    asked.response = Response.objects.create(
        round=asked.round, respondent=asked.organisation.public_id, organisation=asked.organisation, answers=answers,
        received_on=timezone.localdate(asked.handed_over_at),
    )  # fmt: skip
    asked.save(update_fields=["response"])


def invented_answers(engine: Engine, chance: random.Random) -> dict[str, Any]:
    """Return answers, as a response keeps them, to the questions that are shown; none in repeated groups."""
    definition, answers, today = engine.definition, dict[str, Any](), timezone.localdate()
    for placed in definition.placed:
        question = placed.item
        if not isinstance(question, Question) or question.type in UNANSWERED or placed.repeat:
            continue
        shown = engine.evaluate(_as_asked(engine, answers), today=today).shown
        if (question.code, None) in shown and (said := _invented(engine, question, chance)) is not None:
            answers[question.code] = said
    return answers


def _with_calculated(engine: Engine, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers as handing over keeps them: with what is calculated from them."""
    return to_document(engine.definition, engine.evaluate(_as_asked(engine, answers), today=timezone.localdate()))


def _as_asked(engine: Engine, answers: dict[str, Any]) -> dict[str, Any]:
    return {code: from_json(engine.definition.by_code[code].item, kept) for code, kept in answers.items()}  # type: ignore[arg-type]


def _invented(engine: Engine, question: Question, chance: random.Random) -> Any:
    if question.dont_know and chance.random() < 0.08:
        return {"no": "dont_know"}
    draw = _DRAWN.get(question.type)
    return draw(engine, question, chance) if draw else _SAMPLE_TEXTS.get(question.code)


def _several(engine: Engine, question: Question, chance: random.Random) -> list[str]:
    values = [option.value for option in engine.definition.options(question) if not option.exclusive]
    return sorted(chance.sample(values, min(len(values), chance.randint(1, question.max_choices or 3))))


def _whole(_engine: Engine, question: Question, chance: random.Random) -> str:
    """Return a number; a year where the question takes years."""
    return str(chance.randint(2018, 2026) if "1970" in question.valid_if else chance.randint(0, 12))


_DRAWN: dict[QuestionType, Callable[[Engine, Question, random.Random], Any]] = {
    QuestionType.YES_NO: lambda _engine, _question, chance: YES if chance.random() < 0.6 else NO,
    QuestionType.ONE: lambda engine, question, chance: chance.choice(engine.definition.options(question)).value,
    QuestionType.SEVERAL: _several,
    QuestionType.INTEGER: _whole,
    QuestionType.DECIMAL: lambda _engine, _question, chance: chance.choice(["0.5", "1", "1.5", "2"]),
    QuestionType.SCALE: lambda _engine, question, chance: str(chance.randint(question.start or 1, question.end or 5)),
}
