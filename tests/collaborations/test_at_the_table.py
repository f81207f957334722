"""Contact and deputy, a question before the answer, the end, and what runs already."""

import datetime
from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.actions.answering import Answer
from samverka.collaborations.actions.contacts import AtTheTable
from samverka.collaborations.enums import Circle, InvitationState
from samverka.collaborations.exports import OWN, diary_on_paper
from samverka.collaborations.facts import Facts
from samverka.collaborations.hooks import forget_drafts
from samverka.collaborations.models import Collaboration, Entry, Invitation, Party
from samverka.collaborations.queries import (
    Seat,
    active_by_municipality,
    count_active,
    count_active_of,
    entry_of,
    invitation_by_token,
    named_here,
    people_of,
    seat,
    versions_of,
)
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.organisations.actions import bodies
from samverka.organisations.models import Membership, Organisation
from samverka.organisations.queries import acting_for
from samverka.places.models import Municipality
from tests.people import Together, Village, person
from tests.world import seat_of

TODAY = datetime.date(2027, 3, 3)


# Contact and deputy


def test_deputy_is_set_with_the_day_of_the_yes_and_seen_by_all(together: Together) -> None:
    village = together.village
    people = AtTheTable(village.yusuf.public_id, village.fatima.public_id, TODAY, "Pärmen i kansliet")
    party = actions.set_contact(by=seat_of(together, "yusuf"), people=people)
    assert (party.contact, party.deputy, party.deputy_accepted_on) == (village.yusuf, village.fatima, TODAY)
    logged = AuditEntry.objects.filter(action="collaboration.contact_set")
    assert {row.organisation_id for row in logged} == {village.municipality.public_id, village.association.public_id}


@pytest.mark.parametrize(
    ("deputy", "day", "field"),
    [("yusuf", TODAY, "deputy"), ("fatima", None, "deputy_accepted_on"), ("karin", TODAY, "deputy")],
)
def test_deputy_is_another_person_of_ours_who_has_said_yes(
    together: Together, deputy: str, day: datetime.date | None, field: str
) -> None:
    village = together.village
    people = AtTheTable(village.yusuf.public_id, village.people[deputy].public_id, day)
    with pytest.raises(Refused) as refused:
        actions.set_contact(by=seat_of(together, "yusuf"), people=people)
    assert refused.value.details["field"] == field


def test_each_party_sets_its_own(together: Together) -> None:
    with pytest.raises(Refused):
        actions.set_contact(by=seat_of(together, "karin"), people=AtTheTable(contact=together.village.yusuf.public_id))
    with pytest.raises(NotAllowed):
        actions.set_contact(by=seat_of(together, "rut"), people=AtTheTable(contact=together.village.rut.public_id))


def test_colleague_who_has_not_signed_in_is_not_offered_by_name(together: Together) -> None:
    new = person("Nina")
    Membership.objects.create(
        user=new, organisation=together.village.association, role="member", invited_as="nina@example.se"
    )
    assert new not in people_of(together.civil_party)
    assert set(people_of(together.civil_party)) == {together.village.yusuf, together.village.fatima}


def test_member_of_one_unit_is_no_contact_of_the_whole(together: Together) -> None:
    assert together.village.kim not in people_of(together.public_party)


# A question first


def ask(together: Together, **changed: str) -> Invitation:
    token = actions.invite_party(
        by=seat_of(together, "karin"), invited=together.village.neighbour, email="r@grannby.example"
    )
    said = {"reason": "Gäller det hela länet?", "email": "olle@grannby.example", "phone": "", **changed}
    answer = Answer(choice=InvitationState.ASKED, name="Olle Provsson", **said)
    return actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=answer)


def test_question_reaches_who_asked_and_leaves_the_invitation_open(together: Together) -> None:
    invitation = ask(together)
    mail = OutboxMessage.objects.get(kind="invitation_answered")
    assert "har en fråga" in mail.subject
    assert "Gäller det hela länet?" in mail.text
    assert mail.reply_to == ["olle@grannby.example"]
    assert invitation.is_open
    assert invitation.party.state == "invited"


