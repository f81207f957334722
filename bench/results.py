"""Results of ten rounds with 50 questions to 311 bodies: the page, the map and the file with all of it, over HTTP."""

import csv
import io
import random
from dataclasses import replace
from pathlib import Path

from bench import tally
from bench.rows import Row, timed
from bench.site import Reader, site

ROUNDS = 10
SLUG = "resultat"
#: What a visitor asks for: all figures in short, and figures divided in several ways.
_ASKED = (
    "", "?fraga=janej0", "?fraga=janej1&grupp=slag", "?fraga=ett0&grupp=lan", "?fraga=flera1&grupp=befolkning",
    "?fraga=skala2&grupp=kommungrupp", "?fraga=antal1&grupp=lan", "?fraga=ett3&grupp=janej2",
)  # fmt: skip


def measure() -> list[Row]:
    """Read the rounds in, run the site, and return the rows."""
    _load()
    newest = f"{SLUG}-{ROUNDS}"
    with site():
        reader = Reader()
        pages = [f"/kartlaggning/{newest}/{query}" for query in _ASKED]
        maps = [f"/kartlaggning/{newest}/karta/{code}/" for code in ("janej0", "ett1", "skala0", "antal0")]
        rows = [*_read(reader, pages, "results_page", bar=50, weight=150), *_read(reader, maps, "map_page", bar=30)]
        took = sorted(reader.get("/oppna-data/kartlaggning/alla/kartlaggningen.xlsx")[0] for _again in range(5))
        note = f"311 bodies, {ROUNDS} rounds, 50 questions in one sheet; the median of five"
        rows.append(Row("results_xlsx", took[2], "s", bar=1, note=note))
    return rows


def _read(reader: Reader, addresses: list[str], name: str, *, bar: float, weight: float | None = None) -> list[Row]:
    first = [reader.get(address)[0] for address in addresses]
    answers = [reader.get(address) for _again in range(25) for address in addresses]
    p50, p99 = timed([seconds for seconds, _page in answers])
    heaviest = max(len(page) for _seconds, page in answers) / 1024
    note = f"p99 {p99:.1f}, {len(addresses)} different pages, the first time each at most {max(first) * 1000:.0f} ms"
    rows = [Row(f"{name}_p50", p50, "ms", bar=bar, note=note)]
    if weight:
        note = "the heaviest page, without assets, not compressed"
        return [*rows, Row(f"{name}_weight", heaviest, "kB", bar=weight, note=note)]
    return [replace(row, note=f"{row.note}; {heaviest:.0f} kB") for row in rows]


def _load() -> None:
    """Make the rounds: a file each, read in by the product, and the results made public."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from samverka.questionnaires.actions import publish_definition
    from samverka.surveys.actions import open_round, publish_results
    from samverka.surveys.importing import run_import
    from samverka.surveys.models import Round

    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
    call_command("load_content", stdout=io.StringIO())
    publish_definition(by=None, slug=SLUG, definition=tally._definition())
    for number in range(1, ROUNDS + 1):
        opened = open_round(by=None, slug=f"{SLUG}-{number}", questionnaire=SLUG)
        path = Path(f"var/bench-results-{number}.csv")
        _write(path, number)
        run_import(opened, path, by=None)
        day = timezone.localdate().replace(year=2016 + number, month=3, day=31)
        Round.objects.filter(pk=opened.pk).update(state="closed", closes_on=day)
        publish_results(by=None, round_id=opened.pk)


def _write(path: Path, seed: int) -> None:
    from samverka.places.models import Municipality, Region

    chance = random.Random(seed)
    kinds = tally.columns()
    codes = [*Municipality.objects.values_list("code", flat=True), *Region.objects.values_list("code", flat=True)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["respondent", *kinds])
        for code in codes:
            writer.writerow([code, *(tally._cell(kind, chance) for kind in kinds.values())])
