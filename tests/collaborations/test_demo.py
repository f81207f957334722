"""The demo: loads once, marks all as invented, shows each stage, and takes nobody's name."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from samverka.accounts.models import User
from samverka.collaborations.demo import load_demo
from samverka.collaborations.demo.village import ORGANISATIONS
from samverka.collaborations.models import Collaboration, Commitment, PhaseConfirmation, StepChange
from samverka.kernel.errors import Refused
from samverka.organisations.models import Organisation
from tests.real_data import REGISTER, needs_real_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_localhost(settings: Any) -> None:
    """The test client's own host would count as reachable."""
    settings.ALLOWED_HOSTS = ["localhost"]


def counts() -> dict[str, int]:
    kinds: tuple[type[Model], ...] = (Collaboration, Commitment, StepChange, Organisation, User, PhaseConfirmation)
    return {kind.__name__: kind._default_manager.count() for kind in kinds}


def test_loading_again_changes_nothing() -> None:
    first_sign_ins = load_demo()
    first = counts()
    assert [person.email for person in load_demo()] == [person.email for person in first_sign_ins]
    assert counts() == first


def test_everything_is_marked_as_invented() -> None:
    before = set(Organisation.objects.values_list("pk", flat=True))
    load_demo()
    assert not Organisation.objects.exclude(pk__in=before).filter(invented=False).exists()
    assert not Collaboration.objects.filter(invented=False).exists()


def test_stages_and_forms_differ() -> None:
    load_demo()
    made = Collaboration.objects.all()
    assert {one.state for one in made} == {"preparing", "invited", "active", "ended"}
    assert len({tuple(one.forms) for one in made}) >= 4
    assert made.filter(recorded_later=True).count() == 1
    most = max(one.parties.filter(state="active").count() for one in made)
    assert most == 5


def test_every_persona_can_sign_in() -> None:
    who = " ".join(str(person.who) for person in load_demo())
    for persona in ("Samordnare", "Kassör", "Registrator", "Beslutsfattare", "Redaktör", "Analytiker", "administratör"):
        assert persona in who


def test_demo_is_not_loaded_where_a_name_is_somebodys() -> None:
    Organisation.objects.create(name="exempelby Byalag", kind="association")
    with pytest.raises(Refused, match="finns i registret"):
        load_demo()


@needs_real_data
@pytest.mark.parametrize("name", list(ORGANISATIONS))
def test_invented_name_is_in_no_real_register(name: str) -> None:
    said: Callable[[str], str] = lambda text: " ".join(text.casefold().split())  # noqa: E731
    for path in REGISTER.glob("*.jsonl"):
        with path.open(encoding="utf-8") as rows:
            assert all(said(json.loads(row).get("name") or "") != said(name) for row in rows if row.strip())