@pytest.mark.parametrize(("changed", "field"), [({"reason": " "}, "reason"), ({"email": ""}, "email")])
def test_question_needs_words_and_a_way_to_answer(together: Together, changed: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(together, **changed)
    assert refused.value.details["field"] == field


def test_who_has_asked_can_still_say_yes(together: Together) -> None:
    invitation = ask(together)
    yes = Answer(choice=InvitationState.ACCEPTED, name="Olle Provsson")
    actions.answer_invitation(by=together.village.olle, invitation=invitation, answer=yes)
    assert together.collaboration.parties.filter(state="active").count() == 3


# A network that the register lacks


def test_network_is_added_without_anybody_acting_for_it(village: Village) -> None:
    karin = acting_for(village.karin, village.municipality.public_id)
    network = bodies.add_network(by=karin, name="Nätverket Grannhjälpen")
    assert (network.kind, network.confirmed, network.email) == ("network", False, "")
    assert not network.memberships.exists()
    with pytest.raises(NotAllowed):
        bodies.add_network(by=acting_for(village.rut, village.municipality.public_id), name="Ruts nätverk")


def test_network_added_by_an_association_is_not_taken_over_by_a_typed_address(village: Village) -> None:
    """users.md R11: whoever typed the address may not vouch for it; a public body may."""
    from samverka.collaborations.actions.inviting import Asked

    for who, own, taken in (("yusuf", village.association, False), ("karin", village.municipality, True)):
        acting = acting_for(village.people[who], own.public_id)
        network = bodies.add_network(by=acting, name=f"Nätverket {who}")
        _made, (token,) = actions.start_collaboration(
            by=acting, facts=Facts("Fika", "Ingen ensam"), unit=None, invited=[Asked(network, "nora@mail.example")]
        )
        yes = Answer(choice=InvitationState.ACCEPTED, name="Nora", email="nora@mail.example")
        if taken:
            actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes)
        else:
            with pytest.raises(Refused):
                actions.answer_invitation(by=None, invitation=invitation_by_token(token), answer=yes)
        assert network.memberships.exists() is taken


# The end


@pytest.fixture
def ended(together: Together) -> Together:
    """The collaboration is over; Karin wrote something for the municipality before."""
    actions.write_entry(by=seat_of(together, "karin"), text="Internt", circle=Circle.PARTY)
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Projektet är klart.")
    together.collaboration.refresh_from_db()
    return together


