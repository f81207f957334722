"""What changes about persons, and the trail it leaves."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from samverka.accounts import actions, hooks, personal_data
from samverka.accounts.emails import CodeEmail
from samverka.accounts.models import User
from samverka.accounts.queries import host_role_log, person_with_address
from samverka.accounts.second_factor import enrol_totp
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.mail.emails import registered
from samverka.kernel.models import AuditEntry, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanna() -> User:
    return User.objects.create_user("hanna@vard.example", name="Hanna", host_roles=["host_administrator"])


@pytest.fixture
def eva() -> User:
    return User.objects.create_user("eva@vard.example", name="Eva")


def test_role_given_is_audited_and_mailed(hanna: User, eva: User) -> None:
    actions.give_host_role(by=hanna, address="EVA@vard.example", role="editor")
    eva.refresh_from_db()
    assert eva.host_roles == ["editor"]
    row = AuditEntry.objects.get(action="host_role.given")
    assert (row.actor_id, row.object_id, row.changes) == (hanna.pk, eva.public_id, {"host_roles": [[], ["editor"]]})
    assert OutboxMessage.objects.get(to_address=eva.email).kind == "host_roles_changed"


def test_only_a_host_administrator_gives_and_takes(hanna: User, eva: User) -> None:
    eva.host_roles = ["editor"]
    eva.save()
    with pytest.raises(NotAllowed):
        actions.give_host_role(by=eva, address=eva.email, role="host_administrator")
    with pytest.raises(NotAllowed):
        actions.take_host_role(by=eva, person=hanna, role="host_administrator")
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(by=eva, person=hanna)


@pytest.mark.parametrize(
    ("address", "role"),
    [("nobody@vard.example", "editor"), ("eva@vard.example", "member"), ("hanna@vard.example", "host_administrator")],
)
def test_role_is_refused_for_unknown_person_wrong_role_or_twice(
    hanna: User, eva: User, address: str, role: str
) -> None:
    with pytest.raises(Refused):
        actions.give_host_role(by=hanna, address=address, role=role)
    assert not AuditEntry.objects.filter(actor_id=hanna.pk).exists()


def test_last_administrator_keeps_the_role(hanna: User, eva: User) -> None:
    with pytest.raises(Refused):
        actions.take_host_role(by=hanna, person=hanna, role="host_administrator")
    actions.give_host_role(by=hanna, address=eva.email, role="host_administrator")
    eva.refresh_from_db()
    actions.take_host_role(by=eva, person=hanna, role="host_administrator")
    hanna.refresh_from_db()
    assert hanna.host_roles == []
    assert [row.action for row in host_role_log()] == ["host_role.taken", "host_role.given"]


def test_second_factor_is_reset_by_another_administrator(hanna: User, eva: User) -> None:
    enrol_totp(user=eva)
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(by=hanna, person=hanna)
    actions.reset_second_factor(by=hanna, person=eva)
    assert not Authenticator.objects.filter(user=eva).exists()


def test_first_administrator_comes_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("give_host_role", "hanna@vard.example")
    hanna = User.objects.get(email="hanna@vard.example")
    assert hanna.host_roles == ["host_administrator"]
    with pytest.raises(CommandError):
        call_command("give_host_role", "hanna@vard.example")
    enrol_totp(user=hanna)
    call_command("reset_second_factor", "hanna@vard.example")
    assert not Authenticator.objects.filter(user=hanna).exists()


def test_obstacle_of_another_app_stops_the_ending(eva: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def obstacle(user: User) -> None:
        raise Refused("Ni behöver en administratör till.")

    monkeypatch.setattr(hooks, "_obstacles", [obstacle])
    with pytest.raises(Refused):
        actions.end_account(by=eva)
    eva.refresh_from_db()
    assert eva.is_active


def test_follower_of_another_app_ends_what_was_held(eva: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[User] = []
    monkeypatch.setattr(hooks, "_followers", [ended.append])
    actions.end_account(by=eva)
    assert ended == [eva]


def test_unconfirmed_address_of_another_does_not_sign_in_as_them(eva: User) -> None:
    EmailAddress.objects.create(user=eva, email="bo@exempelby.example", verified=False)
    assert person_with_address("bo@exempelby.example") is None


def test_person_who_never_signed_in_is_purged_after_half_a_year(hanna: User, eva: User) -> None:
    long_ago = timezone.now() - timedelta(days=200)
    User.objects.update(created_at=long_ago)
    seen = User.objects.create_user("anna@forening.example", created_at=long_ago, last_login=timezone.now())
    personal_data.remove_never_signed_in()
    assert set(User.objects.all()) == {hanna, seen}


def test_purges_run_when_there_is_nothing() -> None:
    assert personal_data.clear_sessions() == personal_data.clear_session_notes() == personal_data.clear_counts() == 0


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_message_of_accounts_renders(language: str) -> None:
    ours = [email for email in registered() if email.__module__ == "samverka.accounts.emails"]
    assert len(ours) == 7
    for email in ours:
        rendered = email.sample().render(language)
        assert rendered.subject
        assert "\n\n" in rendered.text
        assert f'<html lang="{language}"' in rendered.html
        if isinstance(email.sample(), CodeEmail):
            assert email.secret
            assert "4821 0937" in rendered.text
            assert "4821" not in rendered.subject
