"""Real data to test against. It is not part of the project; SAMVERKA_TEST_DATA says where it lies."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_NAMED = Path(os.environ.get("SAMVERKA_TEST_DATA", "../shared/data"))
DATA = _NAMED if _NAMED.is_absolute() else ROOT / _NAMED
REGISTER = DATA / "register"

needs_real_data = pytest.mark.skipif(
    not REGISTER.is_dir(), reason=f"no real registers in {REGISTER}; set SAMVERKA_TEST_DATA to the folder that has them"
)
