"""Minutes, times of day and the pause of an agenda."""

import datetime

import pytest

from samverka.processes.reading import StepView
from samverka.web.public.preparing import agenda
from samverka.web.public.preparing.choice import choose, few, offered, the_model

pytestmark = pytest.mark.django_db


def steps(*codes: str) -> tuple[StepView, ...]:
    return choose(the_model(), codes).steps


def test_agenda_adds_up_to_the_models_minutes_and_what_goes_round_them() -> None:
    chosen = steps("1.1", "1.3")
    made = agenda.make_agenda(chosen)
    assert made.minutes == sum(step.minutes for step in chosen) + agenda.AROUND
    assert [item.step.code for item in made.items if item.step] == ["1.1", "1.3"]
    assert made.ends is None


def test_times_of_day_follow_each_other_over_midnight() -> None:
    made = agenda.make_agenda(steps("1.1"), datetime.time(23, 40))
    assert [item.starts for item in made.items if item.starts][:2] == [datetime.time(23, 40), datetime.time(23, 50)]
    assert made.ends == datetime.time(0, 30)


def test_long_meeting_has_one_pause_in_the_middle() -> None:
    made = agenda.make_agenda(steps("1.1", "1.3", "2.2", "3.2"))
    pauses = [place for place, item in enumerate(made.items) if not item.step and item.minutes == agenda.PAUSE][1:2]
    headings = [item.heading for item in made.items]
    assert headings.count("Paus") == 1
    assert pauses == [headings.index("Paus")]
    assert 1 < headings.index("Paus") < 5


@pytest.mark.parametrize("code", ["6.2", "1.1"])
def test_single_question_has_no_pause(code: str) -> None:
    assert "Paus" not in {item.heading for item in agenda.make_agenda(steps(code)).items}


def test_offer_is_the_first_meeting_of_the_short_path() -> None:
    model = the_model()
    assert [step.code for step in offered(model).steps] == ["1.1", "1.3", "2.2", "2.5", "3.2", "3.3"]
    assert len(few(model).steps) == 3


@pytest.mark.parametrize(("minutes", "short"), [(45, "45 min"), (60, "1 tim"), (145, "2 tim 25 min"), (0, "0 min")])
def test_length_of_time_is_said_in_short(minutes: int, short: str) -> None:
    assert agenda.in_short(minutes) == short
