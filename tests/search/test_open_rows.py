"""What those who are not signed in may find is written once, since nothing in it is of the day or of the database."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from samverka.kernel.search import finding
from samverka.kernel.search.registry import sources

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_kept_statements_are_those_that_would_be_written_now() -> None:
    kinds = set()
    for language in ("sv", "en"):
        with translation.override(language):
            for source in sources():
                first, again = finding._rows_of(source, NOBODY), finding._rows_of(source, None)
                assert first is again
                assert first == finding._written(source, NOBODY)
                # No key of a row and no day stands in it: only states and kinds, which are words of the code.
                assert all(isinstance(value, str | bool) for value in (first[1] if first else ()))
                kinds.add(source.kind)
    assert {"organisation", "step", "collaboration"} <= kinds
