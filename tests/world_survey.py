"""A round under way in the world: the municipality is asked and has begun, the neighbour has handed over."""

from django.utils import timezone

from samverka.questionnaires.reading import published_version
from samverka.surveys import actions
from samverka.surveys.holders import Holder
from samverka.surveys.links import asked_key, passed_key
from samverka.surveys.models import Asked, Passed, Response, Round

from .people import Village


def build_survey(village: Village) -> dict[str, str]:
    """Make the round; return its keys as they stand in addresses."""
    version = published_version("offentliga-aktorer")
    assert version is not None
    now = timezone.now()
    found = Round.objects.create(
        slug="kartlaggning-2027", title="Kartläggning 2027", version=version, state="open", opened_at=now
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
        "passed_key": passed_key(passed),
        "passed": passed.public_id,
        "round": found.slug,
    }
