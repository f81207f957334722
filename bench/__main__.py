"""`python -m bench [NAME …]`: runs every measurement, or those named, prints their rows and keeps them."""

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "var" / "bench"
os.environ["SAMVERKA_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("SAMVERKA_BENCH_PORT", "8765")
# Commands that are measured start from compiled modules, as they do where the product is installed.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["SAMVERKA_BASE_URL"] = f"http://localhost:{os.environ['SAMVERKA_BENCH_PORT']}"


def main(names: list[str]) -> int:
    """Print the rows and keep them. Returns 0 also when a bar does not hold: a measurement is no test."""
    from bench import answers, diary, register, results, rows, send, tally, text_quality, text_search
    from samverka.kernel.postgres.config import Cluster
    from samverka.kernel.postgres.server import stop_if_unused

    # The server of the run before may not have ended yet.
    stop_if_unused(Cluster(DATA / "postgres"))
    shutil.rmtree(DATA, ignore_errors=True)
    known = {
        "register": register.measure,
        "diary": diary.measure,
        "tally": tally.measure,
        "answers": answers.measure,
        "results": results.measure,
        "send": send.measure,
        "text_quality": text_quality.measure,
        "text_search": text_search.measure,
    }
    found = [row for name in names or list(known) for row in known[name]()]
    rows.show(found)
    rows.keep(found)
    failed = [row.name for row in found if row.holds is False]
    if failed:
        print(f"\nDoes not hold: {', '.join(failed)}")
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
