"""The files of content/models as data: one folder a model, model.yaml and a file for each phase. Reads no database."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True)
class ModelContent:
    """A model as its files say it: what identifies it, what its version says, its phases in order."""

    head: dict[str, Any]
    phases: tuple[dict[str, Any], ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of everything a version holds, whatever the layout of the files."""
        said = {**self.version_values, "language": self.head["language"], "phases": self.phases}
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()

    @property
    def is_translation(self) -> bool:
        """Whether the model was written in another language, which model.yaml then names as `original_language`."""
        return bool(self.head.get("original_language", self.head["language"]) != self.head["language"])

    @property
    def model_values(self) -> dict[str, Any]:
        """Return the columns of ProcessModel besides its slug."""
        names = ("name", "owner", "licence", "licence_url", "source", "language")
        return {name: self.head.get(name, "") for name in names}

    @property
    def version_values(self) -> dict[str, Any]:
        """Return the texts of ModelVersion."""
        path = self.head.get("short_path", {})
        return {
            "name": self.head["name"],
            "summary": self.head["summary"],
            "short_path_summary": path.get("summary", ""),
            "short_path": path.get("stops", []),
        }


def folder() -> Path:
    """Return the folder of the models that the product ships."""
    return Path(settings.CONTENT_DIR / "models")


def shipped_models() -> list[ModelContent]:
    """Return every model of content/models."""
    return [read_model(path.parent) for path in sorted(folder().glob("*/model.yaml"))]


def read_model(model_folder: Path) -> ModelContent:
    """Return the model of one folder, its phases by number."""
    phases = [_yaml(path) for path in model_folder.glob("*.yaml") if path.name != "model.yaml"]
    ordered = sorted(phases, key=lambda phase: int(phase["number"]))
    return ModelContent(_yaml(model_folder / "model.yaml"), tuple(_tidied(phase) for phase in ordered))


def _yaml(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def _tidied(value: Any) -> Any:
    """Return `value` with no space around any text: YAML's blocks end in a line feed."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_tidied(part) for part in value]
    if isinstance(value, dict):
        return {key: _tidied(part) for key, part in value.items()}
    return value
