"""Asking the site as a persona, and watching what a request does."""

import functools
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pypdfium2
from django.db import connection, transaction
from django.test import Client

from tests.routes import Row, rows
from tests.world import World

#: Tables that a page may write when it is only read: the session, what is remembered for a while, how often it was
#: asked for.
MAY_BE_WRITTEN = {"django_session", "kernel_cache", "kernel_ratecount"}
WRITE = re.compile(
    r'\b(?:INSERT INTO|(?<!FOR )(?<!KEY )(?<!DO )UPDATE|DELETE FROM|TRUNCATE|COPY)\s+"?(\w+)', re.IGNORECASE
)
DEFER = re.compile(r"\bprocrastinate_\w+\s*\(", re.IGNORECASE)


@contextmanager
def written() -> Iterator[set[str]]:
    """Collect the names of tables that are written to inside."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        tables.update(match.lower() for match in WRITE.findall(str(sql)))
        if DEFER.search(str(sql)):
            tables.add("procrastinate_jobs")
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield tables


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done inside, so that every line of the table meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answer(client: Client, row: Row, world: World, *, method: str = "", prefix: str = "") -> Any:
    """Ask for the row's address; a file is read to its end, which closes it, and lies in `response.all`."""
    address = prefix + row.address(world.ids)
    response = client.generic(method or row.method, address, content_type="application/x-www-form-urlencoded")
    response.all = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def text_of(response: Any) -> str:
    """Return everything that an answer says, headers too; of a PDF its text, of a spreadsheet its cells."""
    kind, body = response["Content-Type"], response.all
    if kind == "application/pdf":
        said = _words_of(body)
    elif "spreadsheet" in kind:
        said = _cells(body)
    else:
        said = body.decode("utf-8", errors="replace")
    return f"{dict(response.headers)}\n{said}"


@functools.lru_cache(maxsize=64)
def _words_of(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return said


def _cells(body: bytes) -> str:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", errors="replace") for name in parts.namelist())


def tables() -> list[str]:
    """Return every table of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def tables_holding(text: str) -> set[str]:
    """Return the tables in which a row, written out as text, holds `text`."""
    found = set()
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" AS r WHERE r::text ILIKE %s)', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def contents() -> dict[str, str]:
    """Return {table: checksum of all its rows}, but for the tables that reading may write."""
    sums = {}
    with connection.cursor() as cursor:
        for table in tables():
            if table not in MAY_BE_WRITTEN:
                cursor.execute(f"SELECT coalesce(string_agg(r::text, '|' ORDER BY r::text), '') FROM \"{table}\" AS r")
                sums[table] = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
    return sums


def every_answer(client: Client, world: World) -> Iterator[tuple[Row, Any, set[str]]]:
    """Ask for every row of the route table: the row, its answer, and the tables written to. All is undone after it."""
    for row in rows():
        with undone(), written() as tables:
            response = answer(client, row, world)
        yield row, response, tables


def faults_of(row: Row, persona: str, status: int, tables: set[str]) -> list[str]:
    """Return how an answer differs from the table of routes, and what a page wrote that was only read."""
    wrong = []
    if status != row.answers[persona]:
        wrong.append(f"{row}: {status}, the table says {row.answers[persona]}")
    if row.method == "GET" and tables - MAY_BE_WRITTEN:
        wrong.append(f"{row}: only read, but wrote {sorted(tables - MAY_BE_WRITTEN)}")
    return wrong


def note_words(seen: Mapping[str, set[str]], row: Row, response: Any) -> None:
    """Add the row to the places of each word that its answer holds."""
    said = text_of(response).lower()
    for word, places in seen.items():
        if word in said:
            places.add(str(row))


def answers_holding(client: Client, world: World, words: Iterable[str]) -> dict[str, set[str]]:
    """Return {word: rows of the route table whose answer to this client holds it}: every page, PDF, export and log."""
    seen: dict[str, set[str]] = {word: set() for word in words}
    for row, response, _tables in every_answer(client, world):
        note_words(seen, row, response)
    return seen


def check_readers(persona: str, readers: Mapping[str, set[str]], seen: Mapping[str, set[str]]) -> None:
    """Assert that the persona has met each word that they may read, and none of the others."""
    for word, may in readers.items():
        if persona in may:
            assert seen[word], f"{persona} finds {word} nowhere"
        else:
            assert not seen[word], f"{persona} reads {word} at {sorted(seen[word])}"
