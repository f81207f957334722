"""Collaborations as one coordinator meets them: 5,000 of them with 50,000 texts, over HTTP with one client."""

import io
import json
import os
import random
import secrets
import time
from datetime import timedelta
from typing import Any

from bench.rows import Row, timed
from bench.site import Reader, site

COLLABORATIONS = int(os.environ.get("SAMVERKA_BENCH_COLLABORATIONS", "5000"))
TEXTS = 10  # each
#: How long a text is: what fits on a phone's screen, as people write in a diary.
WORDS = (
    "Vi pratade om vilka som kommer i dag och vilka som inte gör det. Föräldrarna står ofta utanför och väntar. "
    "Biblioteket är fullt på tisdagar, och lokalen behöver låsas upp av någon som har nyckel."
)


def measure() -> list[Row]:
    """Fill the tables, run the site and return the rows."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_content", verbosity=0, stdout=io.StringIO())
    village = _Village()
    village.write()
    with site():
        return [*_pages(village), _drafts(village), _paper(village)]


class _Village:
    """The invented municipality of the measurement, its coordinator, and what she has under way."""

    def __init__(self) -> None:
        from samverka.accounts.models import User
        from samverka.organisations.models import Membership, Organisation

        self.karin = User.objects.create_user(f"karin-{secrets.token_hex(4)}@exempelby.example", name="Karin Provsson")
        self.body = Organisation.objects.create(name="Exempelby kommun", kind="municipality", invented=True)
        Membership.objects.create(user=self.karin, organisation=self.body, role="administrator")
        self.associations = [
            Organisation.objects.create(name=f"Förening {number:02}", kind="association", invented=True)
            for number in range(40)
        ]
        self.chance = random.Random(20261125)

    def write(self) -> None:
        """Write collaborations, parties, texts and promises, in bulk."""
        from django.db import connection

        from samverka.collaborations.models import Collaboration, Commitment, Entry, Party, StepChange
        from samverka.processes.reading import SHIPPED, published_model

        model = published_model(SHIPPED)
        assert model is not None
        made = Collaboration.objects.bulk_create(
            Collaboration(title=f"Samverkan {n}", purpose=WORDS, state="active", model_version_id=model.pk)
            for n in range(COLLABORATIONS)
        )
        parties = Party.objects.bulk_create(
            [self._party(one, self.body) for one in made]
            + [self._party(one, self.chance.choice(self.associations)) for one in made]
        )
        by_collaboration: dict[int, list[Any]] = {}
        for party in parties:
            by_collaboration.setdefault(party.collaboration_id, []).append(party)
        codes = [question.code for step in model.steps for question in step.questions]
        Entry.objects.bulk_create(
            (
                self._entry(one, by_collaboration[one.pk], self.chance.choice(codes))
                for one in made
                for _n in range(TEXTS)
            ),
            batch_size=5000,
        )
        StepChange.objects.bulk_create(
            StepChange(collaboration=one, step=step.code, state="done", party=by_collaboration[one.pk][0])
            for one in made
            for step in model.steps[: self.chance.randrange(6)]
        )
        promises = Commitment.objects.bulk_create(
            Commitment(
                collaboration=one, what="Låsa upp lokalen", made_by=by_collaboration[one.pk][0],
                due_on=_today() + timedelta(days=self.chance.randrange(-30, 90)),
            )
            for one in made
            for _n in range(2)
        )  # fmt: skip
        owners = Commitment.owners.through
        owners.objects.bulk_create(
            owners(commitment_id=promise.pk, party_id=promise.made_by_id) for promise in promises
        )
        # One step with forty texts to look at, and one diary with two hundred to print.
        self.some = self.chance.sample(made, min(200, len(made)))
        self.full, self.long = self.some[0], self.some[1]
        Entry.objects.bulk_create(self._entry(self.full, by_collaboration[self.full.pk], "3.2.1") for _n in range(40))
        Entry.objects.bulk_create(
            self._entry(self.long, by_collaboration[self.long.pk], code) for code in (codes * 3)[: 200 - TEXTS]
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        connection.close()

    def _party(self, collaboration: Any, organisation: Any) -> Any:
        from samverka.collaborations.models import Party

        contact = self.karin if organisation is self.body else None
        return Party(
            collaboration=collaboration, organisation=organisation, state="active", joined_at=_now(), contact=contact
        )

    def _entry(self, collaboration: Any, parties: list[Any], question: str) -> Any:
        from samverka.collaborations.models import Entry

        return Entry(
            collaboration=collaboration, party=self.chance.choice(parties), circle="all", text=WORDS, author=self.karin,
            step=question.rpartition(".")[0], question=question, shared_at=_now(), shared_by=self.karin,
        )  # fmt: skip

    def cookies(self) -> dict[str, str]:
        """Return the headers of Karin's browser, signed in."""
        from allauth.account.internal.flows import login
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore
        from django.db import connection

        session = SessionStore()
        session[SESSION_KEY] = str(self.karin.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.karin.get_session_auth_hash()
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": time.time()}]
        session.save()
        connection.close()
        token = secrets.token_hex(16)
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
        return {"Cookie": cookie, "X-CSRFToken": token}

    def at(self, collaboration: Any, path: str = "") -> str:
        """Return the address of a page of the collaboration."""
        return f"/arbete/{self.body.public_id}/samverkan/{collaboration.public_id}/{path}"


def _pages(village: _Village) -> list[Row]:
    reader = Reader(headers=village.cookies())
    overview = f"/arbete/{village.body.public_id}/samverkan/"
    asked = (
        ("first_page", [village.at(one) for one in village.some], "different collaborations"),
        ("diary_page", [village.at(village.full, "dagbok/3.2/")] * 100, "a step with 40 texts"),
        ("overview", [f"{overview}?sida={1 + n % 100}" for n in range(100)], f"{COLLABORATIONS} rows, 50 a page"),
    )
    rows = []
    for name, paths, what in asked:
        for path in paths[:5]:
            reader.get(path)
        answers = [reader.get(path) for path in paths]
        p50, p99 = timed([took for took, _body in answers])
        heaviest = max(len(body) for _took, body in answers) / 1024
        note = f"p99 {p99:.1f}, {len(paths)} answers, {what}; at most {heaviest:.0f} kB"
        rows.append(Row(f"{name}_p50", p50, "ms", bar=30, note=note))
    return rows


def _drafts(village: _Village) -> Row:
    reader = Reader(headers=village.cookies())
    path, revision, took = village.at(village.full, "utkast/"), 0, []
    for number in range(200):
        values = json.dumps({"text": f"{WORDS} {number}", "circle": "party"})
        form = {"key": "q:3.2.1", "values": values, "base_version": "0", "revision": str(revision)}
        seconds, body = reader.post(path, form)
        revision = json.loads(body)["revision"]
        took.append(seconds)
    p50, p99 = timed(took[5:])
    return Row("draft_save_p50", p50, "ms", bar=20, note=f"p99 {p99:.1f}, {len(took)} saves of one draft")


def _paper(village: _Village) -> Row:
    reader = Reader(headers=village.cookies())
    took = [reader.get(village.at(village.long, "delat.pdf")) for _again in range(7)]
    first, p50 = took[0][0], timed([seconds for seconds, _body in took[1:]])[0] / 1000
    note = f"200 texts, {len(took[0][1]) / 1024:.0f} kB; the first, before a drawing process waited, {first:.2f} s"
    return Row("diary_pdf", p50, "s", bar=1.5, note=note)


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()
