"""A questionnaire that asks for organisations of the register and for a file, and organisations to name."""

from samverka.organisations.models import Organisation
from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.enums import QuestionType as T
from samverka.questionnaires.enums import SectionKind
from tests.questionnaires.forms import EN, SV


def partners(*more: Question) -> Definition:
    """Ask with whom, once and row by row; and what else is given."""
    rows = (Question("motpart", T.ORGANISATION, {"sv": "Med vem?"}), Question("belopp", T.MONEY, {"sv": "Belopp"}))
    block = (
        Question("framst", T.ORGANISATION, {"sv": "Vem främst?"}, dont_know=True),
        Section("avtal", SectionKind.REPEAT, {"sv": "Avtal"}, items=rows), *more,
    )  # fmt: skip
    return Definition(
        title={"sv": "Prov"}, languages=(SV, EN), items=(Section("b1", label={"sv": "Parter"}, items=block),)
    )


def association(name: str = "Exempelby byalag", **facts: object) -> Organisation:
    """Return an association of the register."""
    return Organisation.objects.create(name=name, kind="association", invented=True, **facts)


def named(organisation: Organisation) -> dict[str, str]:
    """Return the kept answer that names it."""
    return {"id": organisation.public_id, "name": organisation.name}
