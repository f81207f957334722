"""Sending an issue: rows are claimed, handed to the mail server over parallel connections, and noted.

`engine` holds the database and no connection to the mail server; `crew` holds the connections and never touches the
database. `journal` is the file beside the database that tells, after a kill, what was in the air (docs/howto).
"""
