"""Files stay readable. A file over 300 lines stands here with its reason; over 500 there is none."""

from .source import ROOT, name_of, python_files

USUAL, MOST = 300, 500
REASONS = {
    "samverka/organisations/models.py": "one app's tables, read as one list",
    "samverka/organisations/shown.py": "the one file that says what may show of an organisation (users.md R10)",
    "samverka/kernel/backup.py": "one archive written and read: the two halves are kept beside each other",
    "samverka/web/templatetags/samverka_ui.py": "one tag library: Django loads it by one name",
}


def _lines() -> dict[str, int]:
    return {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}


def test_no_file_is_too_long() -> None:
    assert not {name: lines for name, lines in _lines().items() if lines > MOST}


def test_long_files_have_a_reason() -> None:
    long = {name for name, lines in _lines().items() if lines > USUAL}
    assert long <= REASONS.keys(), f"split, or give the reason here: {sorted(long - REASONS.keys())}"


def test_reasons_speak_of_files_that_are_there() -> None:
    assert not [name for name in REASONS if not (ROOT / name).exists()]
