"""Templates hold what the content security policy and R1 ask for."""

import re

import pytest

from .source import name_of, templates

#: Mails and paper are no pages: mail readers need style attributes, WeasyPrint reads its own stylesheet.
NOT_PAGES = {"mail", "pdf"}
PAGES = [path for path in templates() if not NOT_PAGES & set(path.parts)]
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
#: htmx attributes that evaluate text as code.
HTMX_CODE = re.compile(r"hx-on\b|hx-vals\s*=\s*['\"]js:|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("pattern", [INLINE_SCRIPT, STYLE, HANDLER, HTMX_CODE], ids=["script", "style", "on", "htmx"])
def test_no_inline_script_or_style(pattern: re.Pattern[str]) -> None:
    found = [f"{name_of(path)}: {match.group()}" for path in PAGES for match in pattern.finditer(path.read_text())]
    assert not found, f"the content security policy refuses {found}"


def test_no_text_box_is_written_by_hand_in_collaborations() -> None:
    """A text box comes from {% circle_field %} or a form; that its readers stand above it is tested on the pages."""
    written = [name_of(path) for path in PAGES if "collaborations" in path.parts and "<textarea" in path.read_text()]
    assert not written


def test_templates_do_not_leave_out_escaping() -> None:
    """`|safe` only where the text is the product's own: help texts of our forms."""
    allowed = {"samverka/web/templates/components/forms/field.html"}
    found = {name_of(path) for path in templates() if re.search(r"\|\s*safe\b|autoescape off", path.read_text())}
    found = {name for name in found if not name.startswith("samverka/web/templates/mail/")}
    assert found <= allowed, f"text is written without escaping: {sorted(found - allowed)}"
