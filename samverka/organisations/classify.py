"""From what a register says of an organisation to its kind, its fields and whether to protect it.

The rules are content/register/*.yaml. Registers carry hundreds of spellings of the same thing
("Hembygds- o Bygdegårdsför"), so the rules look for word stems, and labels are remembered.
Suggestions only: whoever knows better corrects them, and the correction is kept.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

_LABELS = 16_384  # more labels than all registers of the country use
_NEVER = re.compile(r"(?!)")
ASSOCIATION = "association"
FAITH = "faith_community"


@dataclass(frozen=True, slots=True)
class _Rule:
    says: Any
    words: re.Pattern[str]
    unless: re.Pattern[str]

    def fits(self, text: str) -> bool:
        return bool(self.words.search(text)) and not self.unless.search(text)


def classify_kind(types: Sequence[str], name: str) -> str | None:
    """Return the code of an organisation's kind from its type labels and its name, or None.

    The name decides first (a foundation is often filed as "kulturförening"), then the labels, then
    words in the name that an association has, or a field that it tells. None: a company, or nothing is known.
    """
    text = _fold(name)
    by_name = _from_name(text)
    if by_name is not None:
        kind = by_name.says
        return None if kind is None else str(kind)
    outside = False
    for label in types:
        known, kind = kind_of_label(label)
        if kind == FAITH and _kind_rules().not_faith.search(text):
            return ASSOCIATION
        if kind is not None:
            return kind
        outside = outside or known
    telling = _kind_rules().associations.search(text) or (not outside and fields_of_name(name))
    return ASSOCIATION if telling else None


def classify_fields(types: Sequence[str], activities: Sequence[str] = (), name: str = "") -> tuple[str, ...]:
    """Return ICNPO codes, the most telling first: from the types, else the activities, else the name.

    "12" (Övrigt) is returned when the register itself says "other" and nothing else says more.
    """
    codes = _joined(fields_of_label(label) for label in types)
    codes = codes or _joined(fields_of_label(label) for label in activities)[:3]
    codes = codes or (fields_of_name(name)[:2] if name else ())
    return codes or _joined(_last_resort(label) for label in types)


def is_sensitive(types: Sequence[str], name: str) -> bool:
    """Return True where an import should suggest that the organisation is protected (users.md R10).

    Shelters and support against violence, hbtqi, Jewish and Muslim organisations, people without
    papers, hiv. On the careful side; a person confirms or lifts it.
    """
    if any(_sensitive_label(label) for label in types):
        return True
    rule = _sensitive_names()
    return rule.fits(_fold(name))


@lru_cache(maxsize=_LABELS)
def kind_of_label(label: str) -> tuple[bool, str | None]:
    """Return (is the label known, the kind it says). A known label without a kind is no association's."""
    text = _fold(label)
    for rule in _kind_rules().types:
        if rule.fits(text):
            return True, rule.says
    return (True, ASSOCIATION) if fields_of_label(label) else (False, None)


@lru_cache(maxsize=_LABELS)
def fields_of_label(label: str) -> tuple[str, ...]:
    """Return the ICNPO codes that a label of type or activity names; none for "other"."""
    return _fields(_fold(label))


@lru_cache(maxsize=_LABELS)
def fields_of_name(name: str) -> tuple[str, ...]:
    """Return the ICNPO codes that an organisation's name tells."""
    text = _fold(name)
    return _fields(text) or _joined(rule.says for rule in _field_rules("names") if rule.fits(text))


@lru_cache(maxsize=_LABELS)
def _last_resort(label: str) -> tuple[str, ...]:
    text = _fold(label)
    return _joined(rule.says for rule in _field_rules("last") if rule.fits(text))


@lru_cache(maxsize=_LABELS)
def _sensitive_label(label: str) -> bool:
    return bool(_pattern(_read("sensitive")["types"]).search(_fold(label)))


def _fields(text: str) -> tuple[str, ...]:
    """Return the codes of all rules; what a rule has found is taken out before the next one."""
    found: list[tuple[str, ...]] = []
    for rule in _field_rules("rules"):
        rest = rule.words.sub(" ", text)
        if rest != text:
            found.append(rule.says)
            text = rest
    return _joined(found)


def _from_name(text: str) -> _Rule | None:
    """Return the first rule on names that fits. One search over all rules sorts out most names."""
    rules = _kind_rules()
    if not rules.any_name.search(text):
        return None
    return next((rule for rule in rules.names if rule.fits(text)), None)


@dataclass(frozen=True, slots=True)
class _KindRules:
    names: tuple[_Rule, ...]
    types: tuple[_Rule, ...]
    any_name: re.Pattern[str]
    not_faith: re.Pattern[str]
    associations: re.Pattern[str]


@cache
def _kind_rules() -> _KindRules:
    content = _read("kinds")
    return _KindRules(
        names=_rules(content["names"], "kind"),
        types=_rules(content["types"], "kind"),
        any_name=_pattern(word for rule in content["names"] for word in rule["words"]),
        not_faith=_pattern(content["faith_unless"]),
        associations=_pattern(content["associations"]),
    )


@cache
def _field_rules(part: str) -> tuple[_Rule, ...]:
    return _rules(_read("type_labels")[part], "fields")


@cache
def _sensitive_names() -> _Rule:
    content = _read("sensitive")
    return _Rule(True, _pattern(w for words in content["names"].values() for w in words), _pattern(content["unless"]))


def _rules(content: list[dict[str, Any]], says: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            tuple(rule[says]) if isinstance(rule[says], list) else rule[says],
            _pattern(rule["words"]),
            _pattern(rule.get("unless", ())),
        )
        for rule in content
    )


@cache
def _read(name: str) -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "content" / "register" / f"{name}.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(words)
    return re.compile(joined) if joined else _NEVER


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _joined(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))
