"""Texts under content/ in the reader's language."""

import pytest
from django.utils import translation

from samverka.kernel.texts import content_texts, in_language


def test_each_text_is_put_in_one_language():
    value = {"a": {"sv": "ett", "en": "one"}, "b": [{"sv": "två", "en": "two"}, 3], "c": "samma"}
    assert in_language(value, "en") == {"a": "one", "b": ["two", 3], "c": "samma"}
    assert in_language(value, "sv") == {"a": "ett", "b": ["två", 3], "c": "samma"}


def test_a_language_that_is_missing_falls_back_to_swedish():
    assert in_language({"sv": "ett", "en": "one"}, "fi") == "ett"


@pytest.mark.parametrize(("language", "said"), [("sv", "Nej."), ("en", "No.")])
def test_content_is_read_in_the_readers_language(language, said):
    with translation.override(language):
        assert said in str(content_texts("dpia.yaml"))
