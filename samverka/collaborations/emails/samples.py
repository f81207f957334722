"""Invented letters for the preview page and the tests."""

from ..enums import NoticeKind
from ..letters import Correspondent, Item, Letter
from ..matters import Matter, Said

TITLE = "Läxhjälp på tre språk"
BODY = "Utbildningsnämnden, Exempelby kommun"
ASSOCIATION = "Exempelby byalag"
_SITE = "https://samverka.example/arbete/"
_STEP = "Steg 3.2: Skriv ett gemensamt mål"
_QUESTION = "Vad kan en utomstående se om ett år som inte går att se i dag?"
_OURS = Said(ASSOCIATION, "civil", "Att föräldrarna vågar komma in.", "Yusuf Testberg, 12 mars 2027 kl. 19.04")
_THEIRS = Said(
    BODY,
    "public",
    "Att fler elever i årskurs 6 når målen i svenska, och att biblioteket är fullt på tisdagar.",
    "Karin Provsson, 12 mars 2027 kl. 14.02",
)
_JOINT = Said(
    "Det ni skriver tillsammans",
    "shared",
    "Om ett år är minst 30 barn och 10 föräldrar i läxhjälpen varje tisdag.",
    "Karin Provsson, 19 mars 2027 kl. 10.15",
)
_PROMISE = (
    ("Vad", "Koka kaffe och ställa fram stolar på tisdagar"),
    ("Vem lovar", ASSOCIATION),
    ("Håller i det", "Yusuf Testberg"),
    ("Klart senast", "1 september 2027"),
    ("Läge", "Lovat"),
)

MATTERS: dict[NoticeKind, Matter] = {
    NoticeKind.ENTRY_SHARED: Matter(
        f"{BODY} har delat en text med alla parter.", _STEP, _QUESTION, said=(_THEIRS,), beside=(_OURS,)
    ),
    NoticeKind.ENTRY_CORRECTED: Matter(
        f"{BODY} har ändrat en text som alla parter läser. Den tidigare texten finns kvar.",
        _STEP,
        _QUESTION,
        said=(_THEIRS,),
    ),
    NoticeKind.JOINT_CHANGED: Matter(
        "Karin Provsson har ändrat det ni skriver tillsammans.", _STEP, _QUESTION, said=(_JOINT,)
    ),
    NoticeKind.FILE_ATTACHED: Matter(
        "Karin Provsson har bifogat en fil till en text som alla parter läser: schema.pdf",
        _STEP,
        _QUESTION,
        said=(_THEIRS,),
    ),
    NoticeKind.COMMENTS_ASKED: Matter(
        f"{BODY} har ett utkast ute för synpunkter.",
        said=(_THEIRS,),
        asks=f"Skriv era synpunkter senast 30 mars 2027. Era svar blir en allmän handling hos {BODY}.",
    ),
    NoticeKind.OUTCOME_CHANGED: Matter(
        "Karin Provsson har skrivit vad ni tillsammans har kommit fram till.",
        _STEP,
        said=(
            Said(
                "Det ni skriver tillsammans",
                "shared",
                "Målet:\nTrettio barn varje tisdag\n\nTecken:\nNärvaro varje tisdag",
                "Karin Provsson, 19 mars 2027 kl. 10.15",
            ),
        ),
    ),
    NoticeKind.PHASE_ANSWERED: Matter(
        f"{BODY} säger att fas 3, Enas om målet, är klar.",
        asks="Säg ni också vad ni tycker: klar, eller inte än. Inget blir klart av att ni är tysta.",
    ),
    NoticeKind.COMMITMENT_MADE: Matter(
        "Ett åtagande är uppskrivet för er.",
        facts=_PROMISE,
        asks="Stämmer det? Säg till om något är fel, eller om ni måste fråga någon hemma först.",
    ),
    NoticeKind.COMMITMENT_MOVED: Matter("Ett åtagande har fått ett annat datum: 1 september 2027.", facts=_PROMISE),
    NoticeKind.COMMITMENT_SETTLED: Matter(
        "Ett åtagande är avgjort: Hållet.", facts=(*_PROMISE[:-1], ("Läge", "Hållet"))
    ),
    NoticeKind.COMMITMENT_DUE: Matter(
        "Ni har lovat något som ska vara klart 1 september 2027.",
        facts=_PROMISE,
        asks="Säg till de andra i tid om det inte går.",
    ),
    NoticeKind.DECISION_RECORDED: Matter(
        f"{BODY} har skrivit upp ett beslut.",
        facts=(
            ("Beslut", "Nämnden går med i läxhjälpen i två år"),
            ("Vem har beslutat", "Utbildningsnämnden"),
            ("Beslutsdag", "3 april 2027"),
            ("Diarienummer eller paragraf", "§ 42"),
        ),
    ),
    NoticeKind.PARTY_JOINED: Matter(
        "Nätverket Grannhjälpen i Provstad har tackat ja och är med. "
        "Från och med nu läser de allt som alla parter läser."
    ),
    NoticeKind.PARTY_DECLINED: Matter("Nätverket Grannhjälpen i Provstad har tackat nej till att vara med."),
    NoticeKind.GUEST_READS: Matter(
        f"{BODY} har bjudit in en gäst. Gästen läser det som alla parter delar, men inte det som bara ni läser.",
        facts=(("Gäst", "Bengt Beslutsson"), ("Varför", "Revisor"), ("Läser till och med", "30 juni 2027")),
    ),
    NoticeKind.MEETING_HELD: Matter(
        "Ett möte hölls 12 mars 2027. Karin Provsson skrev för alla.",
        said=(_THEIRS, _OURS, _JOINT),
        asks="Läs det som skrevs för er. Bekräfta det, eller rätta det som inte stämmer.",
    ),
}
CORRESPONDENTS = (Correspondent("Karin Provsson", "karin.provsson@exempelby.example", "0123-456 78", BODY, True),)


def letter_with(*matters: Matter) -> Letter:
    """Return a letter about `matters`."""
    return Letter(
        party=ASSOCIATION,
        hidden=False,
        items=tuple(Item(matter, _SITE) for matter in matters),
        correspondents=CORRESPONDENTS,
        collaboration_url=_SITE,
        choice_url=_SITE,
    )
