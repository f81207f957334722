"""The demo's examples and portraits: invented matters of invented organisations, told as one tells a colleague."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from samverka.collaborations.demo import Village, register_demo
from samverka.organisations.models import ActivityField, Organisation
from samverka.organisations.queries import office_address

from .actions.publishing import publish_page
from .enums import Approval, Consent, PageKind
from .models import Example, Page, PageParty, Portrait, Quote


@dataclass(frozen=True)
class Told:
    """An example: who owns it, who was with it, where, and what is told. `quote` is (words, name, role, party)."""

    owner: str
    parties: tuple[str, ...]
    forms: tuple[str, ...]
    fields: tuple[str, ...]
    year: int
    title: str
    summary: str
    texts: dict[str, Any]
    quote: tuple[str, str, str, str]


EXAMPLES = (
    Told(
        "Exempelby kommun", ("Exempelby kommun", "Exempelby byalag"), ("agreement", "premises"),
        ("culture", "children_youth"), 2026,
        "Biblioteket som bystuga på torsdagar",
        "Byalaget håller biblioteket öppet en kväll i veckan. Kommunen står för lokal och nycklar, byalaget för folk "
        "och fika. Efter ett år kommer trettio personer varje torsdag.",
        {
            "target_group": "Barn som behöver läxro och äldre som vill ha någonstans att gå",
            "done": "Vi skrev ett avtal på en sida: kommunen lånar ut biblioteket på torsdagar klockan 17 till 20, och "
            "byalaget har alltid två vuxna på plats.\n\n- Byalaget fick en egen nyckel\n- Bibliotekarien visade hur "
            "larmet fungerar\n- Vi delade ut ett kort på tre språk i skolans ryggsäckar",
            "led_to": "Vi räknar besök med streck på en lapp. Första månaden kom fyra, efter ett år kommer omkring "
            "trettio. Skolan säger att fler lämnar in läxan i tid.",
            "cost": "40 000 kronor om året i städning och fika. Ungefär 6 timmar i veckan ideellt. En dags arbete för "
            "kommunens samordnare för att få ihop avtalet.",
            "went_wrong": "De första sex veckorna kom nästan ingen. Vi hade annonserat på kommunens webbplats, och där "
            "letar ingen efter läxhjälp. När vi gick till skolgården och bjöd på bullar lossnade det.",
            "lessons": "Fråga barnen vad kvällen ska heta. Det blev inte Läxhjälp utan Torsdagen.",
            "steps": ["3.2", "4.2", "5.1"], "participation": "partnership", "decision_step": "implementation",
        },
        ("Barnen lärde mig lika mycket som jag lärde dem.", "Mona Läxdahl", "volontär", "Exempelby byalag"),
    ),
    Told(
        "Exempelby kommun", ("Exempelby kommun", "Exempelby låtsas-IF"), ("dialogue",), ("recreation_sport",), 2025,
        "Föreningarna fördelade halltiderna själva",
        "I stället för att kommunen gjorde schemat satte sig föreningarna runt ett bord med alla tider på lappar. "
        "Det tog två kvällar och ingen överklagade.",
        {
            "target_group": "Föreningar som tränar inomhus",
            "done": "Kommunen skrev upp alla tider, vilka regler som gäller och vad som redan var bestämt. "
            "Föreningarna flyttade lappar tills alla kunde leva med resultatet. Nämnden beslutade "
            "som vi kommit överens.",
            "led_to": "Två nya grupper fick tid, en för flickor och en för pensionärer. Antalet tomma tider sjönk från "
            "elva till tre i veckan.",
            "cost": "Två kvällar för sju föreningar, fyra arbetsdagar för fritidskontoret och 800 kronor i smörgåsar.",
            "went_wrong": "Den minsta föreningen hade ingen som kunde komma. De fick de tider som blev över. Nästa år "
            "ringer vi dem först.",
            "lessons": "Säg från början vad som inte går att ändra. Då slipper man lägga kvällen på det.",
            "steps": ["1.3", "3.4"], "participation": "dialogue", "decision_step": "drafting",
        },
        ("För första gången förstod jag varför de andra behövde sin tid.", "Nils Låtsasson", "ordförande",
         "Exempelby låtsas-IF"),
    ),
    Told(
        "Provstads kommun", ("Provstads kommun", "Nätverket Grannhjälpen i Provstad"), ("iop",), ("loneliness",), 2026,
        "Ringkedjan som fångar upp ensamma i stormen",
        "När strömmen går ringer Grannhjälpen till dem som har bett om det. Kommunen betalar telefoner och utbildar, "
        "nätverket ringer.",
        {
            "target_group": "Äldre som bor ensamma på landet",
            "done": "Vi gjorde en lista som var och en själv skriver upp sig på. Tjugo ringare har tio personer var. "
            "Vid larm ringer kommunen en i nätverket, som startar kedjan.",
            "led_to": "Vid höststormen nåddes 184 av 196 inom två timmar. Tre behövde hjälp och fick den.",
            "cost": "120 000 kronor det första året, mest till telefoner som fungerar när masten faller. Ungefär 300 "
            "ideella timmar.",
            "went_wrong": "Första övningen låg på en söndag förmiddag, och hälften svarade inte. Listan stod dessutom "
            "hos en enda person, som var bortrest. Nu finns den på två ställen.",
            "lessons": "Öva mitt i veckan. Och låt den som rings upp bestämma vad ringaren får veta.",
            "steps": ["4.1", "4.4", "6.1"], "participation": "partnership", "decision_step": "implementation",
        },
        ("Jag behövde ingen hjälp, men det var gott att någon ringde.", "Greta Grannlund", "ringare",
         "Nätverket Grannhjälpen i Provstad"),
    ),
    Told(
        "Provstads kommun", ("Provstads kommun",), ("funding",), ("refugees",), 2024,
        "Vi la ner vårt samråd och det var rätt",
        "Integrationsrådet möttes i fyra år utan att något beslut ändrades. Vi slutade och började om på "
        "ett annat sätt.",
        {
            "target_group": "Föreningar bildade av människor som flyttat hit",
            "done": "Vi gick igenom alla protokoll och räknade: fyrtio förslag, inget hade lett till något. Vi sa det "
            "öppet, bad om ursäkt och frågade föreningarna vad de hellre ville ha. Svaret blev en pott på 200 000 "
            "kronor som de själva fördelar.",
            "led_to": "Fem föreningar har gjort saker som syns. Tilliten tar längre tid.",
            "cost": "200 000 kronor om året i stället för 90 000 i arvoden och lokal.",
            "went_wrong": "Vi borde ha slutat två år tidigare. Och vi glömde tala om det för politikerna, som läste "
            "det i tidningen.",
            "lessons": "Ett samråd utan makt är värre än inget samråd.",
            "steps": ["6.4", "7.1"], "participation": "consultation", "decision_step": "reformulation",
        },
        ("Det svåraste var att säga högt att det inte fungerade.", "Olga Provstadius", "samordnare",
         "Provstads kommun"),
    ),
)  # fmt: skip
PORTRAITS: dict[str, dict[str, str]] = {
    "Exempelby kommun": {
        "summary": "9 000 invånare, 84 föreningar och en samordnare som svarar i telefon.",
        "structure": "En föreningssamordnare på heltid sitter på fritidskontoret och får fråga vem hon vill i huset. "
        "När hon är borta svarar receptionen med samma lista.",
        "agreements": "Två överenskommelser sedan 2025, en med byalaget om biblioteket och en med alla "
        "idrottsföreningar om halltiderna.",
        "grants": "Lokalstöd efter antal träffar och ett snabbstöd på högst 5 000 kronor med svar inom en vecka.",
        "forums": "Föreningsfrukost första onsdagen varje månad, klockan 7 eller klockan 18 varannan gång.",
        "proud_of": "Att den som ringer får tag i någon samma dag.",
        "struggles": "Allt hänger på en person. Vi har inte hittat en ersättare som har tid.",
    },
    "Provstads kommun": {
        "summary": "En stad som la ner sitt råd och försöker igen.",
        "structure": "Ansvaret ligger på tre nämnder. En liten grupp träffas var sjätte vecka för att inte "
        "säga olika saker.",
        "agreements": "Ett idéburet partnerskap med Nätverket Grannhjälpen, till 2029.",
        "grants": "En pott som föreningarna själva fördelar, och vanliga föreningsbidrag.",
        "forums": "Inga fasta råd. Öppet hus två gånger om året, med barnpassning.",
        "proud_of": "Att vi vågade räkna hur lite vårt gamla råd hade lett till.",
        "struggles": "Att ge samma besked från tre nämnder, och att hålla kontakten efter ett val.",
    },
}


@register_demo
def tell_examples(village: Village) -> None:
    """Make the demo's examples and portraits, once."""
    if Page.objects.filter(kind=PageKind.EXAMPLE, owner__invented=True).exists():
        return
    for told in EXAMPLES:
        _example(village, told)
    for name, texts in PORTRAITS.items():
        _portrait(village.organisations[name], texts)


