from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.organisations import personal_data
from samverka.organisations.models import Claim, Contact, Correction, Membership, TermsAcceptance
from tests.people import Village

pytestmark = pytest.mark.django_db


def test_persons_are_forgotten_in_time(village: Village) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    ours = {"organisation": village.association}
    Contact.objects.create(name="Gammal", role="x", withdrawn_at=long_ago, **ours)
    Contact.objects.create(name="Kvar", role="x", **ours)
    Claim.objects.create(user=village.vera, state="granted", answered_at=long_ago, expires_at=long_ago, **ours)
    waiting = Claim.objects.create(
        user=village.vera, state="asked", expires_at=timezone.now() - timedelta(days=1), message="Hej", **ours
    )
    Correction.objects.create(text="x", reply_email="a@b.se", handled_at=long_ago, **ours)
    Membership.objects.create(user=village.vera, role="member", since=long_ago, granted_by=village.yusuf, **ours)
    assert personal_data.purge_contacts() == 1
    assert personal_data.purge_claims() == 1
    assert personal_data.purge_corrections() == 1
    assert personal_data.purge_unused_roles() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == ("expired", "")
    assert [c.name for c in Contact.objects.all()] == ["Kvar"]


def test_replaced_terms_are_forgotten_after_ten_years(village: Village) -> None:
    def accepted(years: int, **values: object) -> TermsAcceptance:
        at = timezone.now() - timedelta(days=366 * years)
        ours = {"organisation": village.municipality, "accepted_name": "Karin", "accepted_at": at}
        return TermsAcceptance.objects.create(**{**ours, **values})

    old = accepted(20, version=1)
    units_old = accepted(20, version=1, unit=village.committee)
    kept = [
        accepted(11, version=2),  # replaced, but not yet for ten years
        accepted(5, version=3),
        accepted(20, version=1, organisation=village.neighbour),  # never replaced
    ]
    assert personal_data.purge_terms() == 2
    left = set(TermsAcceptance.objects.values_list("pk", flat=True))
    assert left == {row.pk for row in kept}
    assert not {old.pk, units_old.pk} & left
