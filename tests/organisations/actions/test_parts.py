import datetime

import pytest
from django.utils import timezone

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.organisations.actions import contacts, corrections, functions, offers, units
from samverka.organisations.models import Contact, Function, Unit
from samverka.organisations.shown import shown
from tests.people import Village

pytestmark = pytest.mark.django_db


def test_a_unit_is_added_changed_and_ended(village: Village) -> None:
    unit = units.add_unit(
        by=village.karin, organisation=village.municipality, values={"name": "Kulturnämnden", "kind": "committee"}
    )
    changed = units.change_unit(by=village.karin, unit=unit, version=1, values={"diary_pattern": "KN 2027/12"})
    assert (changed.version, changed.diary_pattern) == (2, "KN 2027/12")
    with pytest.raises(Conflict):
        units.change_unit(by=village.karin, unit=unit, version=1, values={"name": "Annat"})
    units.end_unit(by=village.karin, unit=unit, on=timezone.localdate())
    assert [u.name for u in shown(village.municipality).units] == ["Fritidsnämnden"]


def test_a_unit_that_cannot_be(village: Village) -> None:
    with pytest.raises(Refused):
        units.add_unit(
            by=village.yusuf, organisation=village.association, values={"name": "Styrelsen", "kind": "committee"}
        )
    with pytest.raises(Refused):
        units.add_unit(
            by=village.karin, organisation=village.municipality, values={"name": "Fritidsnämnden", "kind": "committee"}
        )
    with pytest.raises(NotAllowed):
        units.add_unit(by=village.kim, organisation=village.municipality, values={"name": "Ny", "kind": "committee"})
    with pytest.raises(Refused):
        units.change_unit(
            by=village.karin, unit=village.committee, version=1,
            values={"valid_from": datetime.date(2027, 1, 1), "valid_to": datetime.date(2026, 1, 1)},
        )  # fmt: skip


def test_a_function_replaces_the_one_before(village: Village) -> None:
    first = functions.set_function(
        by=village.karin, organisation=village.municipality, kind="office", email="Kansli@exempelby.example"
    )
    assert first.email == "kansli@exempelby.example"
    same = functions.set_function(
        by=village.karin, organisation=village.municipality, kind="office", email="kansli@exempelby.example"
    )
    assert same == first
    functions.set_function(
        by=village.karin, organisation=village.municipality, kind="office", email="post@exempelby.example"
    )
    current = Function.objects.filter(organisation=village.municipality, kind="office", withdrawn_at=None)
    assert [f.email for f in current] == ["post@exempelby.example"]
    functions.withdraw_function(by=village.karin, function=current.get(), reason="Stängt")
    assert {f.kind for f in shown(village.municipality).functions} == {"registrar"}


def test_a_units_administrator_changes_that_unit_only(village: Village) -> None:
    village.municipality.memberships.create(user=village.kim, unit=village.committee, role="administrator")
    functions.set_function(
        by=village.kim,
        organisation=village.municipality,
        unit=village.committee,
        kind="office",
        email="fritid@exempelby.example",
    )
    with pytest.raises(NotAllowed):
        functions.set_function(
            by=village.kim, organisation=village.municipality, kind="office", email="x@exempelby.example"
        )


def test_a_contact_is_kept_out_of_the_trail(village: Village) -> None:
    contact = contacts.add_contact(
        by=village.yusuf,
        organisation=village.association,
        values={"name": "Folke Spårlös", "role": "Kassör", "email": "folke@x.example"},
    )
    contacts.change_contact(by=village.yusuf, contact=contact, version=1, values={"phone": "070-999"})
    contacts.withdraw_contact(by=village.yusuf, contact=contact, reason="Slutat")
    trail = repr(list(AuditEntry.objects.values()))
    assert "Spårlös" not in trail
    assert "070-999" not in trail
    assert AuditEntry.objects.filter(object_kind="contact").count() == 3


@pytest.mark.parametrize(
    "values", [{"name": "", "email": "a@b.se"}, {"name": "Folke"}, {"name": "Folke", "email": "nej"}]
)
def test_a_contact_needs_a_name_and_a_way(village: Village, values: dict[str, str]) -> None:
    with pytest.raises(Refused):
        contacts.add_contact(by=village.yusuf, organisation=village.association, values={"role": "Kassör", **values})
    assert not Contact.objects.exists()


def test_a_contacts_deputy_and_unit_are_the_organisations_own(village: Village) -> None:
    other = contacts.add_contact(
        by=village.karin, organisation=village.municipality, values={"name": "Karin", "role": "x", "phone": "1"}
    )
    with pytest.raises(Refused):
        contacts.add_contact(
            by=village.yusuf, organisation=village.association, values={"name": "Folke", "phone": "1", "deputy": other}
        )
    elsewhere = Unit.objects.create(organisation=village.neighbour, name="Nämnd", kind="committee")
    with pytest.raises((Refused, NotAllowed)):
        contacts.change_contact(by=village.karin, contact=other, version=1, values={"unit": elsewhere})


def test_an_offer_is_added_and_withdrawn(village: Village) -> None:
    offer = offers.add_offer(by=village.yusuf, organisation=village.association, kind="offer", text="Lokal med kök")
    assert [o.text for o in shown(village.association).offers] == ["Lokal med kök"]
    offers.withdraw_offer(by=village.yusuf, offer=offer)
    assert shown(village.association).offers == ()
    with pytest.raises(Refused):
        offers.add_offer(by=village.yusuf, organisation=village.association, kind="offer", text=" ")


def test_a_visitors_correction_is_answered_by_mail(village: Village) -> None:
    correction = corrections.report_correction(
        organisation=village.association, text="Fel webbadress", reply_email="v@example.se", sender="192.0.2.1"
    )
    with pytest.raises(NotAllowed):
        corrections.answer_correction(by=village.vera, correction=correction, answer="Nej")
    corrections.answer_correction(by=village.yusuf, correction=correction, answer="Tack, rättat!")
    mail = OutboxMessage.objects.get()
    assert (mail.to_address, mail.kind) == ("v@example.se", "correction_answered")
    with pytest.raises(Refused):
        corrections.answer_correction(by=village.eva, correction=correction, answer="Igen")


def test_corrections_are_limited(village: Village) -> None:
    for _ in range(10):
        corrections.report_correction(organisation=village.association, text="x", sender="192.0.2.1")
    with pytest.raises(Refused):
        corrections.report_correction(organisation=village.association, text="x", sender="192.0.2.1")
