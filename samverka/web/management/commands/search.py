"""`manage.py search "QUERY" [--kind KIND] [--limit N] [--format text|json]`: what a visitor without account finds."""

import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError

from samverka.kernel.search import Hit, kind_labels, search
from samverka.web.addresses import hit_address


class Command(BaseCommand):
    help = "Search as a visitor without an account does, and print what the page would show."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--kind", default="", help="only answers of this kind, for example publication")
        parser.add_argument("--limit", type=int, default=20, help="at most this many answers (20)")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] and options["kind"] not in kind_labels():
            known = ", ".join(sorted(kind_labels()))
            raise CommandError(f"{options['kind']} är inget slag. De som finns: {known}.")
        if options["limit"] < 1:
            raise CommandError("--limit måste vara minst 1.")
        hits = search(options["query"], user=AnonymousUser(), limit=options["limit"], kind=options["kind"])
        rows = [_row(hit) for hit in hits]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(
                f"{row['score']:.3f} {row['kind']} {row['title']}\n  {row['address']}\n  {row['excerpt']}"
            )


def _row(hit: Hit) -> dict[str, Any]:
    """Return what the page shows of one answer; the excerpt is HTML with <mark>."""
    return {
        "title": hit.title, "address": hit_address(hit), "kind": hit.kind, "excerpt": str(hit.excerpt),
        "score": hit.score,
    }  # fmt: skip
