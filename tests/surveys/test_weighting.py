"""Weighting a sample by command: what is taken, and what is refused."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.models import AuditEntry
from samverka.surveys.actions import set_strata
from samverka.surveys.models import Round, Stratum
from samverka.surveys.weighting import Sampled, estimate
from tests.people import Village

from .test_results import _associations

pytestmark = pytest.mark.django_db


def _weight(path: Path, **options: str) -> str:
    out = StringIO()
    call_command("weight_responses", "foreningar", path, stdout=out, source="Urvalsramen", **options)
    return out.getvalue()


def test_sample_is_weighted_by_command(tmp_path: Path) -> None:
    found = _associations([("a", "yes")] * 10 + [("b", "no")] * 10)
    path = tmp_path / "ram.csv"
    path.write_text("value,population\na,300\nb,100\n", encoding="utf-8")
    assert "2 grupper" in _weight(path, by="lan")
    assert dict(Stratum.objects.values_list("value", "population")) == {"a": 300, "b": 100}
    assert Round.objects.get(pk=found.pk).revision == found.revision + 1
    assert AuditEntry.objects.get(action="round.weighted").object_id == "foreningar"


@pytest.mark.parametrize(
    ("text", "by"),
    [("value,population\nx,300\n", "lan"), ("value,population\na,0\n", "lan"), ("a,b\n1,2\n", "lan"),
     ("value,population\na,många\n", "lan"), ("value,population\na,300\n", "saknas")],
)  # fmt: skip
def test_wrong_population_is_refused_with_its_reason(tmp_path: Path, text: str, by: str) -> None:
    _associations([("a", "yes")])
    path = tmp_path / "ram.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        _weight(path, by=by)
    assert not Stratum.objects.exists()


def test_only_analysts_weight_and_only_associations(village: Village) -> None:
    found = _associations([("a", "yes")])
    said = {"variable": "lan", "population": {"a": 10}, "source": "Urvalsramen"}
    with pytest.raises(NotAllowed):
        set_strata(by=village.karin, round_id=found.pk, **said)
    Round.objects.filter(pk=found.pk).update(side="public")
    with pytest.raises(Refused):
        set_strata(by=village.anna, round_id=found.pk, **said)


def test_margin_is_that_of_the_textbook() -> None:
    """A simple random sample of 100 of 1000, half of them yes: 1.96 · √(0.9 · 0.2525 / 100)."""
    found = estimate([Sampled(1000, 100, 0.5, 100 / 99 * 0.25)])
    assert found is not None
    assert (round(found.value, 3), round(found.margin or 0, 4)) == (0.5, 0.0934)
    assert estimate([]) is None
    assert estimate([Sampled(10, 10, 0.5, 0.25)]).margin == 0  # type: ignore[union-attr]
