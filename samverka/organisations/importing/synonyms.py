"""What registers call their columns, in Swedish and English: how an unknown dialect is read by its field names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from samverka.kernel.text import slug

#: our word -> theirs, the most telling first; compared without spaces, signs, dots and rings
COLUMNS: dict[str, list[str]] = {
    "name": [
        "name",
        "namn",
        "foreningsnamn",
        "foreningensnamn",
        "forening",
        "organisationsnamn",
        "organisationensnamn",
        "organisation",
        "organizationname",
        "organisationname",
        "organization",
        "associationname",
        "association",
        "clubname",
        "klubb",
        "benamning",
        "titel",
        "title",
    ],
    "number": [
        "orgnumber",
        "organisationsnummer",
        "orgnummer",
        "orgnr",
        "organisationsnr",
        "organizationnumber",
        "organisationnumber",
        "orgno",
        "orgid",
        "organisationid",
        "organisationsid",
    ],
    "number_status": ["orgnumberstatus"],
    "external_id": [
        "externalid",
        "externtid",
        "foreningsid",
        "associationid",
        "registerid",
        "uuid",
        "guid",
        "uid",
        "id",
    ],
    "municipality": [
        "municipalitycode",
        "kommunkod",
        "municipality",
        "kommun",
        "kommunnamn",
        "municipalityname",
        "hemkommun",
        "sateskommun",
    ],
    "register": ["register", "registernamn", "registername"],
    "system": ["sourcesystem", "kallsystem", "system"],
    "types": [
        "types",
        "type",
        "typ",
        "typer",
        "foreningstyp",
        "foreningstyper",
        "organisationstyp",
        "associationtype",
        "verksamhetstyp",
        "slag",
        "kategori",
    ],
    "activities": [
        "activities",
        "activity",
        "aktiviteter",
        "aktivitet",
        "verksamheter",
        "verksamhet",
        "verksamhetsomrade",
        "inriktning",
        "inriktningar",
        "idrotter",
    ],
    "web_address": [
        "homepageurl",
        "homepage",
        "hemsida",
        "webbplats",
        "webbadress",
        "hemsideadress",
        "website",
        "webb",
        "webpage",
        "web",
        "www",
        "url",
    ],
    "email": ["email", "epost", "epostadress", "emailaddress", "mejl", "mejladress", "mailadress", "mail"],
    "phone": ["phone", "telefon", "telefonnummer", "phonenumber", "tel", "tfn"],
    "postal_code": ["postalcode", "postnummer", "postnr", "zipcode", "zip"],
    "postal_town": ["city", "ort", "postort", "postadressort", "postaltown", "town", "postaladdress"],
    "founded_year": [
        "foundedyear",
        "founded",
        "bildad",
        "bildadar",
        "bildandear",
        "bildningsar",
        "grundad",
        "grundat",
        "startar",
        "yearfounded",
    ],
    "umbrella": [
        "nationalaffiliation",
        "riksorganisation",
        "riksforbund",
        "riksanslutning",
        "specialforbund",
        "huvudorganisation",
        "paraplyorganisation",
        "forbund",
    ],
}
OURS = {theirs: (ours, rank) for ours, names in COLUMNS.items() for rank, theirs in enumerate(names)}
#: boxes that hold an organisation's own fields; never those of contacts, whose name is a person's
BOXES = frozenset(
    [
        "organisation",
        "organization",
        "association",
        "forening",
        "address",
        "adress",
        "postadress",
        "data",
        "properties",
        "attributes",
        "fields",
    ]
)


def plain(key: str) -> str:
    """Return a column's name as it is compared: "Org.nummer " and "orgNummer" are orgnummer."""
    return slug(re.sub(r"[^\w]+", "", key.replace("_", "")))


@lru_cache(maxsize=512)
def columns_of(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (our word, their key) for those of `keys` that are known; of several for one word, the most telling."""
    best: dict[str, tuple[int, str]] = {}
    for key in keys:
        ours, rank = OURS.get(plain(key), ("", 0))
        if ours and (ours not in best or rank < best[ours][0]):
            best[ours] = (rank, key)
    return tuple((ours, key) for ours, (_rank, key) in best.items())


def names_a_name(keys: Iterable[str]) -> bool:
    """Return whether one of the columns holds the organisation's name."""
    return any(ours == "name" for ours, _key in columns_of(tuple(keys)))
