"""Answers that name an organisation of the register: how they are kept, counted and given out."""

from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from samverka.questionnaires.engine import Engine
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.values import Named, as_value, from_json, to_json
from samverka.questionnaires.xlsform import read_workbook, write_workbook
from samverka.surveys.actions import add_responses, hand_over
from samverka.surveys.codebook import code_book
from samverka.surveys.models import Response, Round
from samverka.surveys.named import named_organisations
from samverka.surveys.offers import offers_of
from samverka.surveys.open_data import write_rounds
from samverka.surveys.sheet import sheet_of
from samverka.surveys.tallies import tally
from tests.surveys.answering import asked_in, holder, open_round, save, version_of
from tests.surveys.naming import association, named, partners

pytestmark = pytest.mark.django_db


def _answered(*answers: dict[str, object]) -> Round:
    found = open_round(version_of(partners()), closes_on=None)
    for number, told in enumerate(answers):
        Response.objects.create(
            round=found, respondent=str(number), answers=told, received_on=timezone.localdate(),
            organisation=association(f"Provby {number}"),
        )  # fmt: skip
    return found


def test_organisation_is_kept_with_its_id_and_the_name_it_had() -> None:
    question = partners().by_code["framst"].item
    kept = {"id": "abc", "name": "Byalaget"}
    answer = from_json(question, kept)  # type: ignore[arg-type]
    assert answer == Named("Byalaget", "abc")
    assert (to_json(answer), as_value(answer)) == (kept, "Byalaget")
    assert from_json(question, "Byalaget") == "Byalaget"  # type: ignore[arg-type]


def test_conditions_read_the_name() -> None:
    engine = Engine(partners())
    found = engine.evaluate({"framst": Named("Byalaget", "abc")}, today=timezone.localdate())
    assert engine.piped({"sv": "Om ${framst}"}, engine.scope(found, today=timezone.localdate()), "sv") == "Om Byalaget"


def test_workbook_keeps_the_type(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with (tmp_path / "ut.xlsx").open("wb") as file:
        write_workbook(partners(), file)
    again = read_workbook(tmp_path / "ut.xlsx").definition
    assert again == partners()
    assert again.by_code["motpart"].item.type == QuestionType.ORGANISATION  # type: ignore[union-attr]


def test_answers_are_counted_by_organisation_and_what_was_typed_is_not_named() -> None:
    one, other = association("Alfa"), association("Beta")
    found = _answered(
        {"framst": named(one), "avtal": [{"motpart": named(one)}, {"motpart": named(other)}]},
        {"framst": named(one), "avtal": [{"motpart": "Hemliga klubben"}]},
        {"framst": {"no": "dont_know"}},
        {"framst": "Hemliga klubben"},
    )
    told = {one.variable: one for one in tally(found)}
    count = told["framst"].count
    assert (count.base, count.missing, count.no_answers["dont_know"]) == (3, 0, 1)
    assert [(option.value, option.label, option.count) for option in count.options] == [(one.public_id, "Alfa", 2)]
    assert {option.label: option.count for option in told["motpart"].count.options} == {"Alfa": 1, "Beta": 1}
    first, rows = named_organisations(found)
    assert ([name for _id, name, _n in first.named], first.others) == (["Alfa"], 1)
    assert ({name for _id, name, _n in rows.named}, rows.others) == ({"Alfa", "Beta"}, 1)


def test_protected_organisation_is_counted_and_never_named() -> None:
    shelter = association("Kvinnojouren", protected=True)
    found = _answered({"framst": named(shelter)})
    assert {one.variable: one.count for one in tally(found)}["framst"].options == ()
    assert [(one.named, one.others) for one in named_organisations(found)] == [((), 1), ((), 0)]
    file = BytesIO()
    write_rounds([found], format="csv", file=file)
    assert "Kvinnojouren" not in file.getvalue().decode("utf-8-sig")
    assert shelter.public_id not in file.getvalue().decode("utf-8-sig")


def test_open_data_has_id_and_name_of_the_register_and_nothing_typed() -> None:
    one, other = association("Alfa"), association("Beta")
    found = _answered({"framst": named(one), "avtal": [{"motpart": named(one)}, {"motpart": named(other)}]},
                      {"framst": "Hemliga klubben"})  # fmt: skip
    file = BytesIO()
    write_rounds([found], format="csv", file=file)
    text = file.getvalue().decode("utf-8-sig")
    assert "framst/id,framst/namn,motpart/id,motpart/namn" in text.splitlines()[0]
    assert f"{one.public_id},Alfa,{one.public_id}; {other.public_id},Alfa; Beta" in text
    assert "Hemliga" not in text
    assert [one.question.code for one in code_book(found, "sv")] == ["framst", "motpart"]


def test_last_rounds_organisation_is_offered_and_handed_over() -> None:
    one, version = association("Alfa"), version_of(partners())
    earlier = open_round(version, slug="2025", state="closed")
    asked = asked_in(open_round(version, previous=earlier))
    before = asked_in(earlier, asked.organisation)
    before.response = Response.objects.create(
        round=earlier, respondent="a", organisation=asked.organisation, received_on=timezone.localdate(),
        answers={"framst": named(one), "avtal": [{"motpart": named(one), "belopp": "5"}]},
    )  # fmt: skip
    before.save()
    offered = offers_of(holder(asked).asked, sheet_of(holder(asked).asked)).by_code
    assert offered["framst"].values == {("framst", -1): named(one)}
    assert offered["avtal"].values["motpart", 0] == named(one)
    save(holder(asked), "framst", named(one))
    assert hand_over(by=holder(asked)).response.answers == {"framst": named(one)}


def test_import_reads_a_name_as_it_is_written() -> None:
    found = open_round(version_of(partners()))
    add_responses(by=None, round_id=found.pk, responses=[("a", '{"framst":"Byalaget"}')])
    said = StringIO()
    call_command("tally", found.slug, "--format", "json", stdout=said)
    assert '"base": 1' in said.getvalue()
    assert "Byalaget" not in said.getvalue()
