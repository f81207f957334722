"""What stops an issue, and what its author should know."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from samverka.kernel.models import OutboxMessage
from samverka.newsletters.actions.checking import ask_for_checks, run_checks, send_to_myself
from samverka.newsletters.checks import STOPS, WARNS, findings, spam_like, stops
from samverka.newsletters.models import DomainCheck, Issue, IssueText, LinkCheck, Sender
from samverka.newsletters.rendering import render_issue
from tests.newsletters.issues import block, issue_of, picture_of
from tests.newsletters.seed_newsletter import seed_newsletter
from tests.newsletters.test_domain_check import Names
from tests.people import Village
from tests.world import client_of, enrol_totp

ITEM: dict[str, Any] = {
    "heading": "Vägledningen", "text": "Den är kort.", "for_whom": "registratorer", "contact_name": "Karin Provsson",
}  # fmt: skip


@pytest.fixture(autouse=True)
def sink() -> Any:
    with override_settings(MAIL_SINK=True):
        yield


@pytest.fixture
def issue(village: Village) -> Issue:
    made = issue_of(village.municipality, reply_read_until=date(2099, 1, 1))
    block(made, "lead", text="Vi har skrivit en vägledning.")
    block(made, "item", **ITEM)
    return made


def said(issue: Issue, level: str = STOPS) -> str:
    return "\n".join(one.said for one in findings(issue) if one.level == level)


def test_whole_issue_is_not_stopped(issue: Issue) -> None:
    assert not stops(issue)


def test_author_hears_before_sending_that_there_is_no_diary_number(issue: Issue) -> None:
    assert "diarienummer" not in said(issue, WARNS)
    issue.diary_number = ""
    assert "Utan nummer står det inget om det i texten till diariet" in said(issue, WARNS)


def test_seed_is_not_stopped(db: None) -> None:
    assert not stops(seed_newsletter())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"matter": ""}, "Välj vad mottagaren"),
        ({"matter": "answer_required"}, "vilken bestämmelse"),
        ({"answer_by": date(2020, 1, 1)}, "redan varit"),
        ({"reply_to": ""}, "adress som svar"),
        ({"reply_read_until": None}, "vilken dag en person"),
        ({"reply_read_until": date(2020, 1, 1)}, "vilken dag en person"),
    ],
)
def test_head_that_lacks_something(issue: Issue, changed: dict[str, Any], says: str) -> None:
    Issue.objects.update(**changed)
    issue.refresh_from_db()
    assert says in said(issue)


@pytest.mark.parametrize(
    ("missing", "says"),
    [("for_whom", "vem det här är för"), ("contact_name", "vem man frågar"), ("text", "något fattas")],
)
def test_item_that_lacks_something(issue: Issue, missing: str, says: str) -> None:
    item = issue.blocks.get(kind="item")
    item.content = item.content | {missing: ""}
    item.save()
    found = [one for one in stops(issue) if says in one.said]
    assert [one.block for one in found] == [item]


@pytest.mark.parametrize(("way", "stopped"), [({"contact_phone": "0123-456 78"}, False), ({}, True)])
def test_function_that_one_can_reach_is_somebody_to_ask(issue: Issue, way: dict[str, str], *, stopped: bool) -> None:
    item = issue.blocks.get(kind="item")
    item.content = item.content | {"contact_name": "", "contact_role": "Föreningssamordnare", **way}
    item.save()
    assert ("vem man frågar" in said(issue)) == stopped
    letter = render_issue(issue)
    assert "Frågor: Föreningssamordnare" in letter.html and "Frågor: Föreningssamordnare" in letter.text
    assert "Kontakt: Föreningssamordnare" in letter.text


def test_page_of_checks_says_which_part(issue: Issue, village: Village) -> None:
    Sender.objects.update(is_host=True)
    enrol_totp(user=village.eva)
    issue.blocks.filter(kind="item").update(content=ITEM | {"for_whom": ""})
    page = client_of(village.eva).get(f"/redaktion/utskick/{issue.public_id}/kontroll/").content.decode()
    assert "(Nyhet: Vägledningen)" in page


def test_picture_without_words_for_those_who_do_not_see_it(issue: Issue) -> None:
    made = block(issue, "picture", picture=picture_of(issue).token)
    assert "den som inte ser den" in said(issue)
    made.content["alt"] = "Ett bord"
    made.save()
    assert not stops(issue)


def test_empty_block_and_empty_subject_stop(issue: Issue) -> None:
    block(issue, "quote")
    IssueText.objects.update(subject="")
    assert "tomt än" in said(issue)
    assert "Skriv en ämnesrad" in said(issue)


def test_letter_about_two_things_is_stopped(issue: Issue) -> None:
    block(issue, "item", **ITEM)
    assert "en enda sak" in said(issue)


def test_heavy_mail_is_stopped_and_weight_is_told(issue: Issue) -> None:
    assert "kB utan bilder" in said(issue, "tells")
    block(issue, "text", text="Ord och mer ord. " * 7000)
    assert "Gmail klipper" in said(issue)


def test_hard_text_is_told_with_lix(issue: Issue) -> None:
    block(issue, "text", text="Verksamhetsutvecklingsprojektets kommunikationsstrategiska förutsättningar " * 8)
    assert "LIX" in said(issue, "warns")


@pytest.mark.parametrize(
    "subject", ["Missa inte detta", "Gratis kurs", "KOM NU", "Välkommen!", "Sv: brevet", "Läs om DETTA"]
)
def test_subject_that_looks_like_advertising(subject: str) -> None:
    assert spam_like(subject)


@pytest.mark.parametrize("subject", ["Ny vägledning om samverkan", "Två rapporter från MUCF", "IOP i sex kommuner"])
def test_plain_subject(subject: str) -> None:
    assert not spam_like(subject)


def test_old_or_torn_plain_text_is_told(issue: Issue) -> None:
    IssueText.objects.update(plain_text="Kort.", made_from="x")
    assert "säger mycket mindre" in said(issue)
    assert "äldre än delarna" in said(issue, "warns")
    IssueText.objects.update(plain_text="<p>" + "Lång text. " * 60)
    assert "HTML" in said(issue)


def test_links_and_domain_are_checked_in_a_job(village: Village, issue: Issue) -> None:
    item = issue.blocks.get(kind="item")
    item.content |= {"link_label": "Läs", "link_url": "/finns-inte/"}
    item.save()
    Issue.objects.update(from_address="a@myndigheten.example")
    issue.refresh_from_db()
    assert "inte prövad" in said(issue, "warns")
    ask_for_checks(by=village.karin, issue_id=issue.public_id)
    run_checks(by=None, issue_id=issue.pk, resolver=Names({}))
    assert "404" in said(issue)
    assert "SPF" in said(issue, "warns")
    item.content["link_url"] = "/modeller/"
    item.save()
    run_checks(by=None, issue_id=issue.pk, resolver=Names({}))
    assert LinkCheck.objects.count() == 1
    assert not stops(issue)


def test_domain_that_does_not_vouch_stops_what_really_leaves(issue: Issue) -> None:
    with override_settings(MAIL_SINK=False):
        assert "inte kontrollerad" in said(issue)
        Issue.objects.update(from_address="a@myndigheten.example")
        issue.refresh_from_db()
        run_checks(by=None, issue_id=issue.pk, resolver=Names({}))
        assert DomainCheck.objects.get().domain == "myndigheten.example"
        assert any(one.record and one.record[1].startswith("v=spf1") for one in stops(issue))


def test_issue_is_sent_to_its_author_only(village: Village, issue: Issue) -> None:
    send_to_myself(by=village.karin, issue_id=issue.public_id, language="sv")
    mail = OutboxMessage.objects.get()
    assert (mail.to_address, mail.kind) == ("karin@example.se", "issue_to_myself")
    assert mail.subject.startswith("[Prov] [För kännedom]")
    assert "[[" not in mail.html + mail.text


def test_last_day_is_not_today(issue: Issue) -> None:
    issue.answer_by = timezone.localdate() + timedelta(days=1)
    assert "redan varit" not in said(issue)
