"""Answers that match the pattern of 2018, read in as a file from elsewhere: 192 of 290 municipalities and 17 of 20
regions answered; 34 and 4 of them have a partnership; about 60 % a policy document.
"""

import csv
from datetime import date
from pathlib import Path

from samverka.organisations.models import Organisation
from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.content import shipped_questionnaires
from samverka.surveys.actions import open_round
from samverka.surveys.importing import run_import
from samverka.surveys.models import Round

MUNICIPALITIES, REGIONS = 192, 17
PARTNERSHIPS = {"municipality": 34, "region": 4}
POLICIES = {"municipality": 115, "region": 10}


def write_answers(path: Path) -> None:
    """Write the file: a row a body, by its code, in the order of the codes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["respondent", "tackning", "kontakt", "form_iop", "styrdokument", "samordnare"])
        for kind, most in (("municipality", MUNICIPALITIES), ("region", REGIONS)):
            for place, code in enumerate(codes(kind)[:most]):
                said = [_yes(place, PARTNERSHIPS[kind]), _yes(place, POLICIES[kind])]
                writer.writerow([code, "hela" if place % 4 else "delar", "Kansliet", *said, _yes(place % 10, 3)])


def codes(kind: str) -> list[str]:
    """The codes of the bodies of a kind; Gotland is a municipality."""
    keys = Organisation.objects.filter(source_key__startswith=f"{kind}:").values_list("source_key", flat=True)
    return sorted(key.rpartition(":")[2] for key in keys)


def _yes(place: int, most: int) -> str:
    return "yes" if place < most else "no"


def read_in(folder: Path, *, slug: str = "2018", questionnaire: str = "offentliga-aktorer") -> Round:
    """Open a round of the shipped questionnaire and read the answers in."""
    shipped = shipped_questionnaires()[questionnaire]
    publish_definition(by=None, slug=questionnaire, definition=shipped)
    opened = open_round(by=None, slug=slug, questionnaire=questionnaire)
    Round.objects.filter(pk=opened.pk).update(closes_on=date(2018, 3, 31), title="Kartläggningen 2018")
    path = folder / f"{slug}.csv"
    write_answers(path)
    run_import(opened, path, by=None)
    return Round.objects.select_related("version__questionnaire").get(pk=opened.pk)
