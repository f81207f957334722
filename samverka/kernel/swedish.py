"""Words and stems of Swedish text, made in the application so that every PostgreSQL build finds the same."""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[0-9a-zà-öø-ÿ]+")
_local = threading.local()

# Inflections that the Snowball algorithm leaves apart from their base; each pair is stem -> stem.
_MENDED = {
    "civilsamhället": "civilsamhäll", "civilsamhälle": "civilsamhäll", "civilsamhällets": "civilsamhäll",
    "samhället": "samhäll", "samhälle": "samhäll", "samhällets": "samhäll", "samhällen": "samhäll",
    "projektet": "projekt", "projekten": "projekt", "projektets": "projekt",
    "diariet": "diari", "diarium": "diari", "diarier": "diari",
    "idéburna": "idébur", "idéburen": "idébur", "idéburet": "idébur",
    "föreningsliv": "föreningsliv", "föreningslivet": "föreningsliv", "föreningslivets": "föreningsliv",
    "rådet": "råd", "råden": "råd", "biblioteket": "bibliotek", "biblioteken": "bibliotek",
    "kommunen": "kommun", "kommuners": "kommun", "kommunens": "kommun", "regionens": "region",
}  # fmt: skip


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case, without marks and signs."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


#: *demokratin*, *energins*: Snowball leaves the ending of words in -i.
_IN = re.compile(r"(?:krat|pat|graf|sof|nom|dem|kem|log|gog|erg|teg|gor|teor|ustr|met|kron)in(?=s?$)")

#: *skolan*, *kyrkans*, *förbundets*: definite forms that Snowball leaves as they are; not *plan*, *ombudsman*, *organ*.
_AN = re.compile(r"(?<=[a-zåäö]{4})(?<!pl)(?<!m)(?<!org)(?<!gr)(?<!dr)(?<!er)(?<!tr)(?<!b)(?<!d)an(?=s?$)")
_ET = re.compile(r"(?<=[a-zåäö]{4})(?<!h)(?<!te)(?<!ul)et(?=s?$)")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of one lower-case word."""
    if mended := _MENDED.get(word):
        return mended
    if _IN.search(word):
        word = word.removesuffix("s")[:-1]
    elif ending := _AN.search(word) or _ET.search(word):
        word = word[: ending.start()]
    # A Stemmer object is not safe to share between threads.
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("swedish", 0)
    return str(stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of `text`, in order, with repetitions."""
    return [stem(word) for word in words(text)]
