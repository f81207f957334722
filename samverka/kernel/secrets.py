"""Secrets that the installation makes for itself."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Return the secret kept in `path` (mode 0600), made at the first call, also by two processes at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _read(path: Path) -> str:
    # The other process may have created the file and not yet written it.
    for _ in range(1000):
        if text := path.read_text():
            return text
        os.sched_yield()
    raise RuntimeError(f"{path} is empty; remove it and start again")
