"""What a Swedish word is put together of, told by the other words of the same texts.

No word list comes from elsewhere: *föreningsbidrag* is *förening* and *bidrag* because both stand by themselves in some
indexed text, or among the common words below.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..swedish import stem

#: Letters that may stand between the parts: förening-s-bidrag, kyrk-o-råd, gat-u-fest, famn-a-tag, tid-e-varv.
_LINKS = ("", "s", "o", "u", "a", "e")
_SHORTEST, _SHORTEST_PART = 7, 3
#: From this many letters a word may have three parts, and a part parts of its own.
_LONG, _LONG_PART = 12, 8
#: What a first part may have lost: medborgar-dialog, ledare-utbildning.
_ENDING = 2
#: Endings that look like words of their own and are none where they end a word.
_ENDINGS = frozenset(
    "ande anden andes ende enda enden arna arnas erna ernas orna ornas heten heter ning ningen ningar ningars ningens "
    "else elsen elser skap skapen skapet skaper bara bart lösa löst sam samt samma samma are aren arens arnas ares "
    "inna inne innor isk iska iskt ism ismen ist ister isten tion tionen tioner ering ers ens ets het lig liga ligt "
    "ligen ligare ligast aste ast else elser elsers itet iteten full fulla fullt märk "
    "aktig aktiga aktigt mässig mässiga mässigt artad artade dom domen domar iva ive ivt era erad erade erat erar "
    "eras ade ades ats ans ant anta enta".split()
)
#: Beginnings that belong to the word they begin.
_BEGINNINGS = frozenset(
    "för före ver ut upp över under inte inter ett att men den det der des dem sin vid var kan hur hon han när här som "
    "ver vis kon kom lig pro per par gen geno sam ans ann all till ting arb han min mins bes bet anv utv ord".split()
)
#: Words that much here is put together of, so that a new installation's first texts are read well too.
_COMMON = frozenset(
    "anläggning ansökan arbete avgift avtal bad barn bidrag bil bistånd bostad bygd bygdegård båt demokrati digital "
    "dag djur hav idé kör mat sjö spel tåg ung "
    "energi ekonomi familj fest folk forum forskning fritid frivillig funktion fysisk fält fond förbund förening "
    "fördel företag förskola förvaltning gård grupp gymnasium handling hem hembygd hjälp hus hyra hälsa idrott "
    "information insats integration invånare jobb jämställdhet kansli klimat klubb kommun konst konferens kontor "
    "kostnad kultur kurs kvinna kyrka lag landsbygd ledare ledning lokal lov lån lärare läxa lön makt medel medlem "
    "minoritet miljö modell museum musik mål möte nämnd natur nät nätverk omsorg ort pengar person personal plan plats "
    "politik policy pris program projekt protokoll präst publik rapport redovisning region register regel revision "
    "riksdag råd rätt sak samfund samhälle samling samråd samtal samverkan sjukvård skola skog skydd skyldighet "
    "skatt socialtjänst sommar språk stad start stat statistik stiftelse stipendium stöd student studie styrelse "
    "säkerhet teater teknik text tid tjänst trafik trygghet träff undersökning ungdom universitet upphandling "
    "utbildning utveckling utredning val vatten verk verksamhet verkstad vinter våld vård väg välfärd vuxen äldre "
    "ålder år årsmöte öppen".split()
)
_COMMON_STEMS = frozenset(stem(word) for word in _COMMON)

#: Whether a stem is known to stand by itself.
Known = Callable[[str], bool]


def candidates(word: str) -> set[str]:
    """Return the stems that one must know of to take `word` apart, in two or in three."""
    if not _worth(word):
        return set()
    found = set()
    if len(word) >= _LONG:
        for at in range(_SHORTEST, len(word) - _SHORTEST_PART + 1):
            found |= _cuts(word[:at].removesuffix("s"))
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST + 1):
            found |= _cuts(word[at:])
    return found | _cuts(word)


def _cuts(word: str) -> set[str]:
    """Return the stems of every first and last part that `word` could have."""
    found = set()
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        found.add(stem(word[at:]))
        found.update(stem(head) for head in _heads(word[:at]))
    return found


def split(word: str, known: Known, *, guess: bool = True) -> tuple[str, ...]:
    """Return the stems that `word` is put together of, () when it is not. `guess`: anything stands before a word as
    common as *bidrag*; not so in what somebody typed, which may be misspelt.
    """
    if not _worth(word):
        return ()
    return tuple(dict.fromkeys(_split(word, known, (known, _anything) if guess else (known,))))


def parts_of(words: Iterable[str], known: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the parts of those of `words` that are put together of `known` stems."""
    there = frozenset(known)
    return {word: parts for word in words if (parts := split(word, lambda part: part in there))}


def common(part: str) -> bool:
    """Whether `part` is the stem of one of the words that are always known."""
    return part in _COMMON_STEMS


def _worth(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()


def _split(word: str, known: Known, asked: Sequence[Known]) -> tuple[str, ...]:
    """Return a first and a last part; the first one's own parts too, when it is put together itself."""
    for ask in asked:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            tail, head = word[at:], word[:at]
            last = _tail(tail, known) if ask is known else _common_tail(tail)
            if last and (first := _head(head, ask)):
                return (first, *_inside(head, known), *_inside(tail, known), last)
    return ()


def _inside(part: str, known: Known) -> tuple[str, ...]:
    return _split(part.removesuffix("s"), known, (known,)) if len(part) >= _LONG_PART else ()


def _anything(part: str) -> bool:
    """Before a word as common as *bidrag* or *stöd* anything of some length is a first part."""
    return len(part) > _SHORTEST_PART


def _common_tail(text: str) -> str:
    found = stem(text)
    return found if len(found) > _SHORTEST_PART and common(found) and text not in _ENDINGS else ""


def _heads(text: str) -> Iterable[str]:
    """Return the ways to read `text` as a first part: as it is, and without the letter that joins."""
    for link in _LINKS:
        if text.endswith(link):
            head = text[: len(text) - len(link)] if link else text
            if len(head) >= _SHORTEST_PART:
                yield head


def _head(text: str, known: Known) -> str:
    for head in _heads(text):
        if head in _BEGINNINGS:
            continue
        found = stem(head)
        # Much shorter than what stands there: it has lost an ending that no first part has.
        if len(head) - len(found) > _ENDING or len(found) < _SHORTEST_PART:
            continue
        if common(found) or (len(head) > _SHORTEST_PART and known(found)):
            return found
    return ""


def _tail(text: str, known: Known) -> str:
    if text in _ENDINGS:
        return ""
    found = stem(text)
    if common(found):
        return found
    return found if len(text) > _SHORTEST_PART and len(found) >= _SHORTEST_PART and known(found) else ""
