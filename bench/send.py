"""100,000 mails to a sink, with a log for each, one-click headers and retry; django-newsletter beside it.

The product's own jobs send, in a process of its own as the worker runs them; the sink is another, the database a third.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.rows import Row

COUNT = int(os.environ.get("SAMVERKA_BENCH_MAILS", "100000"))
SLOW_COUNT = int(os.environ.get("SAMVERKA_BENCH_SLOW_MAILS", "10000"))
PEER_COUNT = int(os.environ.get("SAMVERKA_BENCH_PEER_MAILS", "1000"))
QUEUED = 10_000
#: Addresses that are told once to come again later.
LATER_EVERY = 1000
PORT = 8769


def measure() -> list[Row]:
    """Queue, send without and with latency, send by the peer, and return the rows."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
    queueing = _queueing()
    fast, slow = _sending(COUNT, 0), _sending(SLOW_COUNT, 40)
    peer = _peer()
    retried = f"{fast['retried']} told once to come again, and sent then"
    return [
        Row(
            "send_rate", fast["rate"], "per s", bar=500, at_most=False, peer="django-newsletter, its own loop, per s",
            peer_value=peer, peer_ratio=fast["rate"] / peer,
            note=f"{COUNT} mails to a sink, {fast['once']} once each, all with one-click headers; {retried}; "
            f"the peer sent {PEER_COUNT} through the same sink",
        ),
        Row(
            "send_rate_40ms", slow["rate"], "per s", bar=300, at_most=False,
            note=f"{SLOW_COUNT} mails, 40 ms before each answer, {slow['connections']} connections",
        ),
        Row("queue_10000", queueing, "s", bar=2, note="letter frozen, rows and jobs made, committed"),
        Row("send_memory", fast["memory"], "MB", note=f"most that the sending process held, {COUNT} mails"),
    ]  # fmt: skip


def _subscribe(count: int) -> None:
    from django.utils import timezone

    from samverka.newsletters.models import Delivery, Subscriber

    Delivery.objects.all().delete()
    Subscriber.objects.all().delete()
    now = timezone.now()
    Subscriber.objects.bulk_create(
        [
            Subscriber(email=f"{_name(n)}{n}@bench{n % 3000}.example", state="confirmed", confirmed_at=now)
            for n in range(count)
        ],
        batch_size=5000,
    )


def _name(number: int) -> str:
    return "senare" if number % LATER_EVERY == 0 else "p"


def _issue() -> Any:
    from samverka.newsletters.models import Block, Issue, IssueText, Sender
    from samverka.organisations.models import Organisation

    host, _new = Organisation.objects.get_or_create(name="Exempelmyndigheten", kind="agency")
    Sender.objects.get_or_create(
        organisation=host,
        defaults={"from_name": "Exempelmyndigheten", "from_address": "nyhetsbrev@exempel.example",
                  "reply_to": "kontakt@exempel.example", "is_host": True},
    )  # fmt: skip
    issue = Issue.objects.create(sender=host, format="magazine", audience={"kind": "subscribers"})
    IssueText.objects.create(issue=issue, subject="Tre nyheter om samverkan", preview="Två rapporter och en modell")
    words = "Föreningar och kommuner i hela landet har berättat hur de arbetar tillsammans. " * 6
    for number in range(5):
        content = {"heading": f"Nyhet {number}", "text": words}
        Block.objects.create(issue=issue, kind="item" if number else "lead", position=number + 1, content=content)
    return issue


def _queueing() -> float:
    """Return the seconds it takes to begin a sending to QUEUED subscribers."""
    from samverka.newsletters.actions.sending import begin_sending, cancel_rest

    _subscribe(QUEUED)
    issue = _issue()
    before = time.perf_counter()
    begin_sending(by=None, issue_id=issue.public_id)
    seconds = time.perf_counter() - before
    cancel_rest(by=None, issue_id=issue.public_id)
    return seconds


def _sending(count: int, delay: int) -> dict[str, Any]:
    """Send to `count` subscribers and return the rate, from the first claim to the last row noted."""
    from django.db import connection

    from samverka.newsletters.actions.sending import begin_sending

    _subscribe(count)
    issue = begin_sending(by=None, issue_id=_issue().public_id)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE newsletters_delivery")
    taken = Path("var/bench-sink")
    with sink(taken, delay):
        done = subprocess.run(
            [sys.executable, "-m", "bench.send", str(issue.pk)],
            env=os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{PORT}"}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        time.sleep(0.3)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    lines = taken.read_text().splitlines()
    told["once"] = len(set(lines)) if len(set(lines)) == len(lines) == count else f"NOT {count}: {len(lines)}"
    told["one_click"] = sum(line.endswith(" 1") for line in lines)
    return told


@contextmanager
def sink(path: Path, delay: int) -> Iterator[None]:
    """Run the sink; what it takes is written to `path`."""
    path.unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.smtp_sink", str(PORT), str(path), str(delay)], stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _peer() -> float:
    """Return the mails a second that django-newsletter's own loop sends through the same sink."""
    taken = Path("var/bench-sink-peer")
    with sink(taken, 0):
        done = subprocess.run(
            [sys.executable, "-m", "bench.send_peer", str(PEER_COUNT), str(PORT)],
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout.splitlines()[-1])


def main(issue_id: int) -> None:
    """Do the jobs of an issue until it is sent, as a worker does them, and print what it took."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from samverka.newsletters.models import Delivery, Issue
    from samverka.newsletters.sending_tasks import send_share

    waiting = Delivery.objects.filter(issue=issue_id, state__in=["waiting", "sending"])
    before = time.perf_counter()
    while waiting.exists():
        send_share(issue_id)
    later = Delivery.objects.filter(issue=issue_id, state="deferred")
    retried = later.update(next_attempt_at=timezone.now())
    while later.exists():
        send_share(issue_id)
    seconds = time.perf_counter() - before
    sent = Delivery.objects.filter(issue=issue_id, state="sent").count()
    assert Issue.objects.get(pk=issue_id).state == "sent"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rate": sent / seconds, "memory": memory, "retried": retried,
                      "connections": settings.SEND_CONNECTIONS}))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
