"""Rules for the templates of the frame and the components."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path("samverka/web/templates")
PAGES = sorted(p for folder in ("layout", "components", "errors") for p in (TEMPLATES / folder).rglob("*.*"))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_template_has_no_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_visible_words_are_marked_for_translation(path):
    if path.suffix == ".svg":
        return
    text = re.sub(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", "", path.read_text(), flags=re.S)
    text = re.sub(r"\{% block body_class %\}[^{]*", "", text)
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<svg.*?</svg>", "", text, flags=re.S)
    words = re.sub(r"<[^>]*>", " ", text)
    assert not re.findall(r"[a-zåäöA-ZÅÄÖ]{3,}", words.replace("Samverka", ""))
