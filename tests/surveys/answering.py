"""A round that is open, and those who are asked in it."""

from typing import Any

from django.utils import timezone

from samverka.organisations.models import Organisation
from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.definition import Definition
from samverka.questionnaires.models import Version
from samverka.questionnaires.reading import published_version
from samverka.surveys.actions import Change, Saved, save_answers
from samverka.surveys.holders import Holder
from samverka.surveys.kept import OUTSIDE
from samverka.surveys.models import Answer, Asked, Round

SHIPPED = "offentliga-aktorer"


def version_of(definition: Definition) -> Version:
    """Publish a definition; return its version."""
    return publish_definition(by=None, slug="prov", definition=definition).version


def open_round(version: Version | None = None, slug: str = "2027", **facts: Any) -> Round:
    """Return an open round of a version, of the shipped questionnaire unless given."""
    found = version or published_version(SHIPPED)
    told = {"state": "open", "opened_at": timezone.now(), "title": "Kartläggning 2027", "sender": "Exempelmyndigheten"}
    return Round.objects.create(slug=slug, version=found, **{**told, **facts})


def asked_in(found: Round, organisation: Organisation | None = None, **facts: Any) -> Asked:
    """Return somebody who is asked in the round: Exempelby kommun unless given."""
    body = organisation or Organisation.objects.create(name="Exempelby kommun", kind="municipality", invented=True)
    told = {"state": "invited", "invited_at": timezone.now(), "email": "registrator@exempelby.example"}
    return Asked.objects.create(round=found, organisation=body, **{**told, **facts})


def holder(asked: Asked, name: str = "Karin") -> Holder:
    """Return the holder of the link as they meet it now: read anew."""
    return Holder(Asked.objects.select_related("round__version", "organisation", "unit").get(pk=asked.pk), name=name)


def save(by: Holder, code: str, value: Any, base: int = 0, row: int = OUTSIDE) -> Saved:
    """Save one answer."""
    return save_answers(by=by, changes=[Change((code, row), base, value)])[0]


def values(asked: Asked, code: str, row: int = OUTSIDE) -> list[Any]:
    """Return every value that a place has had, oldest first."""
    rows = Answer.objects.filter(asked=asked, code=code, row=row).order_by("version")
    return list(rows.values_list("value", flat=True))
