"""Starting, inviting, answering."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverka.accounts.models import User
from samverka.collaborations import actions
from samverka.collaborations.actions.answering import Answer
from samverka.collaborations.actions.inviting import Asked
from samverka.collaborations.actions.settling import settle
from samverka.collaborations.enums import InvitationState as State
from samverka.collaborations.facts import Facts
from samverka.collaborations.models import Collaboration, Invitation
from samverka.collaborations.queries import invitation_by_code, invitation_by_token, questions_before_yes, seat
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage
from samverka.kernel.ratelimit import TooMany
from samverka.organisations.models import Membership, Organisation, Unit
from samverka.organisations.queries import Acting, acting_for
from tests.people import Together, Village


@pytest.fixture
def newcomers(village: Village) -> Organisation:
    """An association that nobody acts for yet."""
    return Organisation.objects.create(name="Nätverket Grannhjälpen", kind="network", email="hej@grannhjalpen.example")


def start(
    village: Village, invited: Organisation, email: str = "hej@grannhjalpen.example"
) -> tuple[Collaboration, str]:
    acting = acting_for(village.karin, village.municipality.public_id)
    return begin(acting, invited, email)


def begin(acting: Acting, invited: Organisation, email: str, unit: Unit | None = None) -> tuple[Collaboration, str]:
    """Start a collaboration with one invited organisation; return it and the link's secret."""
    facts = Facts(title="Grannhjälp", purpose="Ingen ska vara ensam.")
    collaboration, (token,) = actions.start_collaboration(
        by=acting, facts=facts, unit=unit, invited=[Asked(invited, email)]
    )
    return collaboration, token


def yes(name: str = "Nora Ny", email: str = "nora@grannhjalpen.example") -> Answer:
    return Answer(choice=State.ACCEPTED, name=name, role="kontaktperson", email=email)


def test_starting_invites_by_mail_with_link_and_code(village: Village, newcomers: Organisation) -> None:
    collaboration, token = start(village, newcomers)
    message = OutboxMessage.objects.get(kind="invitation_sent")
    assert token in message.text
    assert message.secret
    assert collaboration.state == "invited"
    code = message.text.split("skriv koden ")[1].split(".")[0]
    assert invitation_by_code(code.lower().replace("-", " ")) == invitation_by_token(token)


def test_mail_says_when_a_yes_needs_somebody_who_signs_in(village: Village, newcomers: Organisation) -> None:
    def mailed(invited: Organisation, email: str) -> list[str]:
        start(village, invited, email)
        message = OutboxMessage.objects.filter(kind="invitation_sent").latest("pk")
        return [" ".join(message.text.split()), " ".join(message.html.split())]

    for text in mailed(newcomers, "hej@grannhjalpen.example"):
        assert "Ni behöver inget konto för att svara." in text
    for text in mailed(village.association, "a@b.example"):
        assert "För att svara ja behöver någon som redan företräder er logga in med en kod." in text
        assert "inget konto" not in text
    nobody = Organisation.objects.create(name="Sörby samhällsförening", kind="association", protected=True)
    for text in mailed(nobody, "a@b.example"):
        assert "först visa att ni får företräda organisationen" in text


def test_link_lives_sixty_days_at_least(village: Village, newcomers: Organisation) -> None:
    start(village, newcomers)
    assert Invitation.objects.get().expires_at > timezone.now() + timedelta(days=60)


def test_secret_of_the_link_is_not_stored(village: Village, newcomers: Organisation) -> None:
    _collaboration, token = start(village, newcomers)
    outbox.deliver(OutboxMessage.objects.get(kind="invitation_sent").pk)
    stored = str(list(Invitation.objects.values())) + str(list(OutboxMessage.objects.values()))
    assert token not in stored


def test_member_without_permission_cannot_start(village: Village, newcomers: Organisation) -> None:
    with pytest.raises(NotAllowed):
        begin(acting_for(village.rut, village.municipality.public_id), newcomers, "a@b.example")


def test_member_of_one_unit_starts_for_that_unit_only(village: Village, newcomers: Organisation) -> None:
    acting = acting_for(village.kim, village.municipality.public_id)
    with pytest.raises(NotAllowed):
        begin(acting, newcomers, "a@b.example")
    collaboration, _token = begin(acting, newcomers, "a@b.example", village.committee)
    assert collaboration.parties.get(state="active").name == "Fritidsnämnden, Exempelby kommun"


def test_inviting_oneself_is_refused(village: Village) -> None:
    with pytest.raises(Refused):
        start(village, village.municipality)


def test_yes_by_link_makes_the_first_person_of_an_unclaimed_association(
    village: Village, newcomers: Organisation
) -> None:
    collaboration, token = start(village, newcomers)
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    collaboration.refresh_from_db()
    assert collaboration.state == "active"
    member = Membership.objects.get(organisation=newcomers)
    assert (member.user.email, member.role) == ("nora@grannhjalpen.example", "administrator")
    assert OutboxMessage.objects.filter(kind="invitation_confirmed", to_address=newcomers.email).exists()
    assert OutboxMessage.objects.filter(kind="invitation_answered", to_address=village.karin.email).exists()


