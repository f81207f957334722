from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.organisations import personal_data
from samverka.organisations.models import Claim, Contact, Correction, Membership
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
