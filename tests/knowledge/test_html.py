"""Text from an editor or a file runs no script, and keeps its form."""

from html.parser import HTMLParser

import pytest

from samverka.knowledge.html import ATTRIBUTES, TAGS, blocks, clean, from_markdown, from_plain, plain

from .attacks import HTML, MARKDOWN


class _Reader(HTMLParser):
    """Says what a browser would meet: tags, attributes and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.other: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)


def harmful(html: str) -> list[object]:
    """Return what is in `html` that is on no list."""
    read = _Reader(html)
    found: list[object] = [tag for tag in read.tags if tag not in TAGS]
    for tag, name, value in read.attributes:
        if name not in ATTRIBUTES.get(tag, ()):
            found.append((tag, name))
        here = value.startswith("/") and not value.startswith(("//", "/\\"))
        if name == "href" and not here and not value.startswith(("https://example.se", "http://", "mailto:", "#")):
            found.append((tag, value))
    return found + list(read.other)


def test_there_are_many_attacks() -> None:
    assert len(set(HTML)) >= 40
    assert len(set(MARKDOWN)) >= 25


@pytest.mark.parametrize("attack", HTML)
def test_attack_in_html_is_harmless(attack: str) -> None:
    made = clean(f"<p>Före</p>{attack}<p>Efter</p>")
    assert not harmful(made), made
    assert clean(made) == made


@pytest.mark.parametrize("attack", [*MARKDOWN, *HTML])
def test_attack_in_markdown_is_harmless(attack: str) -> None:
    made = from_markdown(f"Före\n\n{attack}\n\nEfter")
    assert not harmful(made), made
    assert "Före" in made
    assert "Efter" in made


@pytest.mark.parametrize("attack", HTML)
def test_attack_in_plain_text_is_shown_as_text(attack: str) -> None:
    made = from_plain(f"Före\n\n{attack}")
    assert set(_Reader(made).tags) <= {"p", "br"}
    assert not _Reader(made).attributes


def test_form_is_kept() -> None:
    html = (
        "<h2>Rubrik</h2><p>Text med <strong>fet</strong>, <em>kursiv</em> och "
        '<a href="https://example.se/">länk</a>.</p><ul><li><p>Punkt</p></li></ul>'
    )
    assert clean(html) == html


@pytest.mark.parametrize("address", ["/exempel/", "#del", "mailto:a@example.se", "tel:+46 8 123", "http://a.example/å"])
def test_useful_addresses_are_kept(address: str) -> None:
    assert f'href="{address}"' in clean(f'<a href="{address}">x</a>')


def test_words_are_told_from_form() -> None:
    html = "<h2>Rubrik</h2><p>Ett <strong>ord</strong><br>till</p><ul><li><p>Punkt &amp; slut</p></li></ul>"
    assert plain(html) == "Rubrik\nEtt ord\ntill\nPunkt & slut"
    assert [tag for tag, _text in blocks(html)] == ["h2", "p", "p", "p"]


def test_plain_text_becomes_paragraphs() -> None:
    assert from_plain("Ett\r\ntvå\r\n\r\ntre") == "<p>Ett<br>två</p><p>tre</p>"


def test_markdown_keeps_tables_and_puts_headings_below_the_page() -> None:
    made = from_markdown("# Stor\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<h2>Stor</h2>" in made
    assert "<td>1</td>" in made
