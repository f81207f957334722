"""The questionnaires that the product ships: content/questionnaires, a YAML file each, in the form of `document.py`."""

from pathlib import Path

import yaml
from django.conf import settings

from .definition import Definition
from .document import from_document


def folder() -> Path:
    """Return the folder of the questionnaires that the product ships."""
    return Path(settings.CONTENT_DIR / "questionnaires")


def shipped_questionnaires() -> dict[str, Definition]:
    """Return every questionnaire of content/questionnaires: slug -> definition."""
    return {
        path.stem: from_document(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(folder().glob("*.yaml"))
    }
