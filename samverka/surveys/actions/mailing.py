"""How a mail to one who is asked is put in the outbox."""

from samverka.kernel.mail import outbox

from ..emails import SurveyEmail
from ..models import Asked

_LABEL = 300


def put_in_outbox(kind: type[SurveyEmail], asked: Asked) -> None:
    """Queue a mail of that kind to one who is asked, whose round and organisation are read. Answers go to the round's
    contact.
    """
    found = asked.round
    outbox.send(
        kind(
            asked=asked.public_id,
            link_number=asked.link_number,
            title_of_round=str(found)[:_LABEL],
            closes_on=found.closes_on.isoformat() if found.closes_on else "",
            must=int(bool(found.provision)),
            diary_number=found.diary_number,
        ),
        to=asked.email,
        language=asked.language,
        reply_to=found.contact_email,
        thread=f"survey.{asked.public_id}",
    )