def test_yes_by_link_is_refused_where_somebody_already_acts(village: Village) -> None:
    _collaboration, token = start(village, village.association, "nagon@example.se")
    with pytest.raises(Refused):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    assert not User.objects.filter(email="nora@grannhjalpen.example").exists()


def test_yes_by_member_who_is_signed_in(village: Village) -> None:
    collaboration, token = start(village, village.association)
    actions.answer_invitation(by=village.fatima, invitation=invitation_by_token(token), answer=yes("Fatima"))
    assert collaboration.parties.get(organisation=village.association).contact == village.fatima


def test_nobody_says_yes_from_both_sides(village: Village) -> None:
    Membership.objects.create(user=village.karin, organisation=village.association, role="administrator")
    _collaboration, token = start(village, village.association)
    with pytest.raises(Refused):
        actions.answer_invitation(by=village.karin, invitation=invitation_by_token(token), answer=yes("Karin"))


def test_the_one_who_invites_cannot_answer_with_their_own_address(village: Village, newcomers: Organisation) -> None:
    _collaboration, token = start(village, newcomers)
    with pytest.raises(Refused):
        actions.answer_invitation(
            by=None, invitation=invitation_by_token(token), answer=yes(email=village.karin.email.upper())
        )


def test_public_body_is_claimed_only_through_its_office_address(village: Village) -> None:
    region = Organisation.objects.create(name="Region Mallland", kind="region")
    _collaboration, token = start(village, region, "vemsomhelst@mail.example")
    with pytest.raises(Refused):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    region.functions.create(kind="registrar", email="registrator@mallland.example")
    _collaboration, token = start(village, region, "Registrator@mallland.example")
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    assert Membership.objects.filter(organisation=region).count() == 1


def test_no_tells_why_and_closes(village: Village, newcomers: Organisation) -> None:
    collaboration, token = start(village, newcomers)
    no = Answer(choice=State.DECLINED, name="Nora Ny", reason="Vi hinner inte i vår.")
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=no)
    collaboration.refresh_from_db()
    assert collaboration.state == "declined"
    assert "Vi hinner inte i vår." in OutboxMessage.objects.get(kind="invitation_answered").text


def test_call_me_needs_a_number_and_leaves_the_answer_open(village: Village, newcomers: Organisation) -> None:
    _collaboration, token = start(village, newcomers)
    with pytest.raises(Refused):
        actions.answer_invitation(
            by=None, invitation=invitation_by_token(token), answer=Answer(choice=State.CALL_ME, name="Nora")
        )
    call = Answer(choice=State.CALL_ME, name="Nora", phone="070-123 45 67")
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=call)
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    assert Invitation.objects.get().state == "accepted"


def test_answered_invitation_cannot_be_answered_again(village: Village, newcomers: Organisation) -> None:
    _collaboration, token = start(village, newcomers)
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    with pytest.raises(Refused):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes("Någon Annan"))


def test_withdrawn_link_opens_nothing(together: Together, newcomers: Organisation) -> None:
    from tests.collaborations.test_entries import seat_of

    karin = seat_of(together, "karin")
    token = actions.invite_party(by=karin, invited=newcomers, email="hej@grannhjalpen.example")
    actions.withdraw_invitation(by=karin, invitation_id=Invitation.objects.get().public_id)
    with pytest.raises(NotVisible):
        invitation_by_token(token)
    together.collaboration.refresh_from_db()
    assert together.collaboration.state == "active"


def test_expired_invitation_is_refused(village: Village, newcomers: Organisation) -> None:
    _collaboration, token = start(village, newcomers)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())


def test_inviting_a_party_that_is_already_there_is_refused(together: Together) -> None:
    from tests.collaborations.test_entries import seat_of

    with pytest.raises(Refused):
        actions.invite_party(by=seat_of(together, "karin"), invited=together.village.association, email="a@b.example")


def test_personal_details_of_an_invitation_that_led_nowhere_are_purged(
    village: Village, newcomers: Organisation
) -> None:
    from samverka.collaborations.personal_data import purge_invitations

    start(village, newcomers)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=91))
    assert purge_invitations() == 1
    assert Invitation.objects.get().email == ""


def test_typed_address_opens_nothing_when_no_public_body_vouches(village: Village, newcomers: Organisation) -> None:
    acting = acting_for(village.yusuf, village.association.public_id)
    _collaboration, token = begin(acting, newcomers, "min-egen@mail.example")
    with pytest.raises(Refused):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    assert not newcomers.memberships.exists()


def test_association_may_invite_another_at_its_registered_address(village: Village, newcomers: Organisation) -> None:
    acting = acting_for(village.yusuf, village.association.public_id)
    _collaboration, token = begin(acting, newcomers, newcomers.email.upper())
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    assert newcomers.memberships.count() == 1


def test_nobody_vouches_for_a_typed_address_of_a_protected_organisation(village: Village) -> None:
    shelter = Organisation.objects.create(name="Kvinnojouren Testkällan", kind="association", protected=True)
    _collaboration, token = start(village, shelter, "nagon@mail.example")
    with pytest.raises(Refused):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())


