"""To whom: offices and where they want it, associations that may be written to, lists and their rows."""

import io

import pytest
from django.utils import timezone

from samverka.kernel.errors import NotAllowed, Refused
from samverka.newsletters import audiences
from samverka.newsletters.actions.audience import choose_audience, keep_list, write_letter
from samverka.newsletters.actions.digest import send_digests
from samverka.newsletters.actions.routing import Wanted, route
from samverka.newsletters.audiences import Segment
from samverka.newsletters.imports import read_rows
from samverka.newsletters.models import Delivery, Issue, ListedAddress, RecipientList, Sender, Subscriber
from samverka.newsletters.queries import public_issues
from samverka.organisations.models import Organisation
from samverka.organisations.queries import acting_for, current_fields
from samverka.web.editorial.newsletters.forms_audience import FORMS
from tests.newsletters.issues import issue_of
from tests.newsletters.test_sending import magazine, subscribers
from tests.people import Village


def association(name: str, email: str, **fields: object) -> Organisation:
    return Organisation.objects.create(name=name, kind="association", email=email, **fields)


def to(segment: Segment) -> list[str]:
    return sorted(one.address for one in audiences.addressees(segment))


def test_a_field_goes_where_the_body_has_said(village: Village) -> None:
    culture, other = current_fields("mapping").order_by("order")[:2]
    wanted = [Wanted(culture, "kultur@exempelby.example")]
    acting = acting_for(village.karin, village.municipality.public_id)
    route(by=village.karin, acting=acting, wanted=wanted, copy=False)
    bodies = Segment("offices", "slag=municipality", "registrar")
    assert to(bodies) == ["registrator@exempelby.example"]
    assert to(Segment("offices", "slag=municipality", "registrar", (culture.pk,))) == ["kultur@exempelby.example"]
    assert to(Segment("offices", "slag=municipality", "registrar", (other.pk,))) == ["registrator@exempelby.example"]


def test_an_outsider_does_not_route(village: Village) -> None:
    acting = acting_for(village.kim, village.municipality.public_id)
    with pytest.raises(NotAllowed):
        route(by=village.kim, acting=acting, wanted=[], copy=False)


def test_only_addresses_of_associations_are_written_to(village: Village) -> None:
    association("Byalaget", "info@byalaget.example")
    association("Privata", "nils.norrby@gmail.com")
    association("Privata som visar", "kassor@privata.example", email_public=True)
    association("Jouren", "info@jouren.example", protected=True)
    assert to(Segment("associations", "slag=association")) == ["info@byalaget.example", "kassor@privata.example"]


def test_a_letter_is_written_by_a_body_and_by_nobody_else(village: Village) -> None:
    association("Byalaget", "info@byalaget.example")
    letter = {"subject": "Hej", "text": "Välkomna", "reply_to": "a@exempelby.example"}
    segment = Segment("associations", "slag=association")
    with pytest.raises(NotAllowed):
        write_letter(by=village.rut, sender=village.municipality, segment=segment, **letter)
    with pytest.raises(NotAllowed):
        write_letter(by=village.yusuf, sender=village.association, segment=segment, **letter)
    made = write_letter(by=village.kim, sender=village.municipality, segment=segment, **letter)
    assert (made.format, made.reply_to) == ("plain", "a@exempelby.example")


def test_each_format_has_its_own_receivers(village: Village) -> None:
    issue = issue_of(village.municipality)
    with pytest.raises(Refused):
        choose_audience(by=None, issue_id=issue.public_id, segment=Segment("subscribers"))


