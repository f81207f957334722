"""Search over 100,000 texts with the counts of every facet, one client, as `ask` answers the page."""

import io
import os
import random
import time
from collections.abc import Iterator

from bench.rows import Row, timed

COUNT = int(os.environ.get("SAMVERKA_BENCH_TEXTS", "100000"))
#: What people ask: one to four words, common and rare, inflected, compound, misspelt, a phrase, a minus word.
QUERIES = (
    "bidrag till föreningar", "föreningsbidrag", "läxhjälp", "samverkan med civilsamhället", "idéburna partnerskap",
    "lokaler för ungdomar", "integration och språkkaféer", "äldres ensamhet", "kulturstöd", "simskola för barn",
    "\"offentligt partnerskap\"", "nattvandring -fotboll", "föreningsbidarg", "bibliotek", "överenskommelse kommunen",
    "hur söker man stöd till en bygdegård", "psykisk hälsa", "idrott flickor", "studieförbundens anslag",
    "romsk kultur",
    "samlingslokalerna", "brukarråd", "jämställdhet i föreningslivet", "naturvård", "teckenspråk",
)  # fmt: skip


def measure() -> list[Row]:
    """Fill the index, ask, and return the row; how long the database itself takes stands in its note."""
    import django

    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.core.management import call_command

    from samverka.kernel.search import Chosen, ask

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_content", verbosity=0, stdout=io.StringIO())
    rate = _fill()
    alone = _explained(AnonymousUser())
    _keep_plans()
    nobody, took, found, slow = AnonymousUser(), [], [], []
    for _round in range(ROUNDS):
        took.clear()
        for words in QUERIES:
            for chosen in (Chosen(), Chosen(kind=("example",), county=("14",))):
                start = time.perf_counter()
                found.append(ask(words, user=nobody, chosen=chosen).total)
                took.append(time.perf_counter() - start)
                slow.append((took[-1], words))
    p50, p99 = timed(took)
    slowest = max(slow[-len(took) :])[1]
    load = os.getloadavg()[0]
    note = (
        f"p99 {p99:.1f} ({slowest}), {len(took)} searches, {min(found)} to {max(found)} found; the database alone "
        f"{alone:.1f} p50 by EXPLAIN ANALYZE; {rate:.0f} texts/s written; load {load:.0f} on {os.cpu_count()} cores"
    )
    return [Row("text_search_p50", p50, "ms", bar=25, note=note)]


def _keep_plans() -> None:
    """Ask as the web process does (config/wsgi.py): the database plans each question once for a connection, and what
    has been loaded is not looked through for garbage again.
    """
    from django.db import connection

    import config.wsgi  # noqa: F401

    connection.settings_dict["OPTIONS"].update(server_side_binding=True, prepare_threshold=5)
    connection.close()


#: The last is measured; those before fill the caches and let the plans be kept, as in a process that is up for long.
ROUNDS = 6
#: Each invented text stands this many times, in other years and fields: the search is measured, not the writing.
COPIES = 20


