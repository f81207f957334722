import os

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from samverka.kernel import translations
from samverka.kernel.translations import Message, compile_stale, find_messages, messages_in, problems, update_catalogue

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
_("Spara")
gettext_lazy("Den här "
             "texten")
ngettext("{n} sak", "{n} saker", 2)
pgettext("månad", "maj")
_(f"{inte} denna")
"""
TEMPLATE = """{% extends "x.html" %}
<h1>{% translate "Rubrik" %}</h1>
      {% trail _("Redaktion") "/redaktion/" %}
  {% blocktranslate with name=x.name %}Hej {{ name }}, 5 % rabatt.{% endblocktranslate %}
{% blocktranslate count n=number trimmed %}
    {{ n }} sak
{% plural %}
    {{ n }} saker
{% endblocktranslate %}
{% translate "maj" context "månad" %}
{{ _("I filter")|upper }}
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "samverka" / "templates").mkdir(parents=True)
    (tmp_path / "samverka" / "a.py").write_text(PYTHON)
    (tmp_path / "samverka" / "templates" / "a.html").write_text(TEMPLATE)
    (tmp_path / "samverka" / "notes.html").write_text("{% translate 'Ingen mall' %}")
    return tmp_path


@pytest.fixture
def catalogue(tmp_path):
    return tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"


def by_text(catalogue):
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(catalogue))}


def translate(catalogue, **words):
    file = polib.pofile(str(catalogue))
    for entry in file:
        if entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(words.get(entry.msgid, ["", ""])))
        else:
            entry.msgstr = words.get(entry.msgid, "")
    file.save(str(catalogue))


def test_strings_of_python_are_found():
    found = [(message.context, message.text, message.plural) for message in messages_in(PYTHON)]
    assert found == [("", "Spara", ""), ("", "Den här texten", ""), ("", "{n} sak", "{n} saker"), ("månad", "maj", "")]


def test_strings_of_templates_are_found(project):
    found = find_messages(project)
    assert {key for key, message in found.items() if "samverka/templates/a.html" in message.files} == {
        ("", "Rubrik"),
        ("", "Redaktion"),
        ("", "Hej %(name)s, 5 %% rabatt."),
        ("", "%(n)s sak"),
        ("månad", "maj"),
        ("", "I filter"),
    }
    assert found["", "%(n)s sak"].plural == "%(n)s saker"
    assert ("", "Ingen mall") not in found


def test_catalogue_gets_new_strings_untranslated(project, catalogue):
    done = update_catalogue(catalogue, find_messages(project), "en")
    assert done["new"] == 9
    entry = by_text(catalogue)["", "%(n)s sak"]
    assert entry.msgstr_plural == {0: "", 1: ""}
    assert "python-format" in entry.flags


def test_catalogue_keeps_translations_and_marks_what_is_gone(catalogue):
    first = {("", text): Message(text, files={"a.py"}) for text in ("Spara", "Avbryt")}
    update_catalogue(catalogue, first, "en")
    translate(catalogue, Spara="Save", Avbryt="Cancel")
    done = update_catalogue(catalogue, {("", "Spara"): first["", "Spara"]}, "en")
    assert done == {"obsolete": 1}
    entries = by_text(catalogue)
    assert entries["", "Spara"].msgstr == "Save"
    assert (entries["", "Avbryt"].obsolete, entries["", "Avbryt"].msgstr) == (True, "Cancel")
    update_catalogue(catalogue, first, "en")
    assert not by_text(catalogue)["", "Avbryt"].obsolete


def test_updating_twice_changes_nothing(project, catalogue):
    found = find_messages(project)
    update_catalogue(catalogue, found, "en")
    before = catalogue.read_bytes()
    update_catalogue(catalogue, found, "en")
    assert catalogue.read_bytes() == before


def test_problems_are_named(catalogue):
    texts = ["Klar", "Saknas", "Oöversatt", "Hej %(name)s", "<a>Länk</a>", "Gissad"]
    found = {("", text): Message(text, files={"a.py"}) for text in texts}
    update_catalogue(catalogue, {**found, ("", "Borta"): Message("Borta")}, "en")
    file = polib.pofile(str(catalogue))
    for entry in file:
        entry.msgstr = {
            "Klar": "Done", "Hej %(name)s": "Hi %(nmae)s", "<a>Länk</a>": "Link", "Gissad": "Guess", "Borta": "Gone",
        }.get(entry.msgid, "")  # fmt: skip
        entry.flags += ["fuzzy"] * (entry.msgid == "Gissad")
    file.remove(file.find("Saknas"))
    file.save(str(catalogue))
    assert sorted(problems(catalogue, found)) == [
        "fuzzy: Gissad",
        "missing: Saknas",
        "not in the code any more: Borta",
        "placeholders differ: Hej %(name)s",
        "tags differ: <a>Länk</a>",
        "untranslated: Oöversatt",
    ]


def test_singular_may_leave_the_number_out(catalogue):
    found = {("", "{n} sak"): Message("{n} sak", plural="{n} saker", files={"a.py"})}
    update_catalogue(catalogue, found, "en")
    translate(catalogue, **{"{n} sak": ["{n} thing", "{n} things"]})
    assert problems(catalogue, found) == []


def test_compiles_only_what_has_changed(catalogue, tmp_path):
    update_catalogue(catalogue, {("", "Spara"): Message("Spara")}, "en")
    translate(catalogue, Spara="Save")
    compiled = catalogue.with_suffix(".mo")
    assert compile_stale(tmp_path / "locale") == [compiled]
    assert compile_stale(tmp_path / "locale") == []
    assert polib.mofile(str(compiled)).find("Spara").msgstr == "Save"
    os.utime(catalogue, (compiled.stat().st_atime, compiled.stat().st_mtime + 5))
    assert compile_stale(tmp_path / "locale") == [compiled]


def test_swedish_is_the_source_and_never_falls_to_english():
    with translation.override("sv"):
        assert gettext("Så fungerar tjänsten") == "Så fungerar tjänsten"
        assert ngettext("%(n)s sak", "%(n)s saker", 2) == "%(n)s saker"
        assert gettext("Enter a valid value.") == "Fyll i ett giltigt värde."


def test_text_without_english_is_shown_in_swedish():
    with translation.override("en"):
        assert gettext("en text som ingen har översatt") == "en text som ingen har översatt"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "language"), [("/kontakt/", "sv"), ("/en/kontakt/", "en")])
def test_the_address_says_the_language_whatever_the_browser_asks_for(client, path, language):
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE="en" if language == "sv" else "sv")
    assert f'<html lang="{language}"' in answer.content.decode()


def test_keywords_are_those_of_django():
    assert {"gettext_lazy", "npgettext_lazy", "_"} <= translations._KEYWORDS.keys()
