"""The people of the tests, by name.

Karin coordinates at Exempelby kommun (administrator), Kim works there for Fritidsnämnden only, Rut is its registrar.
Yusuf is treasurer of Exempelby byalag (administrator), Fatima its member. Olle acts for Grannby kommun, an outsider.
Hanna is host administrator, Eva editor, Anna analyst. Vera is signed in and acts for nobody.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from samverka.accounts.models import User
from samverka.collaborations.models import Collaboration, Party
from samverka.organisations.models import ActivityField, Function, Membership, Organisation, TermsAcceptance, Unit
from samverka.processes.reading import SHIPPED, published_model


@dataclass
class Village:
    """Everything that the named people act for."""

    municipality: Organisation
    committee: Unit
    association: Organisation
    neighbour: Organisation
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        # While it is unpickled it has no people yet.
        if name.startswith("__") or name == "people":
            raise AttributeError(name)
        return self.people[name]


def person(name: str, **fields: Any) -> User:
    """Return a person who signs in with name@example.se."""
    return User.objects.create_user(f"{name.lower()}@example.se", name=f"{name} Provsson", **fields)


def _people() -> dict[str, User]:
    people = {name: person(name.title()) for name in ("karin", "kim", "rut", "yusuf", "fatima", "olle", "vera")}
    people["hanna"] = person("Hanna", host_roles=["host_administrator"])
    people["eva"] = person("Eva", host_roles=["editor"])
    people["anna"] = person("Anna", host_roles=["analyst"])
    return people


@pytest.fixture
def village(db: None) -> Village:
    """An invented municipality with one committee, an association, a neighbour, and their people."""
    return build_village()


def build_village() -> Village:
    """Make the village; for tests that bring their own database."""
    municipality = Organisation.objects.create(name="Exempelby kommun", kind="municipality", invented=True)
    committee = Unit.objects.create(organisation=municipality, name="Fritidsnämnden", kind="committee")
    association = Organisation.objects.create(name="Exempelby byalag", kind="association", invented=True)
    neighbour = Organisation.objects.create(name="Grannby kommun", kind="municipality", invented=True)
    Function.objects.create(organisation=municipality, kind="registrar", email="registrator@exempelby.example")
    people = _people()
    grant = Membership.objects.create
    grant(user=people["karin"], organisation=municipality, role="administrator")
    grant(user=people["kim"], organisation=municipality, unit=committee, role="member")
    grant(user=people["rut"], organisation=municipality, role="registrar")
    grant(user=people["yusuf"], organisation=association, role="administrator")
    grant(user=people["fatima"], organisation=association, role="member")
    grant(user=people["olle"], organisation=neighbour, role="administrator")
    return Village(municipality, committee, association, neighbour, people)


def accept_terms(organisation: Organisation, by: User) -> TermsAcceptance:
    """Let the body have accepted the terms: without that it shares nothing."""
    return TermsAcceptance.objects.create(
        version=1, provider="Exempelmyndigheten", accepted_by=by, accepted_name=by.name,
        accepted_role="Förvaltningschef", organisation=organisation,
    )  # fmt: skip


@dataclass
class Together:
    """A collaboration under way between the municipality and the association."""

    village: Village
    collaboration: Collaboration
    public_party: Party
    civil_party: Party


@pytest.fixture
def together(village: Village) -> Together:
    """Exempelby kommun and Exempelby byalag have begun something together."""
    return build_together(village)


def build_together(village: Village) -> Together:
    """Make the collaboration; for tests that bring their own database."""
    from django.utils import timezone

    model = published_model(SHIPPED)
    assert model is not None
    collaboration = Collaboration.objects.create(
        title="Läxhjälp på tre språk", purpose="Fler barn ska få hjälp.", state="active", created_by=village.karin,
        model_version_id=model.pk,
    )  # fmt: skip
    accept_terms(village.municipality, village.karin)
    now = timezone.now()
    joined = {"collaboration": collaboration, "state": "active", "joined_at": now}
    public_party = Party.objects.create(organisation=village.municipality, contact=village.karin, **joined)
    civil_party = Party.objects.create(organisation=village.association, contact=village.yusuf, **joined)
    return Together(village, collaboration, public_party, civil_party)


def make_sensitive(together: Together) -> None:
    """Let the collaboration stand in a field where texts come near single persons (users.md R10)."""
    together.collaboration.fields.add(ActivityField.objects.filter(sensitive=True)[0])
