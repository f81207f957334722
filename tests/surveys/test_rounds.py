"""Rounds by command: opened, answers read in, counted."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.models import AuditEntry
from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.surveys import columns
from samverka.surveys.actions import open_round
from samverka.surveys.enums import RoundMode
from samverka.surveys.models import ColumnBlock, Response, Round
from samverka.surveys.tallies import tally
from tests.people import Village
from tests.questionnaires.forms import SV, agreements

pytestmark = pytest.mark.django_db


def _run(name: str, *args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def opened(db: None) -> Round:
    """A round of the questionnaire on agreements."""
    publish_definition(by=None, slug="avtal", definition=agreements())
    return open_round(by=None, slug="2027", questionnaire="avtal")


def _file(folder: Path, text: str, name: str = "svar.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def _import(folder: Path, text: str, **options: Any) -> str:
    return _run("import_responses", "2027", _file(folder, text), **options)


def _tally(**options: Any) -> dict[str, dict[str, Any]]:
    return {one["variable"]: one for one in json.loads(_run("tally", "2027", format="json", **options))}


def _answers() -> list[dict[str, Any]]:
    return list(Response.objects.order_by("pk").values_list("answers", flat=True))


def test_round_is_opened_once_by_those_who_may(village: Village) -> None:
    publish_definition(by=village.anna, slug="avtal", definition=agreements())
    with pytest.raises(NotAllowed):
        open_round(by=village.karin, slug="2027", questionnaire="avtal")
    opened = open_round(by=village.anna, slug="2027", questionnaire="avtal", mode=RoundMode.TEST)
    assert opened.is_test
    with pytest.raises(Refused):
        open_round(by=village.anna, slug="2027", questionnaire="avtal")
    assert AuditEntry.objects.get(action="round.opened").actor_id == village.anna.pk


def test_commands_tell_what_is_missing(opened: Round) -> None:
    assert "Provomgången prov är öppen" in _run("open_round", "prov", questionnaire="avtal", test=True)
    for name, args, options in (
        ("open_round", ["Fel Namn"], {"questionnaire": "avtal"}),
        ("open_round", ["ny"], {"questionnaire": "saknas"}),
        ("import_responses", ["saknas", "x.csv"], {}),
        ("import_responses", ["2027", "/finns/inte.csv"], {}),
        ("tally", ["saknas"], {}),
        ("tally", ["2027"], {"by": "saknas"}),
        ("tally", ["2027"], {"by": "kommun"}),
    ):
        with pytest.raises(CommandError):
            _run(name, *args, **options)


def test_columns_are_read_by_variable_code(opened: Round, tmp_path: Path) -> None:
    told = _import(tmp_path, "kommun;former;i_fjol;plan;okänd\nÖby;Råd, IOP;1 250,5;Ja;x\n;;;not_applicable;\n")
    assert "2 svar" in told
    assert "okänd" in told
    assert _answers() == [
        {"kommun": "Öby", "former": ["rad", "iop"], "i_fjol": "1250.5", "plan": "yes"},
        {"plan": {"no": "not_applicable"}},
    ]


@pytest.mark.parametrize("sign", ["/", ".", "_", ":"])
def test_several_as_columns_of_0_and_1(opened: Round, tmp_path: Path, sign: str) -> None:
    head = ",".join(f"former{sign}{value}" for value in ("rad", "iop", "inget"))
    _import(tmp_path, f"{head}\n1,1,0\n0,0,0\n,,\n0,0,1\nTRUE,FALSE,\n")
    assert _answers() == [{"former": ["rad", "iop"]}, {}, {}, {"former": ["inget"]}, {"former": ["rad"]}]
    found = _tally()["former"]
    assert (found["base"], found["missing"], found["dont_know"]) == (3, 2, 0)
    assert [(option["value"], option["count"], option["share"]) for option in found["options"]] == [
        ("rad", 2, 2 / 3), ("iop", 1, 1 / 3), ("inget", 1, 1 / 3),
    ]  # fmt: skip


def test_repeated_group_in_columns_with_numbers(opened: Round, tmp_path: Path) -> None:
    _import(
        tmp_path, "former,avtal[1]/motpart,avtal[1]/belopp,avtal[2]/motpart,belopp[2]\niop,A,5,B,7\niop,C,,,\niop,,,,\n"
    )
    assert _answers()[0]["avtal"] == [{"motpart": "A", "belopp": "5"}, {"motpart": "B", "belopp": "7"}]
    assert [answers.get("summa") for answers in _answers()] == ["12", None, None]
    found = _tally()
    assert (found["avtal"]["base"], found["avtal"]["missing"], found["avtal"]["mean"]) == (2, 1, 1.5)
    assert (found["belopp"]["base"], found["belopp"]["missing"], found["belopp"]["mean"]) == (2, 1, 6.0)
    each = found["belopp"]["per_respondent"]
    assert (each["base"], each["missing"], each["mean"], each["sd"]) == (1, 2, 12.0, None)
    assert (found["summa"]["base"], found["summa"]["max"]) == (1, 12.0)


def test_respondent_with_several_rows_has_a_row_of_the_group_from_each(opened: Round, tmp_path: Path) -> None:
    _import(tmp_path, "respondent,kommun,former,motpart,belopp\n1480,Öby,iop,A,5\n1481,Åby,,,\n1480,,,B,7\n")
    assert _answers() == [
        {"kommun": "Öby", "former": ["iop"], "summa": "12",
         "avtal": [{"motpart": "A", "belopp": "5"}, {"motpart": "B", "belopp": "7"}]},
        {"kommun": "Åby"},
    ]  # fmt: skip
    with pytest.raises(CommandError, match="har redan svarat"):
        _import(tmp_path, "respondent,kommun\n1480,Öby\n")
    with pytest.raises(CommandError, match="ett annat"):
        _import(tmp_path, "respondent,kommun,motpart\n9,Öby,A\n9,Åby,B\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plan,former\nja,rad\nkanske,okänd\n", "rad 3, plan"),
        ("kommun,i_fjol\nÖby,många\n", "rad 2, i_fjol"),
        ("avtal[1]/belopp\n-1\n", "Skriv ett belopp från 0"),
        ("former/rad,former/inget\n1,1\n", "tillsammans"),
        ("former/rad,former/iop\n1,2\n", "varken 0 eller 1"),
        ("kommun,plan\nÖby\n", "1 celler"),
        ("respondent,kommun\n,Öby\n", "vem som svarar"),
        ("respondent,kommun\na,Öby\na,Åby\n", "rad 2"),
        ("annat,mer\n1,2\n", "Ingen kolumn"),
        ("kommun,kommun\n1,2\n", "samma sak"),
        ("", "Ingen kolumn"),
    ],
)
def test_bad_file_tells_why_and_leaves_nothing(opened: Round, tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CommandError, match=told):
        _import(tmp_path, text)
    assert not Response.objects.exists()
    assert not ColumnBlock.objects.exists()
    opened.refresh_from_db()
    assert opened.revision == 0


def test_wrong_encoding_is_told(opened: Round, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="UTF-8"):
        _run("import_responses", "2027", _file(tmp_path, "kommun\nÖby\n", encoding="latin-1"))


def test_closed_round_takes_no_answers(opened: Round, tmp_path: Path) -> None:
    Round.objects.update(state="closed")
    with pytest.raises(CommandError, match="stängd"):
        _import(tmp_path, "kommun\nÖby\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("karta.yaml", "columns: {Namn: kommun, Finns plan: plan, Id: ''}\nvalues: {plan: {finns: yes, oklart: null}}"),
        ("karta.json", '{"columns": {"Namn": "kommun", "Finns plan": "plan"},'
         ' "values": {"plan": {"finns": "ja", "oklart": null}}}'),
    ],
)  # fmt: skip
def test_mapping_tells_what_columns_and_values_are(opened: Round, tmp_path: Path, name: str, text: str) -> None:
    mapping = _file(tmp_path, text, name)
    _import(tmp_path, "Namn,Finns plan,Id\nÖby,finns,1\nÅby,oklart,2\n", mapping=mapping)
    assert _answers() == [{"kommun": "Öby", "plan": "yes"}, {"kommun": "Åby"}]


def test_mapping_as_a_table_and_its_faults(opened: Round, tmp_path: Path) -> None:
    _import(tmp_path, "Namn\nÖby\n", mapping=_file(tmp_path, "column,variable\nNamn,kommun\n", "karta.csv"))
    assert _answers()[0]["kommun"] == "Öby"
    for name, text in (
        ("fel.csv", "a,b\n1,2\n"),
        ("fel.yaml", "- a"),
        ("fel.json", "{"),
        ("fel2.yaml", "columns: {Borta: kommun}"),
    ):
        with pytest.raises(CommandError):
            _import(tmp_path, "Namn\nÖby\n", mapping=_file(tmp_path, text, name))


def test_tally_can_be_compared_by_a_variable(opened: Round, tmp_path: Path) -> None:
    _import(tmp_path, "plan,former,i_fjol\nja,rad,1\nja,rad iop,3\nnej,dont_know,10\n,iop,\n")
    found = _tally(by="plan")
    groups = {group["value"]: group for group in found["former"]["groups"]}
    assert [(g["base"], g["missing"], g["dont_know"]) for g in groups.values()] == [(2, 0, 0), (0, 0, 1)]
    assert groups["no"]["options"][0]["share"] is None
    assert found["i_fjol"]["groups"][0]["sd"] == pytest.approx(2**0.5)
    assert found["former"]["label"] == "Vilka former?"
    assert _tally(language="en")["former"]["options"][1]["label"] == "Partnership"
    assert "66,7 %  Råd" in _run("tally", "2027", by="plan")


def test_round_without_answers_counts_nothing(opened: Round) -> None:
    found = _tally(by="plan")
    assert all(one["base"] == one["missing"] == 0 for one in found.values())
    assert found["i_fjol"]["mean"] is None


def test_columns_are_made_anew_when_answers_have_changed(opened: Round, tmp_path: Path) -> None:
    _import(tmp_path, "plan\nja\n")
    Response.objects.update(answers={"plan": "no"})
    assert _tally()["plan"]["options"][0]["count"] == 1
    Round.objects.update(revision=9)
    # The round as it was read before the change is no reason to count what was.
    assert tally(opened)[-1].count.options[0].count == 0
    assert set(ColumnBlock.objects.values_list("revision", flat=True)) == {9}
    assert _tally()["plan"]["options"][0]["count"] == 0


def test_many_answers_fill_several_blocks(opened: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "BLOCK", 200)
    _import(tmp_path, "plan,former,avtal[1]/belopp\n" + "ja,iop,2\nnej,rad,\n" * 300)
    assert ColumnBlock.objects.filter(part="").count() == 3
    found = _tally(by="plan")
    assert [option["count"] for option in found["plan"]["options"]] == [300, 300]
    assert [group["base"] for group in found["belopp"]["groups"]] == [300, 0]


def test_questionnaire_with_only_a_repeated_group_counts_its_respondents(db: None, tmp_path: Path) -> None:
    group = Section("barn", SectionKind.REPEAT, items=(Question("namn", QuestionType.TEXT, {"sv": "Namn"}),))
    publish_definition(by=None, slug="barn", definition=Definition({"sv": "T"}, (SV,), (group,)))
    open_round(by=None, slug="2027", questionnaire="barn")
    _import(tmp_path, "barn[1]/namn,barn[2]/namn\nA,B\nC,\n,\n")
    found = _tally()
    assert (found["barn"]["base"], found["barn"]["missing"], found["barn"]["mean"]) == (2, 1, 1.5)
    assert (found["namn"]["base"], found["namn"]["missing"]) == (3, 0)
    assert (found["namn"]["per_respondent"]["base"], found["namn"]["per_respondent"]["missing"]) == (2, 1)


def test_same_respondent_twice_is_refused_by_the_database(opened: Round) -> None:
    from django.utils import timezone

    rows = [Response(round=opened, respondent="a", received_on=timezone.localdate()) for _number in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.bulk_create(rows)


def test_bodies_of_2018_give_the_figures_of_2018(opened: Round, tmp_path: Path) -> None:
    """34 of 192 and 4 of 17 (SOU 2019:56 7.1.4)."""
    rows = [("kommun", place < 34) for place in range(192)] + [("region", place < 4) for place in range(17)]
    lines = "\n".join(f"{kind},{'1,0' if has else '0,1'},{'ja' if kind == 'kommun' else 'nej'}" for kind, has in rows)
    _import(tmp_path, f"kommun,former/iop,former/rad,plan\n{lines}\n")
    groups = _tally(by="plan")["former"]["groups"]
    partnership = [next(o for o in group["options"] if o["value"] == "iop") for group in groups]
    assert [(o["count"], g["base"]) for o, g in zip(partnership, groups, strict=True)] == [(34, 192), (4, 17)]
    assert partnership[0]["share"] == 34 / 192
