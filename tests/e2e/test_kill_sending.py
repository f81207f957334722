"""kill -9 in the middle of a sending: nobody gets the mail twice, and nobody is forgotten (`python -m bench.kill`)."""

from pathlib import Path

from bench.kill import installation, once


def test_a_killed_sending_reaches_everybody_once(tmp_path: Path) -> None:
    with installation(tmp_path) as (made, taken):
        outcome = once(made, taken, 3000, seed=7, kills=3)
    assert not outcome.wrong, str(outcome)
    assert len(set(outcome.killed)) == 3, "every part was killed"
    assert outcome.states.get("uncertain", 0) < 100
