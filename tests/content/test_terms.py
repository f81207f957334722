"""The terms, and what else the page for IT and lawyers is made from."""

import hashlib

import pytest
import yaml
from django.apps import apps
from django.conf import settings as site_settings
from django.utils import timezone

from samverka.kernel.purge import declarations
from samverka.kernel.texts import in_language
from samverka.organisations.terms import versions

FILES = ("terms", "classification", "logs", "dpia", "backup_measured")
#: Version -> SHA-256 of its Swedish text with "Värden AB" as the provider. Somebody may have accepted it: a text that
#: is changed becomes a new version, with a line of its own here.
FINGERPRINTS = {1: "dbea6c3a404f1970e8c8a00dd00abf382df3cc60e95c5709f0cbeb5ba2a0c25b"}
#: What article 28.3 of the GDPR asks for, by a word of ours that says it.
ASKED_FOR = {
    "subject matter and purpose": "Ändamål:",
    "nature": "Vad värden gör:",
    "duration": "Hur länge:",
    "kinds of data": "Slags uppgifter:",
    "categories": "Vilka personer:",
    "documented instructions": "sparar dem",
    "third countries": "utanför EU och EES",
    "unlawful instruction": "bryter mot dataskyddsreglerna",
    "confidentiality": "tystnadsplikt",
    "security": "så som risken kräver",
    "sub-processors": "minst 30 dagar före",
    "rights": "rättat, raderat eller begränsat",
    "assistance": "konsekvensbedömning",
    "incident in time": "senast inom 24 timmar",
    "audit": "granska själva",
    "return or deletion": "lämnas tillbaka eller tas bort",
}


def content(name: str):
    return yaml.safe_load((site_settings.CONTENT_DIR / f"{name}.yaml").read_text("utf-8"))


def texts(value):
    """Every {sv, en} in the content."""
    if isinstance(value, dict):
        if {"sv", "en"} & value.keys():
            yield value
        else:
            for part in value.values():
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_in_both_languages(name):
    found = list(texts(content(name)))
    assert found
    for text in found:
        assert text.keys() == {"sv", "en"}, text
        assert all(isinstance(said, str) and said.strip() for said in text.values()), text


def test_versions_are_numbered_from_one_without_a_gap():
    stated = [one["number"] for one in content("terms")]
    assert stated == list(range(1, len(stated) + 1))
    days = [one["valid_from"] for one in content("terms")]
    assert days == sorted(days)
    assert days[0] <= timezone.localdate()


def test_a_version_that_may_be_accepted_is_not_changed():
    found = {terms.number: hashlib.sha256(terms.text.encode()).hexdigest() for terms in versions("sv", "Värden AB")}
    assert found == FINGERPRINTS


@pytest.mark.parametrize("asked", ASKED_FOR)
def test_newest_terms_have_what_article_28_asks_for(asked):
    assert ASKED_FOR[asked] in versions("sv")[0].text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_terms_name_the_provider(language):
    newest = versions(language, "Värden AB")[0]
    assert "Värden AB" in newest.text
    assert "{" not in newest.text


def test_classification_uses_levels_that_are_explained():
    stated = content("classification")
    levels = {level["number"] for level in stated["levels"]}
    assert levels == {0, 1, 2, 3}
    assert all({kind["c"], kind["i"], kind["a"]} <= levels for kind in stated["kinds"])


def test_logs_that_name_a_table_name_one_that_is_declared():
    declared = {declaration.table for declaration in declarations()}
    for row in content("logs"):
        assert ("table" in row) != ("kept" in row)
        assert row.get("table", "kernel_auditentry") in declared
    assert apps.get_model("kernel.AuditEntry")._meta.db_table in declared


def test_tables_of_the_assessment_have_room_for_their_rows():
    for part in in_language(content("dpia"), "sv")["parts"]:
        for row in part.get("rows", []):
            assert len(row) <= len(part["columns"]), part["heading"]