def test_a_file_is_told_of_row_by_row_and_kept_whole(village: Village) -> None:
    content = "Namn;E-post\nByalaget;INFO@byalaget.example\nTom;\nFel;ingen adress\nIgen;info@byalaget.example\n"
    rows = read_rows(content.encode("cp1252"), "lista.csv")
    assert [(row.number, bool(row.refused)) for row in rows] == [(2, False), (3, True), (4, True), (5, True)]
    keep_list(by=village.karin, sender=village.municipality, name="Våra", rows=rows)
    assert ListedAddress.objects.get().email == "info@byalaget.example"
    with pytest.raises(Refused):
        keep_list(by=village.karin, sender=village.municipality, name="Fel", rows=rows[1:])
    assert RecipientList.objects.count() == 1


def test_a_workbook_is_read_too(village: Village) -> None:
    import openpyxl

    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (["Namn", "E-post"], ["Åsa", "info@asa.example"], [None, "fel"]):
        book.active.append(row)
    book.save(file)
    rows = read_rows(file.getvalue(), "lista.xlsx")
    assert [(row.email, bool(row.refused)) for row in rows] == [("info@asa.example", False), ("fel", True)]


def test_a_file_without_addresses_is_refused() -> None:
    with pytest.raises(Refused):
        read_rows(b"Namn;Ort\nA;B\n", "lista.csv")


def test_the_monthly_mail_goes_once_to_those_who_want_it(village: Village) -> None:
    subscribers(2)
    from samverka.newsletters.actions.sending import begin_sending

    first = Subscriber.objects.order_by("pk")[0]
    Subscriber.objects.filter(pk=first.pk).update(pace="monthly")
    issue = magazine(village)
    Sender.objects.filter(organisation=village.municipality).update(is_host=True)
    begin_sending(by=None, issue_id=issue.public_id)
    assert Delivery.objects.filter(issue=issue).count() == 1
    [digest] = send_digests(by=None)
    assert Delivery.objects.get(issue=digest).address == first.email
    assert "Ny vägledning" in Issue.objects.get(pk=digest.pk).document["sv"]["text"]
    assert send_digests(by=None) == []
    assert list(public_issues()) == [issue]


def test_the_monthly_mail_tells_each_of_what_they_have_chosen(village: Village) -> None:
    culture, sport = current_fields("mapping").order_by("order")[:2]
    subscribers(4)
    everything, of_culture, of_sport, elsewhere = Subscriber.objects.order_by("pk")
    of_culture.topics.add(culture)
    of_sport.topics.add(sport)
    Subscriber.objects.update(pace="monthly")
    Subscriber.objects.filter(pk=elsewhere.pk).update(county="25")
    Issue.objects.filter(pk=magazine(village).pk).update(
        audience=Segment("subscribers", fields=(culture.pk,), counties=("14",)).data, state="sent",
        document={"sv": {"subject": "Om kultur"}}, sending_began_at=timezone.now(), sent_at=timezone.now(),
    )  # fmt: skip
    Sender.objects.filter(organisation=village.municipality).update(is_host=True)
    [digest] = send_digests(by=None)
    told = Delivery.objects.filter(issue=digest).order_by("pk").values_list("address", flat=True)
    assert list(told) == [everything.email, of_culture.email]


def test_a_filtered_list_leads_to_the_letter(village: Village) -> None:
    from django.test import Client

    association("Byalaget", "info@byalaget.example")
    client = Client()
    client.force_login(village.karin)
    page = client.get("/organisationer/?slag=association").content.decode()
    letter = f"/arbete/{village.municipality.public_id}/skriv-till-foreningar/?urval=slag%3Dassociation"
    assert letter in page
    assert "en förening med en egen adress" in client.get(letter).content.decode()
    client.force_login(village.yusuf)
    assert "skriv-till-foreningar" not in client.get("/organisationer/?slag=association").content.decode()


def test_counties_are_chosen_by_their_names(village: Village) -> None:
    issue = issue_of(village.municipality)
    for form in (made(issue=issue) for made in FORMS.values()):
        if "counties" in form.fields:
            assert ("12", "Skåne län") in form.fields["counties"].choices
            assert not any("PlaceName" in str(name) for _code, name in form.fields["counties"].choices)