def test_second_address_of_the_inviting_side_is_refused(village: Village, newcomers: Organisation) -> None:
    EmailAddress.objects.create(user=village.karin, email="karin.privat@mail.example", verified=True)
    _collaboration, token = start(village, newcomers)
    with pytest.raises(Refused):
        actions.answer_invitation(
            by=None, invitation=invitation_by_token(token), answer=yes(email="Karin.Privat@mail.example")
        )


def test_answer_takes_the_collaboration_before_the_invitation(village: Village, newcomers: Organisation) -> None:
    """In the same order as whoever ends the collaboration, so that neither waits for the other for ever."""
    _collaboration, token = start(village, newcomers)
    invitation = invitation_by_token(token)
    with CaptureQueriesContext(connection) as asked:
        actions.answer_invitation(by=None, invitation=invitation, answer=yes())
    locks = [query["sql"] for query in asked if " FOR " in query["sql"]]
    assert 'FROM "collaborations_collaboration"' in locks[0]
    assert all("FOR NO KEY UPDATE" in lock for lock in locks if 'FROM "collaborations_collaboration"' in lock)


def test_yes_holds_the_organisation_before_it_asks_who_acts_for_it(village: Village, newcomers: Organisation) -> None:
    """Else two links from different collaborations, answered at once, would each make a first administrator."""
    _collaboration, token = start(village, newcomers)
    invitation = invitation_by_token(token)
    with CaptureQueriesContext(connection) as asked:
        actions.answer_invitation(by=None, invitation=invitation, answer=yes())
    said = [query["sql"] for query in asked]
    held = next(n for n, sql in enumerate(said) if 'FROM "organisations_organisation"' in sql and " FOR NO KEY" in sql)
    assert not any("organisations_membership" in sql for sql in said[:held])
    assert any("organisations_membership" in sql for sql in said[held:])


def test_settling_sees_what_others_have_done_since_the_row_was_read(village: Village, newcomers: Organisation) -> None:
    collaboration, _token = start(village, newcomers)
    Collaboration.objects.filter(pk=collaboration.pk).update(state="ended", ended_at=timezone.now())
    settle(collaboration)
    collaboration.refresh_from_db()
    assert collaboration.state == "ended", "the copy in hand still said that it waited for an answer"


def test_question_stays_when_the_yes_comes_before_its_answer(village: Village, newcomers: Organisation) -> None:
    collaboration, token = start(village, newcomers)
    question = Answer(choice=State.ASKED, name="Nora", email="nora@grannhjalpen.example", reason="När börjar ni?")
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=question)
    answered = actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
    asking = seat(acting_for(village.karin, village.municipality.public_id), collaboration.public_id)
    assert questions_before_yes(asking) == {answered.party_id: "När börjar ni?"}


def test_link_sends_no_more_than_ten_answers_a_day(village: Village, newcomers: Organisation) -> None:
    _collaboration, token = start(village, newcomers)
    question = Answer(choice=State.ASKED, name="Nora", email="nora@grannhjalpen.example", reason="När börjar ni?")
    for _time in range(10):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=question)
    with pytest.raises(TooMany):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=question)
    assert OutboxMessage.objects.filter(kind="invitation_answered").count() == 10


@pytest.mark.parametrize("choice", [State.ACCEPTED, State.DECLINED])
def test_subjects_name_neither_the_matter_nor_a_protected_organisation(village: Village, choice: State) -> None:
    shelter = Organisation.objects.create(
        name="Kvinnojouren Testkällan", kind="association", email="hej@testkallan.example", protected=True
    )
    _collaboration, token = start(village, shelter, "hej@testkallan.example")
    answer = Answer(choice=choice, name="Nora", email="nora@testkallan.example")
    actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=answer)
    sent = OutboxMessage.objects.filter(kind__startswith="invitation_")
    subjects = list(sent.values_list("subject", flat=True))
    assert len(subjects) > 1
    for subject in subjects:
        assert "Grannhjälp" not in subject
        assert "Testkällan" not in subject


def test_link_lets_in_nobody_who_acts_for_another_party_than_the_one_that_invited(
    village: Village, together: Together, newcomers: Organisation
) -> None:
    """users.md R12: Yusuf acts for the association; the municipality invites."""
    acting = acting_for(village.karin, village.municipality.public_id)
    token = actions.invite_party(
        by=seat(acting, together.collaboration.public_id), invited=newcomers, email="hej@grannhjalpen.example"
    )
    with pytest.raises(Refused, match="en annan part"):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes(email=village.yusuf.email))
    assert not Membership.objects.filter(organisation=newcomers).exists()


def test_link_is_not_enough_where_somebody_acts_until_a_day(village: Village, newcomers: Organisation) -> None:
    Membership.objects.create(
        user=village.olle, organisation=newcomers, role="administrator", until=timezone.now() + timedelta(days=9)
    )
    _collaboration, token = start(village, newcomers)
    with pytest.raises(Refused, match="logga in"):
        actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes())
