"""The register with 100,000 organisations, over HTTP with one client that keeps its connection."""

import io
import itertools
import os
import random
import re
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus

from bench import datasette, invented
from bench.rows import Row, timed
from bench.site import Reader, memory, site

COUNT = int(os.environ.get("SAMVERKA_BENCH_ROWS", "100000"))
#: Filters beside the words, here and for the peer: half of the searches narrow by two facets as well as count them.
_NARROWED = (("", ""), ("&slag=association&lan=14", f"&kind=association&county={quote_plus('Västra Götalands län')}"))


def measure() -> list[Row]:
    """Load the register, run the site and the peer, and return the rows."""
    Path("var").mkdir(exist_ok=True)
    rate, raw = _load()
    peer_file = Path("var/bench-peer.db")
    _load_peer(peer_file)
    with site() as process:
        rows = _pages()
        with datasette.datasette(peer_file):
            ours, peers = _searches()
            peer_list = _peer_list()
        web = memory(process.pid, "granian")
        worker = memory(process.pid, "procrastinate")
    p50, p99 = timed(ours)
    peer_p50, _ = timed(peers)
    search = Row(
        "register_search_p50",
        p50,
        "ms",
        bar=25,
        peer="Datasette p50 ms",
        peer_value=peer_p50,
        peer_ratio=peer_p50 / p50,
        peer_bar=10,
        note=f"p99 {p99:.1f}, {len(ours)} different searches, in turn with the peer's",
    )
    listed = replace(
        rows[0],
        peer="Datasette's table with two facets, p50 ms",
        peer_value=peer_list,
        peer_ratio=peer_list / rows[0].value,
    )
    return [
        listed,
        search,
        *rows[1:],
        Row("web_memory", web, "MB", bar=130, note="PSS of Granian and its worker process, after the run"),
        Row("worker_memory", worker, "MB", bar=180, note="PSS, after the run"),
        Row(
            "import_rate",
            rate,
            "rows/s",
            bar=2000,
            at_most=False,
            peer="sqlite-utils raw insert rows/s",
            peer_value=raw,
            peer_ratio=rate / raw,
            note="ours checks, classifies, indexes and writes the trail",
        ),
    ]


def _load() -> tuple[float, float]:
    """Import the invented register; return our rows a second, and sqlite-utils' for the same file."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from samverka.organisations.importing import run_import
    from samverka.places.content import rows as places

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_content", verbosity=0, stdout=io.StringIO())
    names = [row["short_name"] for row in places("municipalities")]
    part, whole = Path("var/bench-part.jsonl"), Path("var/bench-whole.jsonl")
    invented.write_register(whole, COUNT, names)
    with part.open("w", encoding="utf-8") as file:
        file.writelines(itertools.islice(whole.open(encoding="utf-8"), 10_000))
    before = time.perf_counter()
    with part.open("rb") as file:
        done = run_import(file, by=None, name=part.name).counts["created"]
    rate = done / (time.perf_counter() - before)
    with whole.open("rb") as file:
        run_import(file, by=None, name=whole.name)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE organisations_organisation")
        cursor.execute("VACUUM ANALYZE organisations_organisationfield")
    return rate, datasette.raw_insert(part, Path("var/bench-raw.db"))


def _load_peer(path: Path) -> None:
    from django.db import connection

    from samverka.organisations.models import ActivityField, Organisation

    fields = dict(ActivityField.objects.values_list("pk", "name_sv"))
    found = Organisation.objects.select_related("municipality", "county").defer("search_vector").order_by("pk")
    rows: list[dict[str, object]] = [
        {
            "id": row.pk, "name": row.name, "kind": row.kind, "number": row.org_number,
            "town": row.postal_town, "web_address": row.web_address,
            "municipality": str(row.municipality or ""), "county": str(row.county or ""),
            "fields": [fields[key] for key in row.field_ids], "labels": ", ".join(row.labels_stated),
        }
        for row in found
    ]  # fmt: skip
    datasette.load(rows, path)
    connection.close()


def _pages() -> list[Row]:
    from samverka.organisations.models import Organisation
    from samverka.places.models import Municipality, place_path

    reader = Reader()
    chance = random.Random(1)
    somewhere = chance.sample(
        list(Organisation.objects.filter(kind="association").only("public_id", "name")[:20_000]), 300
    )
    paths = [f"/organisationer/{o.public_id}-{o.slug}/" for o in somewhere]
    places = [f"/platser/{place_path(place)}/" for place in Municipality.objects.all()]
    lists = [f"/organisationer/?sida={page}" for page in chance.sample(range(1, COUNT // 50), 200)]
    for path in (*paths[:5], *places[:5], "/organisationer/", *lists[:5]):
        reader.get(path)
    rows = []
    for name, asked in (
        ("register_list", ["/organisationer/", *lists]),
        ("organisation_page", paths),
        ("place_page", places),
    ):
        answers = [reader.get(path) for path in asked]
        p50, p99 = timed([took for took, _body in answers])
        heaviest = max(len(body) for _took, body in answers) / 1024
        rows.append(Row(f"{name}_p50", p50, "ms", bar=20, note=f"p99 {p99:.1f}, {len(answers)} different pages"))
        rows.append(
            Row(f"{name}_weight", heaviest, "kB", bar=60, note="the heaviest page, without assets, not compressed")
        )
    rows.append(_queries())
    return rows


def _queries() -> Row:
    """Count the queries of the list with fifty rows and with one; they must be as many."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = Client()
    counted = []
    for words in ("fotboll", _only_one()):
        address = f"/organisationer/?q={quote_plus(words)}"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"{address}&ordning=namn").content.decode()
        counted.append((len(captured), len(set(re.findall(r"/organisationer/([2-9b-z]{10})-", page)))))
    connection.close()
    (many, rows_many), (few, rows_few) = counted
    note = f"{many} with {rows_many} rows, {few} with {rows_few}"
    return Row("register_list_queries", many, "queries", bar=few, note=note)


def _only_one() -> str:
    """Return the name of an organisation that its own words find, and nothing else."""
    from samverka.organisations.models import Organisation
    from samverka.organisations.register import RegisterFilters, register_page

    for name in Organisation.objects.filter(kind="association").values_list("name", flat=True).order_by("-id")[:500]:
        if register_page(RegisterFilters(q=name)).total == 1:
            return str(name)
    raise SystemExit("no name is the only one of its kind")


def _peer_list() -> float:
    """Return the peer's median for its page of all the rows with two facets and no words, in milliseconds."""
    peer = Reader(datasette.PORT)
    address = f"/{datasette.NAME}/organisations?_size=50&{datasette.FACETS}"
    return timed([peer.get(address)[0] for _again in range(15)])[0]


def _searches() -> tuple[list[float], list[float]]:
    """Search in turn here and with the peer, so that both meet the same machine; return the seconds of each."""
    reader, peer = Reader(), Reader(datasette.PORT)
    asked = f"/{datasette.NAME}/organisations?_size=50&{datasette.FACETS}&_search="
    reader.get("/organisationer/?q=varm")
    peer.get(f"{asked}varm")
    ours, theirs = [], []
    for words in invented.QUERIES:
        for here, there in _NARROWED:
            ours.append(reader.get(f"/organisationer/?q={quote_plus(words)}{here}")[0])
            theirs.append(peer.get(f"{asked}{quote_plus(words)}{there}")[0])
    return ours, theirs
