"""Files that were sent as answers: who may fetch one, and how long they are kept."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from samverka.kernel.errors import NotVisible
from samverka.kernel.files import remove_stored
from samverka.kernel.models import StoredFile
from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.reading import definition_of
from samverka.questionnaires.values import id_in

from .blocks import blocks_of
from .holders import Holder
from .models import Answer, Asked

OWNER = "answer"
#: What was replaced, taken away or never handed over is kept so long: after it came, and after the round has closed.
KEPT = timedelta(days=90)


def file_questions(definition: Definition) -> list[Question]:
    """Return the questions that are answered with a file."""
    return [question for question in definition.questions if question.type == QuestionType.FILE]


def file_codes(by: Holder) -> set[str]:
    """Return the codes of the questions that the link opens and that are answered with a file."""
    blocks = by.of(blocks_of(definition_of(by.asked.round.version)))
    return {question.code for block in blocks for question in block.questions() if question.type == QuestionType.FILE}


def file_for_holder(by: Holder, file_id: str) -> StoredFile:
    """Return a file that stands in the form, in the blocks that the link opens, or in what was handed over by the
    holder of the whole form. Raises NotVisible.
    """
    rows = Answer.objects.filter(asked=by.asked, code__in=file_codes(by)).newest()
    there = {id_in(row.value) for row in rows}
    if by.passed is None:
        there |= set(_handed_over(by.asked))
    return _stored(by.asked, file_id, there)


def file_for_desk(asked: Asked, file_id: str) -> StoredFile:
    """Return a file of what was handed over. Raises NotVisible; what is on its way nobody else reads."""
    return _stored(asked, file_id, set(_handed_over(asked)))


def _stored(asked: Asked, file_id: str, there: set[str]) -> StoredFile:
    found = StoredFile.objects.filter(public_id=file_id, owner_kind=OWNER, owner_id=asked.public_id).first()
    if found is None or file_id not in there:
        raise NotVisible
    return found


def _handed_over(asked: Asked) -> Iterator[str]:
    if asked.response is None:
        return
    codes = {question.code for question in file_questions(definition_of(asked.round.version))}
    yield from ids_in(asked.response.answers, codes)


def ids_in(answers: Mapping[str, Any], codes: set[str]) -> Iterator[str]:
    """Yield the ids that stand at those codes in a response, in repeated groups too."""
    for code, value in answers.items():
        if code in codes and id_in(value):
            yield id_in(value)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    yield from ids_in(row, codes)


def purge_files() -> int:
    """Remove the files that no answer holds any more, and those of answers that were never handed over; return how
    many.
    """
    old = StoredFile.objects.filter(owner_kind=OWNER, created_at__lt=timezone.now() - KEPT)
    by_asked: dict[str, list[StoredFile]] = {}
    for stored in old:
        by_asked.setdefault(stored.owner_id, []).append(stored)
    asked = Asked.objects.select_related("round__version", "response").filter(public_id__in=by_asked)
    held = {one.public_id: _held(one) for one in asked}
    gone = [stored for key, rows in by_asked.items() for stored in rows if stored.public_id not in held.get(key, set())]
    for stored in gone:
        remove_stored(stored)
    return len(gone)


def _held(asked: Asked) -> set[str]:
    """Return the files that are to stay: what was handed over, and while the round is open or newly closed what stands
    in the form.
    """
    found, closed = set(_handed_over(asked)), asked.round.closed_at
    if closed is None or closed > timezone.now() - KEPT:
        found |= {id_in(row.value) for row in Answer.objects.filter(asked=asked).newest()}
    return found