def test_ended_collaboration_is_read_but_not_written(ended: Together) -> None:
    karin = seat_of(ended, "karin")
    entry = entry_of(karin, Entry.objects.get().public_id)
    assert entry.text == "Internt"
    assert versions_of(karin, entry).count() == 1
    assert [note.text for note in diary_on_paper(karin, OWN).whole.notes] == ["Internt"]
    for write in (
        lambda: actions.write_entry(by=karin, text="Nytt"),
        lambda: actions.write_joint_note(by=karin, text="Nytt", version=0),
        lambda: actions.change_facts(by=karin, facts=Facts("Nytt", "Nytt"), version=1),
        lambda: actions.invite_party(by=karin, invited=ended.village.neighbour, email="r@grannby.example"),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert Entry.objects.count() == 1


def test_end_says_why_and_takes_back_what_is_unanswered(together: Together) -> None:
    karin = seat_of(together, "karin")
    with pytest.raises(Refused):
        actions.end_collaboration(by=karin, reason=" ")
    token = actions.invite_party(by=karin, invited=together.village.neighbour, email="r@grannby.example")
    made = actions.end_collaboration(by=seat_of(together, "karin"), reason="Klart")
    assert (made.state, made.ended_reason) == ("ended", "Klart")
    with pytest.raises(NotVisible):
        invitation_by_token(token)
    assert AuditEntry.objects.filter(action="collaboration.ended").count() == 2


def test_either_party_opens_it_again(ended: Together) -> None:
    with pytest.raises(NotAllowed):
        actions.reopen_collaboration(by=seat_of(ended, "rut"))
    made = actions.reopen_collaboration(by=seat_of(ended, "yusuf"))
    assert (made.state, made.ended_at, made.ended_reason) == ("active", None, "")
    assert seat_of(ended, "karin").writes


def test_one_that_goes_on_is_not_opened_again(together: Together) -> None:
    with pytest.raises(NotAllowed):
        actions.reopen_collaboration(by=seat_of(together, "karin"))


# What runs already


def record(village: Village, *names: str, **facts: object) -> Collaboration:
    return actions.record_collaboration(
        by=acting_for(village.karin, village.municipality.public_id),
        facts=Facts("Språkkafé", forms=("iop",), **facts),  # type: ignore[arg-type]
        unit=None,
        names=names or ("Norrby vägförening",),
        diary_number="KS 2024/7",
    )


def table(village: Village, made: Collaboration) -> Seat:
    return seat(acting_for(village.karin, village.municipality.public_id), made.public_id)


def test_recorded_matter_has_facts_no_diary_and_asks_nobody(village: Village) -> None:
    made = record(village, "exempelby BYALAG", "Bokcirkeln på torget", "Exempelby kommun", "Bokcirkeln på torget", " ")
    assert (made.state, made.recorded_later, made.model_version) == ("active", True, None)
    assert {party.name: party.organisation for party in made.named_parties.all()} == {
        "exempelby BYALAG": village.association, "Bokcirkeln på torget": None,
    }  # fmt: skip
    assert made.parties.get().diary_number == "KS 2024/7"
    assert not OutboxMessage.objects.exists()
    assert not Collaboration.objects.visible_to(village.yusuf).exists(), "who is named reads nothing"


def test_name_that_two_have_is_kept_as_written(village: Village) -> None:
    Organisation.objects.create(name="Exempelby byalag", kind="association")
    assert record(village, "Exempelby byalag").named_parties.get().organisation is None


def test_recorded_matter_names_somebody(village: Village) -> None:
    with pytest.raises(Refused) as refused:
        record(village, " ", "Exempelby kommun")
    assert refused.value.details["field"] == "parties"
    assert not Collaboration.objects.exists()


def test_matter_that_is_over_is_recorded_as_ended(village: Village) -> None:
    assert record(village, ends_on=timezone.localdate() - timedelta(days=1)).state == "ended"


def test_recorded_matter_counts_until_its_last_day(village: Village) -> None:
    municipality = Municipality.objects.get(pk="1499")
    Organisation.objects.filter(pk=village.municipality.pk).update(municipality=municipality)
    made = record(village, ends_on=timezone.localdate())
    assert (count_active(), active_by_municipality(), count_active_of(village.municipality)) == (1, {"1499": 1}, 1)
    Collaboration.objects.filter(pk=made.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert (count_active(), active_by_municipality(), count_active_of(village.municipality)) == (0, {}, 0)


def test_body_does_not_count_by_being_named(village: Village) -> None:
    actions.record_collaboration(
        by=acting_for(village.yusuf, village.association.public_id), facts=Facts("Vår"), unit=None,
        names=["Grannby kommun"],
    )  # fmt: skip
    assert count_active_of(village.neighbour) == 0


def test_named_party_is_matched_later_and_invited(village: Village) -> None:
    made = record(village, "Byalaget", "Norrby vägförening")
    named = made.named_parties.get(name="Byalaget")
    actions.match_party(by=table(village, made), named_id=named.public_id, organisation=village.association)
    with pytest.raises(Refused):
        actions.invite_party(by=table(village, made), invited=village.association, email="b@byalag.example")
    actions.change_facts(by=table(village, made), facts=Facts("Språkkafé", "Fler ska prata svenska."), version=1)
    actions.invite_party(by=table(village, made), invited=village.association, email="b@byalag.example")
    made.refresh_from_db()
    assert made.model_version is not None
    assert made.state == "active", "it goes on whether they answer or not"
    assert [party.name for party in named_here(table(village, made))] == ["Norrby vägförening"]


def test_last_named_party_stays(village: Village) -> None:
    made = record(village, "Ett", "Två")
    first, second = made.named_parties.all()
    actions.remove_named_party(by=table(village, made), named_id=first.public_id)
    with pytest.raises(Refused):
        actions.remove_named_party(by=table(village, made), named_id=second.public_id)
    assert actions.name_parties(by=table(village, made), names=["Två", "Tre"]) == 1


def test_parties_are_named_only_in_what_was_put_in(together: Together) -> None:
    with pytest.raises(NotAllowed):
        actions.name_parties(by=seat_of(together, "karin"), names=["Tre"])


def test_deputy_whose_account_ends_leaves_nothing_behind_at_the_party(together: Together) -> None:
    party, fatima = together.civil_party, together.village.fatima
    Party.objects.filter(pk=party.pk).update(deputy=fatima, deputy_accepted_on=TODAY, deputy_reads_at="Hos Fatima")
    forget_drafts(fatima)
    party.refresh_from_db()
    assert (party.deputy, party.deputy_accepted_on, party.deputy_reads_at) == (None, None, "")
