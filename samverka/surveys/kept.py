"""Answers on the way as they are kept, one value a place.

What was typed and is no answer to its question is kept as {"typed": [text, …], "beside": "dont_know"}, so that nothing
typed is lost; it never counts. For a repeated group the value at its own code is the list of its rows' numbers, which
are never used again.
"""

from collections.abc import Sequence
from typing import Any

from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.values import CHOSEN, Answer, AnswerFault, AnswerReader, from_json, to_json

#: (code, row's number); -1 outside of repeated groups.
Place = tuple[str, int]
OUTSIDE = -1
MOST_ROWS = 50
LONGEST_OTHER = 500


def to_kept(definition: Definition, question: Question, texts: Sequence[str], no: str) -> Any:
    """Return what is kept of what a form says in answer to a question."""
    try:
        return to_json(AnswerReader(definition, question).read_form(texts, no))
    except AnswerFault:
        return {"typed": [text.replace("\x00", "") for text in texts], "beside": no}


def is_faulty(value: Any) -> bool:
    """Return whether a kept value is what was typed, and no answer."""
    return isinstance(value, dict) and "typed" in value


def answer_in(question: Question, value: Any) -> Answer:
    """Return the answer in a kept value; None for what is none."""
    return None if is_faulty(value) else from_json(question, value)


def texts_in(value: Any) -> tuple[list[str], str]:
    """Return what a form shows of a kept value: the texts typed or ticked, and what was said instead. Beside a name
    stands what it stands for.
    """
    match value:
        case None:
            return [], ""
        case {"typed": list(texts), "beside": str(no)}:
            return list(texts), no
        case {"no": str(no)}:
            return [], no
        case {"id": str(key), "name": str(name)}:
            return [name, f"{CHOSEN}{key}"], ""
        case list():
            return list(value), ""
    return [str(value)], ""


def fault_in(definition: Definition, question: Question, value: Any) -> str:
    """Return why a kept value is no answer, in the language that is active; "" where it is one."""
    if not is_faulty(value):
        return ""
    try:
        AnswerReader(definition, question).read_form(*texts_in(value))
    except AnswerFault as fault:
        return str(fault)
    return ""
