"""Every registered message renders in both languages from its sample."""

import re

import pytest

from samverka.kernel.mail.emails import Email, registered

LINK = re.compile(r'(?:href|src)="([^"]*)"')


def _codes(email: type[Email]) -> str:
    return email.code


def test_there_are_messages() -> None:
    assert len(registered()) > 5


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("email", registered(), ids=_codes)
def test_message_renders(email: type[Email], language: str) -> None:
    rendered = email.example(language)
    assert rendered.subject.strip()
    assert "\n" not in rendered.subject
    assert len(rendered.text.split()) > 5
    assert f'lang="{language}"' in rendered.html
    for part in (rendered.subject, rendered.text, rendered.html):
        assert "{{" not in part
        assert "{%" not in part
        assert "%(" not in part
        assert not re.search(r"\{\w+\}", part), "a placeholder was never filled"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("email", registered(), ids=_codes)
def test_links_of_a_message_are_whole(email: type[Email], language: str) -> None:
    rendered = email.example(language)
    for link in LINK.findall(rendered.html):
        assert re.match(r"(https?://[^/]+|mailto:|tel:)", link), f"a mail has no page to be relative to: {link}"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("email", registered(), ids=_codes)
def test_html_has_no_link_that_the_text_lacks(email: type[Email], language: str) -> None:
    rendered = email.example(language)
    pages = {link for link in LINK.findall(rendered.html) if link.startswith("http")}
    assert not {link for link in pages if link.rstrip("/") not in rendered.text}


@pytest.mark.parametrize("email", registered(), ids=_codes)
def test_message_says_its_title_and_when(email: type[Email]) -> None:
    assert str(email.title).strip()
    assert str(email.when).strip()


@pytest.mark.parametrize("email", registered(), ids=_codes)
def test_late_message_can_be_stored_as_ids_and_labels(email: type[Email]) -> None:
    assert not email.late or email.sample().arguments()
