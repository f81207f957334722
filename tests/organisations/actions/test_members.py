from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

from samverka.accounts.actions import end_account
from samverka.accounts.models import User
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.ratelimit import TooMany
from samverka.organisations.actions import members
from samverka.organisations.models import Membership
from samverka.organisations.queries import acting_for, called, members_of
from tests.people import Village

pytestmark = pytest.mark.django_db


def test_a_role_is_granted_once_and_mailed(village: Village) -> None:
    for _ in range(2):
        members.grant_role(by=village.yusuf, organisation=village.association, user=village.vera, role="deputy")
    assert Membership.objects.filter(user=village.vera).count() == 1
    assert [m.to_address for m in OutboxMessage.objects.filter(kind="role_granted")] == ["vera@example.se"]


@pytest.mark.parametrize("name", ["fatima", "karin", "hanna", "eva", "vera"])
def test_others_do_not_grant_roles(village: Village, name: str) -> None:
    with pytest.raises(NotAllowed):
        members.grant_role(by=village.people[name], organisation=village.association, user=village.vera, role="member")


def test_an_invited_colleague_acts_after_signing_in(village: Village) -> None:
    membership = members.invite_colleague(
        by=village.yusuf, organisation=village.association, email="Sara@Byalag.example", role="member", name="Sara"
    )
    user = User.objects.get(email="sara@byalag.example")
    assert not user.has_usable_password()
    assert acting_for(user, village.association.public_id).memberships == (membership,)
    assert OutboxMessage.objects.get().kind == "colleague_invited"


def test_a_known_person_is_invited_by_the_other_mail(village: Village) -> None:
    village.vera.last_login = timezone.now()
    village.vera.save()
    members.invite_colleague(by=village.yusuf, organisation=village.association, email="VERA@example.se", role="member")
    assert OutboxMessage.objects.get().kind == "role_granted"


def _invite(village: Village, email: str) -> Membership:
    return members.invite_colleague(by=village.yusuf, organisation=village.association, email=email, role="member")


def test_an_invitation_does_not_tell_whose_address_it_is(village: Village) -> None:
    village.vera.last_login = timezone.now() - timedelta(days=1)
    village.vera.save()
    EmailAddress.objects.create(user=village.vera, email="v@privat.example", verified=True)
    membership = _invite(village, "V@privat.example")
    members.grant_role(by=village.yusuf, organisation=village.association, user=village.vera, role="deputy")
    held = list(members_of(village.association).filter(user=village.vera))
    assert called(held) == "v@privat.example"
    members.end_role(by=village.yusuf, membership=membership)
    trail = AuditEntry.objects.filter(organisation_id=village.association.public_id)
    assert set(trail.values_list("object_label", flat=True)) == {"v@privat.example"}
    user_logged_in.send(sender=None, request=None, user=village.vera)
    assert called(list(members_of(village.association).filter(user=village.vera))) == "Vera Provsson"


def test_invitations_are_limited(village: Village) -> None:
    for number in range(members.MOST_INVITED_A_DAY):
        _invite(village, f"n{number}@byalag.example")
    with pytest.raises(TooMany):
        _invite(village, "en-till@byalag.example")


def test_an_ended_account_leaves_no_address_that_was_typed(village: Village) -> None:
    _invite(village, "vera@example.se")
    end_account(by=village.vera)
    assert not Membership.objects.filter(user=village.vera).exclude(invited_as="").exists()


def test_the_last_administrator_cannot_be_ended(village: Village) -> None:
    own = village.yusuf.memberships.get()
    with pytest.raises(Refused):
        members.end_role(by=village.yusuf, membership=own)
    members.grant_role(by=village.yusuf, organisation=village.association, user=village.fatima, role="administrator")
    members.end_role(by=village.yusuf, membership=own, reason="Avgår")
    assert [m.user for m in members_of(village.association) if m.role == "administrator"] == [village.fatima]


def test_one_may_end_ones_own_role(village: Village) -> None:
    members.end_role(by=village.fatima, membership=village.fatima.memberships.get())
    with pytest.raises(NotAllowed):
        members.end_role(by=village.fatima, membership=village.yusuf.memberships.get())


def test_an_account_ends_when_someone_else_is_administrator(village: Village) -> None:
    with pytest.raises(Refused):
        end_account(by=village.yusuf)
    members.grant_role(by=village.yusuf, organisation=village.association, user=village.fatima, role="administrator")
    end_account(by=village.yusuf)
    assert not members_of(village.association).filter(user=village.yusuf).exists()


def test_an_account_alone_in_its_organisation_ends(village: Village) -> None:
    end_account(by=village.olle)
    assert not members_of(village.neighbour).exists()
