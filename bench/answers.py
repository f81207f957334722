"""Answering a mapping: one answer saved, and 300 people saving at once through the real web server.

Each of them answers for a body of their own, a question at a time, on top of the version they have seen. Afterwards the
rows are counted: each save that was confirmed is there once, and each place's versions count from 1 without a gap.
"""

import http.client
import io
import json
import os
import random
import secrets
import string
import threading
import time
from urllib.parse import urlencode

from bench.rows import Row, timed
from bench.site import PORT, site

PEOPLE = int(os.environ.get("SAMVERKA_BENCH_PEOPLE", "300"))
SECONDS = float(os.environ.get("SAMVERKA_BENCH_SECONDS", "60"))
ONE_CLIENT = 500  # saves
#: Questions of the first two blocks and what one may answer: no two answers after each other are the same.
QUESTIONS = (
    ("block_1", "kontakt", None), ("block_1", "en_vag_in", ("yes", "no")), ("block_1", "ersattare", ("yes", "no")),
    ("block_1", "tackning", ("hela", "delar")), ("block_2", "djup_kultur", ("inget", "kontakt", "samrad")),
    ("block_2", "form_bidrag", ("yes", "no")), ("block_2", "utan_nummer", ("yes", "no")),
)  # fmt: skip


def measure() -> list[Row]:
    """Make a round, run the site and return the rows."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_content", verbosity=0, stdout=io.StringIO())
    panel = _panel()
    with site():
        return [_one(panel[0]), _together(panel)]


def _panel() -> list[tuple[int, str]]:
    """Return (primary key, key of the link) of everybody who is asked."""
    from django.db import connection
    from django.utils import timezone

    from samverka.organisations.models import Organisation
    from samverka.questionnaires.reading import published_version
    from samverka.surveys.links import asked_key
    from samverka.surveys.models import Asked, Round

    version = published_version("offentliga-aktorer")
    found = Round.objects.create(slug=f"matt-{secrets.token_hex(4)}", version=version, opened_at=timezone.now())
    bodies = [
        Organisation.objects.create(name=f"Provby {number} kommun", kind="municipality", invented=True)
        for number in range(PEOPLE + 1)
    ]
    asked = [Asked.objects.create(round=found, organisation=body, state="invited") for body in bodies]
    keys = [(one.pk, asked_key(one)) for one in asked]
    connection.close()
    return keys


class _Respondent:
    """A browser with a connection of its own that has said its name and saves answers as the script does."""

    def __init__(self, key: str, number: int) -> None:
        self._path = f"/kartlaggning/svara/{key}/"
        self._connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self._cookies = {"csrftoken": secrets.token_hex(16)}
        self._chance = random.Random(number)
        self._versions: dict[str, tuple[int, str]] = {}
        self.confirmed = 0
        self._ask(self._path, {"name": f"Person {number}"}, 302)

    def save(self) -> float:
        """Save one more answer; return how long it took, in seconds."""
        block, code, values = self._chance.choice(QUESTIONS)
        version, before = self._versions.get(code, (0, ""))
        value = self._chance.choice([one for one in values if one != before]) if values else self._words()
        started = time.perf_counter()
        said = json.loads(self._ask(f"{self._path}{block}/svar/", {f"v:{code}": str(version), code: value}, 200))
        took = time.perf_counter() - started
        if said["versions"] != {code: version + 1}:
            raise SystemExit(f"{code}: {said}")
        self._versions[code] = (version + 1, value)
        self.confirmed += 1
        return took

    def _words(self) -> str:
        """Return a name of an office; digits at random would now and then be a personal identity number."""
        return "Kansliet " + "".join(self._chance.choices(string.ascii_lowercase, k=12))

    @property
    def versions(self) -> dict[str, int]:
        """The last version of each question that was confirmed."""
        return {code: version for code, (version, _value) in self._versions.items()}

    def _ask(self, path: str, form: dict[str, str], expected: int) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {
            "Host": "localhost", "Accept-Language": "sv", "Cookie": cookies, "X-CSRFToken": self._cookies["csrftoken"],
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        self._connection.request("POST", path, urlencode(form), headers)
        answer = self._connection.getresponse()
        page = answer.read()
        if answer.status != expected:
            raise SystemExit(f"{path} answered {answer.status}: {page[:300]!r}")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _colon, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return page


def _one(asked: tuple[int, str]) -> Row:
    person = _Respondent(asked[1], 0)
    times = [person.save() for _number in range(ONE_CLIENT)]
    middle, slow = timed(times)
    _count([asked], [person])
    return Row("answer_save_p50", middle, "ms", 20, note=f"p99 {slow:.1f} ms, one client, {ONE_CLIENT} saves")


def _together(panel: list[tuple[int, str]]) -> Row:
    """Let everybody save for a while, each as soon as the answer before is confirmed."""
    panel = panel[1:]
    people = [_Respondent(key, number) for number, (_pk, key) in enumerate(panel, 1)]
    times: list[list[float]] = [[] for _person in people]
    faults: list[BaseException] = []
    start = threading.Barrier(len(people) + 1)

    def work(person: _Respondent, taken: list[float]) -> None:
        try:
            start.wait()
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                taken.append(person.save())
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(people, times, strict=True)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    if faults:
        raise SystemExit(f"{len(faults)} of {len(people)} could not go on: {faults[0]}")
    saves = _count(panel, people)
    middle, slow = timed([one for taken in times for one in taken])
    counted = f"{len(people)} people, {saves} saves in {took:.0f} s, none lost, none doubled"
    told = f"{counted}; p50 {middle:.0f}, p99 {slow:.0f} ms"
    return Row("concurrent_saves", saves / took, "per s", 100, at_most=False, note=told)


def _rows(panel: list[tuple[int, str]]) -> dict[int, dict[str, int]]:
    """Return {asked: {code: number of versions}}; a gap or a double in the versions ends the run."""
    from django.db import connection
    from django.db.models import Count, Max

    from samverka.surveys.models import Answer

    found: dict[int, dict[str, int]] = {}
    there = Answer.objects.filter(asked__in=[pk for pk, _key in panel]).order_by().values("asked", "code")
    for row in there.annotate(number=Count("id"), last=Max("version")):
        if row["number"] != row["last"]:
            raise SystemExit(f"versions with a gap: {row}")
        found.setdefault(row["asked"], {})[row["code"]] = row["number"]
    connection.close()
    return found


def _count(panel: list[tuple[int, str]], people: list[_Respondent]) -> int:
    """Return how many saves were confirmed, having found each of them in the database once and no other."""
    found = _rows(panel)
    for (pk, _key), person in zip(panel, people, strict=True):
        if found.get(pk, {}) != person.versions:
            raise SystemExit(f"confirmed {person.versions}, kept {found.get(pk)}")
    return sum(person.confirmed for person in people)
