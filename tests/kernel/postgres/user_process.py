"""A process that uses the embedded server, driven line by line by the tests: `user_process.py DATA_DIR [NAME]`.

`query SQL` answers with the first value, `connector SQL` the same by a connection made as the job engine makes it,
`fork` starts a child that stays until the pipe STAY ends, and answers with its number. Every answer is a line of JSON.
"""

import json
import os
import sys
from pathlib import Path

import django
import psycopg
from django.conf import settings

from samverka.kernel.postgres.config import database_settings


def query(statement: str) -> object:
    from django.db import connection

    connection.close_if_unusable_or_obsolete()
    connection.health_check_done = False
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def connector(statement: str) -> object:
    from procrastinate.contrib.django.utils import connector_params

    with psycopg.connect(**connector_params()) as connection:
        return connection.execute(statement).fetchone()[0]


def fork(_: str) -> int:
    child = os.fork()
    if child == 0:
        sys.stdin.close()
        os.read(int(os.environ["STAY"]), 1)
        os._exit(0)
    return child


def main() -> None:
    name = sys.argv[2] if len(sys.argv) > 2 else "samverka"
    settings.configure(DATABASES={"default": database_settings(Path(sys.argv[1]), name, durable=False)}, USE_TZ=True)
    django.setup()
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        try:
            answer = {"query": query, "connector": connector, "fork": fork}[word](rest)
        except Exception as error:
            answer = {"error": type(error).__name__, "message": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
