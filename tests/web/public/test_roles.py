"""The page that says who may do what."""

import pytest
from django.test import Client

from samverka.accounts.roles import ROLES

pytestmark = pytest.mark.django_db


def test_page_names_every_role_with_row_and_column_headings(client: Client) -> None:
    text = client.get("/om/roller/").content.decode()
    for role in ROLES.values():
        assert f'<th scope="col" role="columnheader">{role.label}</th>' in text
    assert text.count("<table") == text.count("<caption") == 2
    assert '<th scope="row" role="rowheader">' in text
    assert "✓ </span>ja" in text


def test_page_exists_in_english(client: Client) -> None:
    assert '<html lang="en"' in client.get("/en/om/roller/").content.decode()
