"""The HTML of a mail uses nothing that the big mail programs lack."""

import pytest

from samverka.newsletters.checks import CLIPPED_AT
from samverka.newsletters.emails import IssueToMyself
from samverka.newsletters.enums import BlockKind
from samverka.newsletters.merging import all_leading_to, merge
from samverka.newsletters.models import Issue
from samverka.newsletters.rendering import render_issue
from tests.newsletters.issues import block, issue_of, picture_of
from tests.newsletters.mail_clients import faults
from tests.newsletters.seed_newsletter import SUBJECT, seed_newsletter
from tests.people import Village


@pytest.fixture
def seed(db: None) -> Issue:
    return seed_newsletter()


def test_seed_uses_nothing_that_mail_programs_lack(seed: Issue) -> None:
    found = faults(merge(render_issue(seed), all_leading_to("https://x.example/", why="Ni är med.")).html)
    assert not found, "\n".join(found)


def test_every_kind_of_block_uses_nothing_that_mail_programs_lack(village: Village) -> None:
    made = issue_of(village.municipality)
    picture = picture_of(made).token
    for kind in BlockKind.values:
        block(made, kind, heading="Rubrik", text="Text med [länk](https://x.example) och\n\n- en\n- två", value="34",
              base="192", source="SOU", day="2027-04-30", begins="18:00", place="Bygdegården", link_label="Läs",
              link_url="https://x.example", picture=picture, alt="Ett bord", quote="Ja", who="Karin")  # fmt: skip
    assert not faults(render_issue(made).html)


def test_trial_mail_uses_nothing_that_mail_programs_lack(db: None) -> None:
    assert not faults(IssueToMyself.sample().letter_html)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ('<div style="display:flex">', "flex"),
        ('<div style="position:absolute">', "position"),
        ('<td style="background:url(x.png)">', "url"),
        ("<script>x</script>", "script"),
        ("<svg></svg>", "svg"),
        ("<form></form>", "form"),
        ('<img src="https://x.example/a.png" alt="">', "width"),
        ('<img src="data:image/png;base64,x" alt="" width="1">', "data"),
        ("<style>.a { color: red; }</style>", "outside @media"),
        ("<style>@import url(x.css);</style>", "fetches"),
        ('<a href="/utskick/">x</a>', "nowhere"),
        ('<p onclick="x">', "script"),
        ("<table><tr><td></td></tr></table>", "role=presentation"),
    ],
)
def test_checker_finds(bad: str, says: str) -> None:
    good = '<!--[if mso | IE]><![endif]--><table role="presentation" bgcolor="#ffffff"></table>'
    assert not faults(good)
    assert any(says in fault for fault in faults(good + bad))


def test_seed_has_what_the_newsletter_had(seed: Issue) -> None:
    letter = render_issue(seed)
    assert letter.subject == f"[För kännedom] {SUBJECT}, dnr 0531/20"
    for part in (letter.html, letter.text):
        for said in ("0531/20", "Omar Provsson", "Elisabet Provsson", "Region Jämtland Härjedalen", "Ekerö kommun",
                     "Prenumerera på fler nyheter", "[[unsubscribe_url]]", "[[web_url]]"):  # fmt: skip
            assert said in part
    assert "https://myndigheten.example/personuppgifter" in letter.text
    assert letter.web["minutes"] == 1


def test_seed_is_light(seed: Issue) -> None:
    assert len(render_issue(seed).html.encode()) < CLIPPED_AT / 2
