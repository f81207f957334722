"""A register of invented associations: names, places and fields spread as in real municipal registers."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

# The endings and types are common Swedish words; the shares are those of 12,000 rows of real registers, rounded.
_PLACES = (
    "Nor", "Sör", "Väster", "Öster", "Lilla", "Stora", "Gamla", "Nya", "Över", "Neder", "Björk", "Ek", "Lind",
    "Älv", "Sjö", "Åker", "Ängs", "Hög", "Låg", "Berg", "Sten", "Sand", "Holm", "Ö", "Vik", "Mo",
)  # fmt: skip
_ENDINGS = (
    "by", "torp", "hult", "stad", "näs", "vik", "sjö", "berg", "dal", "bo", "lunda", "rum", "tuna", "köping", "ås",
    "mo", "fors", "holm", "ö", "hamn", "bäck",
)  # fmt: skip
_KINDS: tuple[tuple[str, str, str, int], ...] = (
    ("Idrottsföreningar", "Fotboll", "IF", 14), ("Idrottsföreningar", "Ishockey", "hockeyklubb", 3),
    ("Idrottsföreningar", "Ridning", "ryttarförening", 3), ("Idrottsföreningar", "Orientering", "orienteringsklubb", 3),
    ("Idrottsföreningar", "Skidor", "skidklubb", 3), ("Idrottsföreningar", "Gymnastik", "gymnastikförening", 3),
    ("Idrottsföreningar", "Simning", "simsällskap", 2), ("Idrottsföreningar", "Tennis", "tennisklubb", 2),
    ("Kulturföreningar", "Musik", "musikförening", 6), ("Kulturföreningar", "Körsång", "kyrkokör", 3),
    ("Kulturföreningar", "Teater", "teatersällskap", 3), ("Hembygdsföreningar", "Hembygdsvård", "hembygdsförening", 6),
    ("Kulturföreningar", "Konst", "konstförening", 3), ("Pensionärsföreningar", "Gemenskap", "PRO", 6),
    ("Pensionärsföreningar", "Gemenskap", "SPF Seniorerna", 3), ("Byalag", "Samhällsfrågor", "byalag", 5),
    ("Samhällsföreningar", "Bygdegård", "bygdegårdsförening", 4), ("Samhällsföreningar", "Vägar", "vägsamfällighet", 3),
    ("Handikappföreningar", "Stöd", "FUB", 2), ("Handikappföreningar", "Stöd", "reumatikerförening", 2),
    ("Sociala föreningar", "Stöd", "Röda Korset", 3), ("Friluftsföreningar", "Scouting", "scoutkår", 4),
    ("Friluftsföreningar", "Båtliv", "båtklubb", 4), ("Friluftsföreningar", "Fiske", "fiskevårdsområde", 3),
    ("Friluftsföreningar", "Jakt", "jaktvårdskrets", 2), ("Invandrarföreningar", "Kultur", "finska förening", 2),
    ("Politiska föreningar", "Politik", "arbetarekommun", 3), ("Religiösa föreningar", "Gudstjänster", "församling", 3),
    ("Studieförbund", "Studiecirklar", "ABF", 1), ("Övriga föreningar", "Hundsport", "brukshundklubb", 3),
    ("Övriga föreningar", "Schack", "schacksällskap", 1), ("Övriga föreningar", "Nykterhet", "IOGT-NTO", 2),
    ("Motorföreningar", "Motorsport", "motorklubb", 3), ("Miljöföreningar", "Naturvård", "naturskyddsförening", 2),
)  # fmt: skip
#: What people search for: a field, a word of a name, a place, and two together. Each is a whole word of some rows,
#: so that a peer that neither stems nor divides words finds them too.
QUERIES = (
    "fotboll", "ishockey", "ridning", "orientering", "skidor", "gymnastik", "simning", "tennis", "musik", "körsång",
    "teater", "hembygdsvård", "konst", "gemenskap", "samhällsfrågor", "bygdegård", "scouting", "båtliv", "fiske",
    "jakt", "politik", "studiecirklar", "hundsport", "schack", "nykterhet", "motorsport", "naturvård",
    "ryttarförening", "byalag", "hembygdsförening", "scoutkår", "tennisklubb", "bygdegårdsförening", "seniorerna",
    "röda korset", "norbys", "björkviks", "lindbergs", "norbys byalag", "ekbys fotboll", "sandholms teatersällskap",
    "stockholm scouting", "uppsala musik", "malmö tennis", "uppsala", "göteborgs", "linköpings", "umeå",
    "kommun teater",
)  # fmt: skip


def write_register(path: Path, count: int, municipalities: list[str]) -> None:
    """Write `count` rows as JSON Lines, the same every time."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows(count, municipalities):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def rows(count: int, municipalities: list[str]) -> Iterator[dict[str, object]]:
    """Return invented rows in the dialect of a municipal register."""
    chance = random.Random(20260531)
    villages = [f"{a}{b}" for a in _PLACES for b in _ENDINGS]
    weights = [kind[3] for kind in _KINDS]
    sizes = [chance.paretovariate(1.1) for _ in municipalities]
    for number in range(count):
        (municipality,) = chance.choices(municipalities, sizes)
        kind, activity, word, _share = chance.choices(_KINDS, weights)[0]
        village = chance.choice(villages)
        first = word[0].isupper() and len(word) > 3
        name = f"{word} {village}" if first else f"{village}s {word}"
        row: dict[str, object] = {
            "register": f"{municipality}/Bench", "municipality": municipality, "source_system": "Bench", "row": number,
            "name": f"{name} {number % 97 + 1}" if chance.random() < 0.4 else name,
            "types": [kind], "activities": [activity],
            "postal_code": f"{chance.randint(100, 984)} {chance.randint(10, 99)}", "city": village,
            "has_email": True, "n_contacts": 1,
        }  # fmt: skip
        if chance.random() < 0.6:
            row["homepage_url"] = f"www.{village.lower()}{number}.example"
        if chance.random() < 0.6:
            row["founded_year"] = str(chance.randint(1880, 2025))
        if chance.random() < 0.5:
            row["national_affiliation"] = f"Riksförbundet för {activity.lower()}"
        yield row
