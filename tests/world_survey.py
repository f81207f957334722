"""Rounds of the world: one that is answered, one at the desk, and those whose results can be seen."""

from datetime import timedelta

from django.utils import timezone

from samverka.kernel.models import JobProgress
from samverka.organisations.models import Organisation
from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.content import shipped_questionnaires
from samverka.questionnaires.reading import published_version
from samverka.surveys import actions
from samverka.surveys.actions import add_responses, open_round
from samverka.surveys.actions.report_blocks import remove_block
from samverka.surveys.actions.rounds import prepare_round
from samverka.surveys.holders import Holder
from samverka.surveys.links import asked_key, passed_key
from samverka.surveys.models import Asked, Passed, Response, Round

from .people import Village
from .surveys.reports import publish, started, written


def build_surveys(village: Village) -> dict[str, str]:
    """Make the rounds; return what addresses name of them."""
    return _answering(village) | _desk(village) | _results() | _open_link() | _reports(village)


def _answering(village: Village) -> dict[str, str]:
    """Make the round; return its keys as they stand in addresses."""
    version = published_version("offentliga-aktorer")
    assert version is not None
    now = timezone.now()
    found = Round.objects.create(
        slug="svara-2027", title="Kartläggning 2027", version=version, state="open", opened_at=now
    )
    asked = Asked.objects.create(round=found, organisation=village.municipality, email="registrator@exempelby.example")
    by = Holder(asked, name="Karin")
    actions.save_answers(by=by, changes=[actions.Change(("kontakt", -1), 0, "Kansliet i Exempelby")])
    passed = Passed.objects.create(asked=asked, blocks=["block_2"], email="fritid@exempelby.example", passed_by="Karin")
    response = Response.objects.create(
        round=found, respondent=village.neighbour.public_id, organisation=village.neighbour,
        answers={"tackning": "hela", "kontakt": "Kansliet i Grannby"}, received_on=timezone.localdate(),
    )  # fmt: skip
    handed = Asked.objects.create(
        round=found, organisation=village.neighbour, state="handed_over", handed_over_at=now, handed_over_by="Olle",
        response=response,
    )  # fmt: skip
    return {
        "answering": asked_key(asked),
        "handed": asked_key(handed),
        "handed_id": handed.public_id,
        "passed_key": passed_key(passed),
        "passed": passed.public_id,
        "round": found.slug,
    }


def _desk(village: Village) -> dict[str, str]:
    """Make a round that is open, with one who is invited, one who has answered and one who waits; and one prepared."""
    now = timezone.now()
    facts = {
        "title": "Så samverkar ni 2027", "sender": "Exempelmyndigheten", "contact_name": "Anna Provsson",
        "contact_email": "anna@vard.example", "contact_phone": "0123-456 70", "at_hand": "Avtalen",
        "closes_on": timezone.localdate() + timedelta(days=60),
    }  # fmt: skip
    opened = open_round(by=None, slug="2027", questionnaire="offentliga-aktorer")
    Round.objects.filter(pk=opened.pk).update(**facts)
    prepare_round(by=None, slug="pilot", questionnaire="offentliga-aktorer", values={**facts, "mode": "pilot"})
    asked = {
        name: Asked.objects.create(round=opened, organisation=organisation, email=f"{name}@exempel.example", **given)
        for name, organisation, given in (
            ("asked", village.municipality, {"state": "invited", "invited_at": now}),
            ("answered", village.neighbour, {"state": "handed_over", "invited_at": now, "handed_over_at": now}),
            ("not_invited", Organisation.objects.get(source_key="region:14"), {}),
        )
    }
    sending = JobProgress.objects.create(
        kind="survey_invitations",
        label="2027",
        owner_id=village.anna.pk,
        state="done",
        done=2,
        total=2,
        finished_at=now,
    )
    return {name: one.public_id for name, one in asked.items()} | {"sending": sending.public_id}


def _results() -> dict[str, str]:
    """Make a round whose results are public, one that takes answers and one that is closed but not public."""
    publish_definition(by=None, slug="offentliga-aktorer", definition=shipped_questionnaires()["offentliga-aktorer"])
    slugs = {"published_round": "kartlaggning-2025", "open_round": "kartlaggning-2027", "closed_round": "stangd-2026"}
    for slug in slugs.values():
        opened = open_round(by=None, slug=slug, questionnaire="offentliga-aktorer")
        answers = [("1480", '{"form_iop":"yes","kontakt":"Kansliet"}'), ("14", '{"form_iop":"no"}')]
        add_responses(by=None, round_id=opened.pk, responses=answers)
    closed = Round.objects.filter(slug__in=slugs.values()).exclude(slug=slugs["open_round"])
    closed.update(state="closed", closed_at=timezone.now())
    closed.filter(slug=slugs["published_round"]).update(published_at=timezone.now())
    return slugs


def _open_link() -> dict[str, str]:
    """Make a round of associations that everybody answers by the same link."""
    opened = open_round(by=None, slug="foreningar-2027", questionnaire="foreningar")
    Round.objects.filter(pk=opened.pk).update(side="civil", access="open", title="Föreningarna 2027")
    return {"by_open_link": opened.slug}


def _reports(village: Village) -> dict[str, str]:
    """Make a report that is published twice, with a part that is removed."""
    found = Round.objects.select_related("version__questionnaire").get(slug="kartlaggning-2025")
    report = written(started(found, by=village.anna))
    publish(report, by=village.anna)
    publish(report, what_changed="En siffra var fel.", by=village.anna)
    figure = report.blocks.standing().filter(variable="form_iop").get()
    remove_block(by=village.anna, block_id=report.blocks.standing().filter(kind="figure").first().public_id)
    return {"report": report.public_id, "part": figure.public_id}
