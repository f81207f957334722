"""From workbook to definition. Everything that cannot be said here is gathered and refused together, with its row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ..checking import Fault, faults
from ..definition import ChoiceList, Definition, Language, Option
from . import columns
from .columns import Heading
from .items import ItemReader
from .sheets import Refusal, Row, Sheet, Workbook, WorkbookRefused, open_workbook
from .types import YES_NO_LIST

_SETTINGS = {"form_title", "form_id", "version", "default_language", "allow_choice_duplicates", "samverka_title",
             "samverka_language"}  # fmt: skip
#: Settings of programs that collect on a telephone; they say nothing of the questionnaire.
_PASSED_OVER = {"style", "submission_url", "auto_send", "auto_delete", "add_none_option", "sms_keyword", "name"}


@dataclass(frozen=True)
class Reading:
    """A workbook that was read: the definition, and sentences on what was passed over."""

    definition: Definition
    notes: tuple[str, ...]


def read_workbook(path: Path, *, language: str = "sv", stem: str = "") -> Reading:
    """Return the definition that a workbook says; `language` is that of columns that name none, `stem` what it is
    called where it has no title of its own (the name of the file).

    Raises WorkbookRefused with everything that is wrong or lacking here.
    """
    book = open_workbook(path)
    return _Reader(replace(book, stem=stem or book.stem), language).read()


class _Reader:
    def __init__(self, book: Workbook, unnamed: str) -> None:
        self._book = book
        self._setting = book.settings.rows[0] if book.settings.rows else Row(2, {})
        self._unnamed = self._setting["samverka_language"] or unnamed
        self._refused: list[Refusal] = []
        self._notes: list[str] = []
        self._option_rows: dict[str, list[int]] = {}

    def read(self) -> Reading:
        self._sheets()
        languages = self._languages()
        lists = self._lists(languages)
        items = ItemReader(self._book.survey, languages, self._refuse)
        definition = Definition(
            title=self._title(languages),
            languages=tuple(dict.fromkeys(languages.values())),
            items=items.read(),
            lists=tuple(lists),
            form_id=self._setting["form_id"],
            edition=self._setting["version"],
            same_values=bool(columns.yes_or_no(self._setting["allow_choice_duplicates"])),
        )
        refused = [*self._refused, *self._book.judged]
        if not self._refused:
            refused += (self._located(fault, items.rows) for fault in faults(definition))
        if refused:
            raise WorkbookRefused(
                sorted(dict.fromkeys(refused), key=lambda found: (found.sheet != "survey", found.sheet, found.row))
            )
        return Reading(definition, tuple(self._notes))

    def _refuse(self, sheet: str, row: int, reason: str) -> None:
        self._refused.append(Refusal(sheet, row, reason))

    def _sheets(self) -> None:
        for name in self._book.others:
            self._refuse(name, 0, _("bladet %(sheet)s har ingen motsvarighet här") % {"sheet": name})
        for found in self._book.settings.headings:
            if self._setting.cells.get((found.name, found.language)):
                self._setting_known(found)
        for sheet, known in ((self._book.survey, columns.SURVEY), (self._book.choices, None)):
            for found in sheet.headings:
                self._heading_known(sheet, found, known)

    def _setting_known(self, found: Heading) -> None:
        if found.name in _PASSED_OVER:
            self._notes.append(_("Inställningen %(name)s gäller andra program och läses inte.") % {"name": found.text})
        elif found.name not in _SETTINGS:
            self._refuse("settings", 2, _("Inställningen %(name)s finns inte här.") % {"name": found.text})

    def _heading_known(self, sheet: Sheet, found: Heading, known: set[str] | None) -> None:
        filled = [row.number for row in sheet.rows if row.cells.get((found.name, found.language))]
        if found.name in columns.UNKNOWN_HERE:
            for number in filled:
                self._refuse(sheet.name, number, _("Kolumnen %(name)s finns inte här.") % {"name": found.text})
        elif (known is None and not found.name.isidentifier()) or (known is not None and found.name not in known):
            self._notes.append(
                _("Kolumnen %(name)s på bladet %(sheet)s läses inte.") % {"name": found.text, "sheet": sheet.name}
            )

    def _languages(self) -> dict[str, Language]:
        """Return the languages by how the headings write them, the one that is read first at the front."""
        found: dict[str, Language] = {}
        default = self._setting["default_language"]
        for name in self._language_names():
            language = columns.language(name or default, self._unnamed)
            if not language:
                self._refuse("survey", 1, columns.unknown_language(name))
            else:
                found[name] = language
        named = {language.code: language for language in found.values()}
        if len(named) < len(set(found.values())):
            self._refuse("survey", 1, _("Två språk har samma kod. Skriv koden efter namnet: Svenska (sv)."))
        first = [name for name in found if (name or default) == default] or [name for name in found if not name]
        return {name: found[name] for name in dict.fromkeys([*first, *found])} or {"": Language(self._unnamed)}

    def _language_names(self) -> list[str]:
        translated = {*columns.TRANSLATED}
        names = [h.language for h in self._book.survey.headings if h.name in translated]
        names += [h.language for h in self._book.choices.headings if h.name == "label"]
        return list(dict.fromkeys(names))

    def _title(self, languages: dict[str, Language]) -> dict[str, str]:
        first = next(iter(languages.values()))
        title = {first.code: self._setting["form_title"] or self._book.stem}
        for name, text in self._setting.texts("samverka_title").items():
            if language := languages.get(name) or columns.language(name, self._unnamed):
                title[language.code] = text
        return title

    def _lists(self, languages: dict[str, Language]) -> Iterator[ChoiceList]:
        found: dict[str, list[Option]] = {}
        for row in self._book.choices.rows:
            name = row["list_name"]
            if not name:
                self._refuse("choices", row.number, _("Raden saknar list_name."))
            elif name != YES_NO_LIST:
                found.setdefault(name, []).append(_option(row, languages))
                self._option_rows.setdefault(name, []).append(row.number)
        return (ChoiceList(name, tuple(options)) for name, options in found.items())

    def _located(self, fault: Fault, rows: dict[str, int]) -> Refusal:
        if fault.where in rows:
            return Refusal("survey", rows[fault.where], fault.reason)
        if places := self._option_rows.get(fault.where):
            return Refusal("choices", places[fault.place], fault.reason)
        return Refusal("survey", 0, fault.reason)


def _option(row: Row, languages: dict[str, Language]) -> Option:
    known = {"list_name", "name", "label", "samverka_exclusive", *columns.UNKNOWN_HERE}
    attributes: dict[str, Any] = {
        name: text
        for (name, language), text in row.cells.items()
        if name not in known and not language and name.isidentifier()
    }
    label = {languages[name].code: text for name, text in row.texts("label").items() if name in languages}
    return Option(row["name"], label, bool(columns.yes_or_no(row["samverka_exclusive"])), attributes)
