import csv
from collections.abc import Callable

import pytest

from samverka.organisations.classify import (
    classify_fields,
    classify_kind,
    fields_of_label,
    is_sensitive,
    kind_of_label,
)
from tests.real_data import REGISTER

#: Labels of our own in the manner of real ones, with (kind, first ICNPO code); they also stand in for real registers.
LABELS = {
    "Idrottsföreningar": ("association", "1.2"),
    "idrottsklubbar": ("association", "1.2"),
    "Handikappidrott": ("association", "1.2"),
    "Kulturförening": ("association", "1.1"),
    "Hembygdsför.": ("association", "1.1"),
    "Kör- och musikfören": ("association", "1.1"),
    "Hembygds- o Bygdegårdsför": ("association", "6"),
    "Byalag": ("association", "6"),
    "Vägföreningar/samfälligheter": ("association", "6"),
    "Folkets hus": ("association", "6"),
    "Samlingslokalägare": ("association", "6"),
    "Scoutkårer": ("association", "1.3"),
    "Båtklubbar": ("association", "1.3"),
    "Motorklubb": ("association", "1.3"),
    "Pensionärsorg.": ("association", "7"),
    "Funktionsrättsförening": ("association", "7"),
    "Handikapporganisatio": ("association", "7"),
    "Invandrarföreningar": ("association", "7"),
    "Politisk förening": ("association", "7"),
    "Socialdemokratisk förening": ("association", "7"),
    "Nykterhetsförening": ("association", "3"),
    "Patientförening": ("association", "3"),
    "Sociala föreningar": ("association", "4"),
    "Hjälporganisationer": ("association", "4"),
    "Naturföreningar": ("association", "5"),
    "Fiskevårdsområde": ("association", "5"),
    "Fredsorganisation": ("association", "9"),
    "Religiösa föreningar": ("faith_community", "10"),
    "Religösa org": ("faith_community", "10"),
    "Kyrkor och samfund": ("faith_community", "10"),
    "Studieförbund": ("study_association", "2"),
    "Studentföreningar": ("association", "2"),
    "Fackliga organisationer": ("association", "11"),
    "Frivillig försvarsorganisation": ("association", "12"),
    "Bostadsrättsförening": ("cooperative", "6"),
}


@pytest.mark.parametrize(("label", "expected"), LABELS.items(), ids=list(LABELS))
def test_label_gives_kind_and_field(label: str, expected: tuple[str, str]) -> None:
    kind, field = expected
    assert classify_kind([label], "Exempel") == kind
    assert classify_fields([label])[0] == field


@pytest.mark.parametrize(
    ("types", "name", "kind"),
    [
        (["Kulturförening"], "Stiftelsen Exempelgården", "foundation"),
        (["Hembygdsförening"], "Mårdagårdsstiftelsen", "foundation"),
        (["Samlingslokal"], "Exempelby Folkets Hus ek. för.", "cooperative"),
        ([], "Brf Solsidan 1-4", "cooperative"),
        ([], "Föräldrakooperativet Myran", "cooperative"),
        (["Övriga föreningar"], "Studieförbundet Vuxenskolan", "study_association"),
        ([], "ABF Exempelbygden", "study_association"),
        (["Kör"], "ABF-kören", "association"),
        (["Övriga föreningar"], "Pingstförsamlingen i Exempelby", "faith_community"),
        ([], "Exempelby pastorat", "faith_community"),
        (["Religiös förening"], "Scoutkåren Sion", "association"),
        (["Religiösa föreningar"], "Equmenia Exempelby", "association"),
        ([], "Gamla kyrkans vänner", "association"),
        ([], "Kyrkhults IF", "association"),
        ([], "Kvarnbo Kyrkbåtsförening", "association"),
        ([], "Nätverket för landsbygden", "network"),
        ([], "Exempelby kommunalförbund", "local_federation"),
        ([], "Räddningstjänstförbundet Mitt", "local_federation"),
        ([], "Exempelby Bostäder AB", "municipal_company"),
        ([], "Arbetskooperativet Länken", "social_enterprise"),
        (["Kulturaktör"], "Festfilm AB", None),
        (["Företag"], "Emils el", None),
        (["Övrig kund"], "Norra Konståkningsklubben", "association"),
        ([], "Norrby IF", "association"),
        ([], "Friskis&Svettis", "association"),
        ([], "Xyzzy", None),
        ([], "", None),
    ],
)
def test_name_and_types_give_kind(types: list[str], name: str, kind: str | None) -> None:
    assert classify_kind(types, name) == kind


