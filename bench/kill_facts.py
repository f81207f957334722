"""Run with the settings of the installation that is being killed: begin its sending, and tell how it stands."""

import json
import sys

import django

django.setup()

from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from samverka.newsletters.actions.sending import begin_sending  # noqa: E402
from samverka.newsletters.models import Block, Delivery, Issue, IssueText, Subscriber  # noqa: E402
from samverka.organisations.models import Organisation  # noqa: E402


def begin(label: str, count: int) -> dict[str, object]:
    """Send an issue to `count` new subscribers, and to nobody else."""
    Subscriber.objects.all().delete()
    now = timezone.now()
    Subscriber.objects.bulk_create(
        Subscriber(email=f"p{n}@kill{label}-{n % 500}.example", state="confirmed", confirmed_at=now)
        for n in range(count)
    )
    host = Organisation.objects.create(name=f"Kill {label}", kind="agency", invented=True)
    issue = Issue.objects.create(
        sender=host, format="magazine", audience={"kind": "subscribers"}, from_address="kill@exempel.example"
    )
    IssueText.objects.create(issue=issue, subject="Nyheter")
    Block.objects.create(issue=issue, kind="lead", position=1, content={"text": "Hej! " * 200})
    begin_sending(by=None, issue_id=issue.public_id)
    return {}


def _rows(label: str) -> "QuerySet[Delivery]":  # noqa: F821
    return Delivery.objects.filter(issue__sender__name=f"Kill {label}")


def tell(what: str, label: str) -> dict[str, object]:
    """Return the rows, or how many of each state."""
    if what == "rows":
        return {"rows": list(_rows(label).values_list("address", "state"))}
    states = dict(_rows(label).values_list("state").annotate(Count("id")).order_by())
    return {"issue": Issue.objects.get(sender__name=f"Kill {label}").state, "states": states}


what, which = sys.argv[1:3]
sys.stdout.write(json.dumps(begin(which, int(sys.argv[3])) if what == "begin" else tell(what, which)))
