"""Jobs of the register. Arguments are ids only."""

from procrastinate.contrib.django import app


@app.task(name="samverka.organisations.tasks.import_file")
def import_file(progress_id: int) -> None:
    """Import the file of a JobProgress row (kind `import_register` or `import_functions`; its pk).

    The row's `file_id` is a StoredFile's public id, `owner_id` the user, `label` the file's name. Ends with state
    done and `report` = {"counts", "refused": first 500 rows, "dry_run"}, or failed and `error`.
    """
    raise NotImplementedError