def _fill() -> float:
    """Fill the index with COUNT texts; return how many a second are written the way the product writes them."""
    from django.db import connection, transaction

    from samverka.kernel.search import learn_words
    from samverka.kernel.search.documents import _made, _write
    from samverka.kernel.search.vocabulary import learn

    start = time.perf_counter()
    with transaction.atomic():
        for number, document in enumerate(_documents(COUNT // COPIES)):
            parts = learn([document.title, document.summary, document.body]) if number < LEARNT else _seen(document)
            _write(_made(f"bench.text:{number}", document, parts))
    rate = COUNT // COPIES / (time.perf_counter() - start)
    learn_words()
    with connection.cursor() as cursor:
        cursor.execute(_COPY_TEXTS, [COPIES - 1])
        cursor.execute(_COPY_PASSAGES)
        cursor.execute("UPDATE kernel_searchword SET count = count * %s", [COPIES])
        for table in ("searchtext", "searchpassage", "searchword"):
            cursor.execute(f"VACUUM ANALYZE kernel_{table}")
    return rate


_COPY_TEXTS = """
INSERT INTO kernel_searchtext (owner, kind, object_id, title, summary, keywords, language, forms, field_ids, county_id,
  municipality_id, year, found_from, search_vector)
SELECT owner, kind, object_id || '-' || n, title, summary, keywords, language, forms,
  ARRAY[(field_ids[1] + n) %% 12 + 1], county_id, municipality_id, 2015 + (year + n) %% 12, found_from, search_vector
FROM kernel_searchtext, generate_series(1, %s) AS n WHERE owner LIKE 'bench.%%' ORDER BY random()
"""
_COPY_PASSAGES = """
INSERT INTO kernel_searchpassage (text_id, number, page, body, search_vector)
SELECT copy.id, passage.number, passage.page, passage.body, passage.search_vector
FROM kernel_searchtext copy JOIN kernel_searchtext first ON first.owner = copy.owner AND first.id < copy.id
  AND first.object_id NOT LIKE '%-%'
JOIN kernel_searchpassage passage ON passage.text_id = first.id
WHERE copy.object_id LIKE 'b%-%'
"""
#: The invented words are few: after this many texts all of them are known.
LEARNT = 300
_PARTS: dict[str, tuple[str, ...]] = {}


def _seen(document: object) -> dict[str, tuple[str, ...]]:
    if not _PARTS:
        from samverka.kernel.search.models import SearchWord

        rows = SearchWord.objects.exclude(parts=[]).values_list("word", "parts")
        _PARTS.update({word: tuple(parts) for word, parts in rows})
    return _PARTS


def _split(words: str) -> list[str]:
    return words.split()


_SUBJECTS = _split(
    """
    läxhjälp språkkafé nattvandring simskola kulturskola fritidsgård bygdegård bibliotek museum kyrka bostad jobb
    hälsa idrott teater körsång odling naturvård återbruk cykelväg skola förskola äldreomsorg funktionsrätt
    integration demokrati ungdomsråd brukarråd samråd remiss partnerskap överenskommelse avtal upphandling
    folkbildning studiecirkel kvinnojour brottsförebyggande trygghet suicidprevention psykisk teckenspråk
    minoritetsspråk romsk samisk flykting
    """
)
_DEEDS = _split(
    """
    utveckla starta mäta följa stödja planera dela öppna pröva sprida avsluta bjuda bygga lära
    """
)
_WHO = _split(
    """
    föreningar kommunen regionen civilsamhället ungdomar flickor barn äldre nyanlända elever invånare volontärer
    """
)
_FORMS = _split(
    """
    bidrag stöd lokaler medel råd plats tid kunskap möten föreningsbidrag kulturstöd samlingslokaler anslag
    """
)
_FILLER = _split(
    """
    och att som för med till inom under efter arbetet gruppen mötet frågan resultatet året behovet ansvaret
    beslutet styrelsen nämnden tillsammans tidigt öppet gemensamt enkelt varje vecka lokalt offentligt idéburet
    samverkan
    """
)


def _documents(count: int) -> Iterator[object]:
    """Return invented texts: a title, a summary, a body of one to three passages; words as common as words are."""
    from datetime import UTC, datetime

    from samverka.kernel.search import Document
    from samverka.organisations.place_names import counties, municipalities

    chance = random.Random(7)
    kinds = ("example", "publication", "article", "portrait")
    places = [place.code for place in municipalities().values()]
    names = [f"ort{number}" for number in range(4000)]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        subject, other = (_SUBJECTS[int(chance.betavariate(1, 2) * len(_SUBJECTS))] for _twice in range(2))
        who, form, deed = chance.choice(_WHO), chance.choice(_FORMS), chance.choice(_DEEDS)
        place = chance.choice(places)
        body = "\n\n".join(_paragraph(chance, names, subject, other, form, who) for _p in range(chance.randint(1, 4)))
        yield Document(
            kind=chance.choice(kinds), object_id=f"b{number}", found_from=at, year=2015 + number % 12,
            title=f"{deed.capitalize()} {subject} med {who} i {chance.choice(names)}",
            summary=f"{form.capitalize()} till {who} för {other}", body=body,
            county=place[:2] if place[:2] in counties() else "", municipality=place,
            forms=(("iop", "dialogue", "project")[number % 3],), field_ids=(number % 12 + 1,),
        )  # fmt: skip


def _paragraph(chance: random.Random, names: list[str], *about: str) -> str:
    said = [chance.choice(_FILLER) for _word in range(55)] + [chance.choice(names) for _word in range(8)]
    said += [word for word in about if chance.random() < 0.5]
    chance.shuffle(said)
    return " ".join(said)


def _explained(nobody: object) -> float:
    """Return the median of what PostgreSQL says that the one statement takes, in milliseconds."""
    import json
    from statistics import median

    from django.db import connection

    from samverka.kernel.search import Chosen
    from samverka.kernel.search.asking import read
    from samverka.kernel.search.finding import statement_of

    took = []
    for words in QUERIES:
        text, values = statement_of(read(words), user=nobody, chosen=Chosen(), limit=60)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}", values)
            plan = cursor.fetchone()[0]
        plan = json.loads(plan) if isinstance(plan, str) else plan
        took.append(plan[0]["Planning Time"] + plan[0]["Execution Time"])
    return float(median(took))
