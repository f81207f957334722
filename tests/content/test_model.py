"""Samverka's own model is whole: what its skeleton and the issue's Shows 4 ask of every step."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from samverka.kernel.readability import readability
from samverka.processes.content import folder, read_model
from samverka.processes.enums import FieldKind, LeavesKind, SocietyLevel
from samverka.processes.reference import answers

MODEL = read_model(folder() / "samverka")
STEPS: list[dict[str, Any]] = [step for phase in MODEL.phases for step in phase["steps"]]
SHORT_PATH = ["1.1", "1.3", "2.2", "2.5", "3.2", "3.3", "4.2", "4.5", "5.3", "6.1", "7.1"]
#: The numbers of the complaints that each step answers, from the skeleton.
SKELETON = {
    "1.1": {16}, "1.2": {4, 19, 20}, "1.3": {8, 9}, "1.4": {12, 15},
    "2.1": {5, 6, 15}, "2.2": {1, 18}, "2.3": {10, 22, 23}, "2.4": {5}, "2.5": {1, 2},
    "3.1": {16, 22}, "3.2": {3, 14}, "3.3": {11}, "3.4": {7, 8},
    "4.1": {12, 15}, "4.2": {11}, "4.3": {17, 20, 22}, "4.4": {22, 23}, "4.5": {3, 12, 13},
    "5.1": {11, 12}, "5.2": {11, 14}, "5.3": {7}, "5.4": {22, 23}, "5.5": {1, 2, 21},
    "6.1": {11, 14}, "6.2": {14, 26}, "6.3": {16, 22}, "6.4": {5, 6, 10}, "6.5": {24},
    "7.1": {13, 17}, "7.2": {3, 11}, "7.3": {1, 2}, "7.4": {13}, "7.5": {4, 24},
}  # fmt: skip
every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step["code"])


def words(text: str) -> int:
    return readability([text]).words


def texts(value: Any) -> list[str]:
    """Every text of a part of the model, however deep."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def test_model_has_seven_phases_and_thirty_three_steps() -> None:
    assert [phase["number"] for phase in MODEL.phases] == list(range(1, 8))
    assert [step["code"] for step in STEPS] == list(SKELETON)
    assert len(STEPS) == 33
    assert len({step["slug"] for step in STEPS}) == 33
    assert all(phase["summary"] and len(phase["short_name"]) <= 20 for phase in MODEL.phases)


def test_kinds_of_what_is_left_behind_are_one_for_each_step() -> None:
    assert {step["leaves"]["kind"] for step in STEPS} == set(LeavesKind.values)


def test_short_path_is_the_eleven_steps() -> None:
    assert [step["code"] for step in STEPS if step["short_path"]] == SHORT_PATH
    stops = MODEL.head["short_path"]["stops"]
    assert [code for stop in stops for code in stop["steps"]] == SHORT_PATH
    assert [len(stop["steps"]) for stop in stops] == [6, 2, 1, 2]


@every_step
def test_step_has_all_that_a_step_has(step: dict[str, Any]) -> None:
    assert 20 <= words(step["introduction"]) <= 90
    assert step["question"].count("?") >= 1
    assert 2 <= len(step["follow_ups"]) <= 3
    assert all("?" in question for question in step["follow_ups"])
    assert len(step["tips"]) >= 2
    assert all(words(tip["saying"]) >= 3 and words(tip["goes_wrong"]) >= 5 for tip in step["tips"])
    assert step["deeper"]
    assert all(part["heading"] and words(part["text"]) >= 40 for part in step["deeper"])
    assert step["done_when"].startswith("Ni är klara när ")
    assert 5 <= step["minutes"] <= 90


@every_step
def test_step_leaves_something_structured(step: dict[str, Any]) -> None:
    leaves = step["leaves"]
    assert leaves["label"]
    assert 1 <= len(leaves["fields"]) <= 4
    assert len({field["key"] for field in leaves["fields"]}) == len(leaves["fields"])
    for field in leaves["fields"]:
        assert field["label"]
        assert field["kind"] in FieldKind.values
        assert re.fullmatch(r"[a-z][a-z_]*", field["key"])


@every_step
def test_template_has_lines_to_fill_in(step: dict[str, Any]) -> None:
    if template := step.get("template"):
        assert template["name"]
        assert 4 <= len(template["lines"]) <= 10


@every_step
def test_step_is_easy_to_read(step: dict[str, Any]) -> None:
    running = [step["introduction"], step["question"], *step["follow_ups"], *texts(step["tips"]), step["done_when"]]
    sections = [part["text"] for part in step["deeper"]]
    assert readability([*running, *sections]).lix <= 40
    assert readability([step["introduction"]]).lix <= 40


@every_step
def test_step_is_for_known_levels_of_society(step: dict[str, Any]) -> None:
    assert step["society_levels"]
    assert set(step["society_levels"]) <= set(SocietyLevel.values)


@every_step
def test_step_answers_the_complaints_of_the_skeleton(step: dict[str, Any]) -> None:
    assert set(step["complaints"]) == SKELETON[step["code"]]


def test_every_complaint_is_answered() -> None:
    found = answers()
    assert [answer.number for answer in found] == list(range(1, 28))
    assert not [answer.number for answer in found if not answer.steps and not answer.feature]
    assert all(answer.text for answer in found)


def test_no_two_tips_are_alike() -> None:
    sayings = [tip["saying"].casefold() for step in STEPS for tip in step["tips"]]
    assert len(sayings) == len(set(sayings))


def test_text_claims_nothing_of_others() -> None:
    everything = [*texts(list(MODEL.phases)), *texts(MODEL.head)]
    assert not [text for text in everything if re.search(r"\b(MUCF|SKR|SKL)\b", text)]


def test_text_is_plain() -> None:
    stiff = re.compile(
        r"\b(aktörer\w*|implementera\w*|synergi\w*|i syfte att|verktyg\w*|säkerställ\w*)\b", re.IGNORECASE
    )
    found = [(match.group(), text[:60]) for text in texts(list(MODEL.phases)) if (match := stiff.search(text))]
    assert not found


def test_front_page_quotes_a_tip_of_the_model() -> None:
    front = Path(settings.BASE_DIR, "samverka/web/templates/public/front.html").read_text("utf-8")
    quoted = re.findall(r"”([^”]+)”", front)
    assert quoted
    assert set(quoted) <= {tip["saying"] for step in STEPS for tip in step["tips"]}
