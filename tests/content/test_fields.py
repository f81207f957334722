"""The fields of activity: whole, dated, in both languages."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from samverka.organisations.models import ActivityField


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (Path(settings.BASE_DIR) / "content" / "fields" / f"{name}.yaml").read_text("utf-8")
    )
    return loaded


ICNPO, MAPPING = read("icnpo"), read("mapping_fields")


def test_icnpo_has_twelve_groups_and_the_three_parts_of_the_first() -> None:
    codes = [field["code"] for field in ICNPO["fields"]]
    assert [code for code in codes if "." not in code] == [str(n) for n in range(1, 13)]
    assert [code for code in codes if "." in code] == ["1.1", "1.2", "1.3"]
    assert all(field["parent"] == field["code"].partition(".")[0] for field in ICNPO["fields"] if "." in field["code"])
    assert ICNPO["source"]


@pytest.mark.parametrize("field", [*ICNPO["fields"], *MAPPING["fields"]], ids=lambda field: field["code"])
def test_every_field_has_both_languages_and_a_first_year(field: dict[str, Any]) -> None:
    assert isinstance(field["code"], str)
    assert field["sv"]
    assert field["en"]
    assert field["sv"] != field["en"]
    assert 1990 < field["since"] <= 2026
    assert field["until"] is None or field["until"] > field["since"]


def test_the_mapping_keeps_the_fields_of_2018_and_marks_the_new_ones() -> None:
    since = {field["code"]: field["since"] for field in MAPPING["fields"]}
    assert len(since) == len(MAPPING["fields"])
    assert sorted(since.values()) == [2018] * 11 + [2026] * 6
    assert all(field["source"] in MAPPING["sources"] for field in MAPPING["fields"])


def test_fields_near_single_persons_are_marked() -> None:
    marked = {field["code"] for field in MAPPING["fields"] if field.get("sensitive")}
    assert {"social_security", "refugees", "children_youth"} <= marked
    assert "culture" not in marked


@pytest.mark.django_db
def test_fields_near_persons_who_need_protection_are_marked_when_loaded() -> None:
    """The pages ask the table, not the file."""
    told = {field["code"] for field in MAPPING["fields"] if field.get("sensitive")}
    loaded = ActivityField.objects.filter(scheme="mapping", sensitive=True).values_list("code", flat=True)
    assert {"refugees", "children_youth", "social_security"} <= set(loaded) == told