def _head(owner: Organisation) -> dict[str, Any]:
    contact = {"contact_role": "Föreningssamordnare", "contact_phone": "0123-456 78"}
    return {"owner": owner, "municipality": owner.municipality, "county": owner.county, **contact,
            "contact_email": office_address(owner)}  # fmt: skip


def _example(village: Village, told: Told) -> None:
    page: Page = Page.objects.create(
        kind=PageKind.EXAMPLE, title=told.title, summary=told.summary, year=told.year, forms=list(told.forms),
        **_head(village.organisations[told.owner]),
    )  # fmt: skip
    page.fields.set(ActivityField.objects.filter(scheme="mapping", code__in=told.fields))
    Example.objects.create(page=page, **told.texts)
    now = timezone.now()
    for name in told.parties:
        PageParty.objects.create(
            page=page, name=name, organisation=village.organisations[name], wrote=name == told.owner,
            state=Approval.APPROVED, version=1, asked_at=now, answered_at=now,
        )  # fmt: skip
    text, speaker, role, party = told.quote
    Quote.objects.create(
        page=page, text=text, name=speaker, role=role, organisation=village.organisations[party], state=Consent.GIVEN,
        how="Påhittat", answered_at=now,
    )  # fmt: skip
    publish_page(by=None, page_id=page.public_id)


def _portrait(body: Organisation, texts: dict[str, str]) -> None:
    rest = {name: text for name, text in texts.items() if name != "summary"}
    page: Page = Page.objects.create(
        kind=PageKind.PORTRAIT, title=f"Så gör {body.name}", summary=texts["summary"], **_head(body)
    )
    Portrait.objects.create(page=page, **rest)
    publish_page(by=None, page_id=page.public_id)
