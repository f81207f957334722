"""Foreign keys point downwards, as imports do. (Imports themselves are held by lint-imports in `make check`.)"""

import tomllib

from django.apps import apps

from .source import LAYERS, ROOT, layer_of


def test_layers_are_those_of_the_import_linter() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    told = tuple(tuple(sorted(part.strip().removeprefix("samverka.") for part in line.split("|"))) for line in layers)
    assert told == LAYERS


def test_every_app_of_ours_has_a_layer() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("samverka.")}
    assert ours == {app for line in LAYERS for app in line}


def test_foreign_keys_point_downwards() -> None:
    upwards = []
    for model in apps.get_models(include_auto_created=True):
        height = layer_of(model._meta.app_label)
        for field in model._meta.get_fields():
            # The reverse side of a relation is a field of the other model.
            if height is None or field.auto_created or not field.is_relation or field.related_model is None:
                continue
            target = layer_of(field.related_model._meta.app_label)
            same_app = field.related_model._meta.app_label == model._meta.app_label
            if target is not None and not same_app and target >= height:
                upwards.append(f"{model.__name__}.{field.name} -> {field.related_model.__name__}")
    assert not upwards, f"a foreign key points upwards or sideways: {upwards}"


def test_kernel_tables_have_no_foreign_keys() -> None:
    found = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("kernel").get_models()
        for field in model._meta.fields
        if field.is_relation
    ]
    assert not found, f"the kernel keeps ids and labels, no foreign keys: {found}"
