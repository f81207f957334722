"""Two lines about the receiver's own municipality: only what everybody may know, in few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverka.knowledge.models import Page
from samverka.newsletters.place_lines import lines_for, lines_for_all
from samverka.organisations.models import Organisation
from samverka.questionnaires.reading import published_version
from samverka.surveys.models import Response, Round
from tests.people import Village


def body(name: str, code: str) -> Organisation:
    return Organisation.objects.create(
        name=name, kind="municipality", municipality_id=code, county_id=code[:2], invented=True
    )


def example(title: str, code: str = "", **fields: Any) -> Page:
    told = {"kind": "example", "state": "published", "published_at": timezone.now(), "municipality_id": code or None}
    return Page.objects.create(title=title, **(told | fields))


@pytest.fixture
def own(village: Village) -> Organisation:
    return body("Övningsås kommun", "1499")


def test_nothing_is_said_where_nothing_is_known(own: Organisation) -> None:
    assert lines_for(own) == ((), ())


def test_own_example_comes_before_the_neighbours(own: Organisation) -> None:
    example("Grannens kafé", "1480")
    assert lines_for(own).sv[0].startswith("Nytt exempel från Göteborg")
    example("Vårt kafé", "1499")
    assert "”Vårt kafé”" in lines_for(own).sv[0]
    assert "Övningsås kommun" in lines_for(own).sv[0]


def test_example_of_the_county_is_told_where_no_place_is(own: Organisation) -> None:
    example("Länets kafé", county_id="14")
    assert lines_for(own).sv == ("Nytt exempel från ert län: ”Länets kafé”.",)


def test_example_without_a_place_is_told_to_its_owner_only(own: Organisation, village: Village) -> None:
    example("Platslöst", owner=own)
    assert lines_for(own).sv == ("Från Övningsås kommun finns 1 nytt exempel: ”Platslöst”.",)
    assert lines_for(village.municipality).sv == (), "a body without a county has no neighbours"


def test_portrait_is_no_example(own: Organisation) -> None:
    example("Göteborgs Stad", "1480", kind="portrait")
    assert lines_for(own).sv == ()


def test_drafts_withdrawn_old_and_far_ones_are_not_told(own: Organisation) -> None:
    example("Utkast", "1499", state="draft", published_at=None)
    example("Borta", "1499", state="withdrawn", withdrawn_at=timezone.now(), withdrawn_reason="Fel")
    example("Gammalt", "1499", published_at=timezone.now() - timezone.timedelta(days=400))
    example("Långt bort", "2480")
    assert lines_for(own) == ((), ())


def survey(own: Organisation, *, published: bool = True) -> None:
    """Let six of the county's municipalities have answered a round: four have a plan."""
    now = timezone.now()
    found = Round.objects.create(
        slug="k-2027", title="Kartläggning 2027", version=published_version("offentliga-aktorer"), state="closed",
        opened_at=now, published_at=now if published else None,
    )  # fmt: skip
    for number, code in enumerate(("1480", "1481", "1482", "1484", "1485", "1486")):
        Response.objects.create(
            round=found, respondent=code, organisation=body(f"Provort {code}", code), received_on=now.date(),
            answers={"ok_plan": "yes" if number < 4 else "no"},
        )  # fmt: skip


def test_similar_ones_answers_are_told(own: Organisation) -> None:
    survey(own)
    said = lines_for(own).sv[-1]
    assert "har en handlingsplan" in said
    assert "ni har inte svarat" in said
    assert "Kartläggning 2027" in said


def test_answers_that_nobody_may_read_are_not_told(own: Organisation) -> None:
    survey(own, published=False)
    assert lines_for(own) == ((), ())


def test_many_are_asked_for_in_as_many_queries_as_one(own: Organisation) -> None:
    survey(own)
    example("Länets kafé", county_id="14")
    everyone = list(Organisation.objects.filter(kind="municipality"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        lines_for(own)
    with CaptureQueriesContext(connection) as many:
        found = lines_for_all(everyone)
    assert len(many) <= len(one) <= 10
    assert found[own.pk] == lines_for(own)