@pytest.mark.parametrize(
    ("types", "activities", "name", "codes"),
    [
        (["Idrottsförening"], ["Musik"], "Exempelby Folkdanslag", ("1.2",)),
        (["Övrig förening"], ["Fotboll", "Möte"], "Exempel", ("1.2",)),
        (["Övrig förening"], ["Möte"], "Exempelby Hembygdsförening", ("1.1",)),
        (["Övrig förening"], ["Möte"], "Exempel", ("12",)),
        ([], [], "PRO Exempelby", ("7", "1.3")),
        ([], [], "Falbygdens Motorcykelveteraner", ("1.2", "1.3")),
        ([], [], "Socialdemokraterna i Exempelby", ("7",)),
        ([], [], "Exempelby Simsällskap", ("1.2",)),
        ([], [], "FC International", ("1.2", "9")),
        ([], [], "Skogsby bys belysningsförening", ("6",)),
        ([], [], "Xyzzy", ()),
        (["Konståkning"], [], "", ("1.2",)),
        (["Djur och natur", "Friluftsliv"], [], "", ("5", "1.3")),
    ],
)
def test_fields_come_from_types_then_activities_then_name(
    types: list[str], activities: list[str], name: str, codes: tuple[str, ...]
) -> None:
    found = classify_fields(types, activities, name)
    assert found[: len(codes)] == codes
    assert bool(found) == bool(codes)


@pytest.mark.parametrize(
    "name",
    [
        "Kvinnojouren Exempel",
        "Exempelby Kvinnojour",
        "Kvinno- och tjejjouren",
        "Kvinno- & tjejjouren Norrby",
        "Tjejjouren",
        "Väsby Tjejjour",
        "Brottsoffer- och Kvinnojouren Söder",
        "Södertäljejourerna",
        "Mansjouren i länet",
        "Alla Kvinnors Hus",
        "Kvinnohuset",
        "Exempelby mot våld",
        "RFSL Exempelby",
        "RFSL Ungdom",
        "Exempelby Pride",
        "HBTQ-föreningen",
        "Judiska församlingen",
        "Mosaiska",
        "Synagogans vänner",
        "Islamiska föreningen i Exempelby",
        "Vårby Islam.Ung/Kulturför",
        "Föreningen för Norrbys Muslimer",
        "Al-Rashideen Moskén",
        "Al Nour Förening",
        "Al-Houda center",
        "Bosnisk Islamisk Församling",
        "Asylkommittén i Norrby",
        "Posithiva gruppen",
    ],
)
def test_exposed_organisations_are_suggested_as_protected(name: str) -> None:
    assert is_sensitive(["Övriga föreningar"], name)


@pytest.mark.parametrize(
    "name",
    [
        "Brottsofferjouren Exempelby",
        "Djurjouren",
        "Naturskyddsföreningen",
        "Djurskyddet Norrby",
        "Norrby Judoklubb",
        "SFK Regnbågen",
        "Barnfilmklubben Regnbågen",
        "Pride Sports Africa",
        "Al Hillal idrottsförening",
        "Al Suheyb FC",
        "Al-Anon Norrby",
        "Transtrands IF",
        "Fotbollsklubben Asylerna",
        "Centerkvinnorna",
        "Norrby Islandshästförening",
        "Ätrans Vägförening",
        "Kulturkvinnoföreningen",
        "Islandshästryttarna",
        "Lars Ahlin-sällskapet",
        "Hela Norrby",
        "Ale Alpin",
        "Kurdiska föreningen",
        "Ibn Rushd Studieförbund",
        "",
    ],
)
def test_others_are_not_suggested_as_protected(name: str) -> None:
    assert not is_sensitive(["Övriga föreningar"], name)


def test_a_type_alone_can_suggest_protection() -> None:
    assert is_sensitive(["Jour- och skyddsorganisationer"], "Exempel")


def weighted(file: str, fallback: dict[str, int]) -> dict[str, int]:
    """Return label -> number of rows from the real registers where they are, else from labels of our own."""
    path = REGISTER / file
    if not path.exists():
        return fallback
    counted: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            counted[row["label"]] = counted.get(row["label"], 0) + int(row["n"])
    return counted


def share(labels: dict[str, int], recognised: Callable[[str], object]) -> float:
    return sum(n for label, n in labels.items() if recognised(label)) / sum(labels.values())


def test_most_type_labels_are_recognised() -> None:
    labels = weighted("type_labels.csv", dict.fromkeys(LABELS, 1))
    assert share(labels, lambda label: kind_of_label(label)[0]) >= 0.99
    assert share(labels, lambda label: classify_fields([label])) >= 0.95
    assert share(labels, fields_of_label) >= 0.85, "without counting 'other' as a field"


def test_most_activity_labels_are_recognised() -> None:
    own = {"Fotboll": 9, "Musik": 6, "Dans": 4, "Boule": 4, "Studiecirklar": 3, "Vävning": 1, "Skidor": 1, "Möte": 1}
    assert share(weighted("activity_labels.csv", own), fields_of_label) >= 0.85
