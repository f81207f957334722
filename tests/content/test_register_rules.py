"""The rules that read registers: every pattern compiles, every code exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "content"
KINDS = {
    "association",
    "foundation",
    "cooperative",
    "social_enterprise",
    "faith_community",
    "study_association",
    "network",
    "municipal_company",
    "local_federation",
}


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return loaded


def patterns(content: object) -> list[str]:
    """Return every string in the lists of a rule file."""
    if isinstance(content, dict):
        return [p for key, value in content.items() if key not in {"kind", "fields"} for p in patterns(value)]
    if isinstance(content, list):
        return [p for value in content for p in patterns(value)]
    return [content] if isinstance(content, str) else []


@pytest.mark.parametrize("name", ["kinds", "type_labels", "sensitive"])
def test_every_pattern_compiles_and_is_in_small_letters(name: str) -> None:
    found = patterns(read(f"register/{name}"))
    assert len(found) > 20
    for pattern in found:
        re.compile(pattern)
        assert re.sub(r"\\\w", "", pattern) == re.sub(r"\\\w", "", pattern).lower(), pattern


def test_rules_name_only_known_kinds_and_fields() -> None:
    kinds = read("register/kinds")
    assert {rule["kind"] for part in ("names", "types") for rule in kinds[part]} - {None} <= KINDS
    codes = {field["code"] for field in read("fields/icnpo")["fields"]}
    labels = read("register/type_labels")
    assert {code for part in ("rules", "last", "names") for rule in labels[part] for code in rule["fields"]} <= codes
