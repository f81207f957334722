"""What is looked at before an issue is sent: what stops it, and what its author should know (users.md E)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.kernel.readability import readability

from .blocks import MATTERS, MOST_ITEMS, MOST_PASSED_ON, NEEDED
from .checks_days import days_said
from .enums import BlockKind, Format, Matter
from .models import Block, DomainCheck, Issue, IssueText, LinkCheck
from .plain_text import made_text, mark_of
from .rendering import languages_of, render_issue
from .subjects import SHOWN, subject_line
from .words import as_text

STOPS, WARNS, TELLS = "stops", "warns", "tells"
#: Gmail shows no more of a mail than this, and puts the rest behind a link.
CLIPPED_AT = 102 * 1024
HEAVY_FROM = 80 * 1024
#: LIX from which a text is hard for most (kernel/readability).
HARD = 50
_LINK = re.compile(r'href="(https?://[^"]+)"')
_SHOUTING = re.compile(r"\b[A-ZÅÄÖ]{5,}\b")
_LURING = (
    "gratis",
    "klicka här",
    "vinn ",
    "erbjudande",
    "missa inte",
    "skynda",
    "free",
    "click here",
    "urgent",
    "100 %",
)


@dataclass(frozen=True)
class Finding:
    """What was found: how grave it is, what it is and how it is mended, in which block or on which page."""

    level: str
    said: str
    block: Block | None = None
    page: str = ""
    language: str = "sv"
    record: tuple[str, str] | None = None


def findings(issue: Issue) -> list[Finding]:
    """Return everything that is to be known before sending, what stops it first."""
    found = [*_of_issue(issue), *_of_domain(issue), *_of_links(issue)]
    for language in languages_of(issue):
        found += _of_language(issue, language)
    order = (STOPS, WARNS, TELLS)
    return sorted(found, key=lambda one: order.index(one.level))


def stops(issue: Issue) -> list[Finding]:
    """Return what stands in the way of sending; nothing when it may be sent."""
    return [one for one in findings(issue) if one.level == STOPS]


# The whole issue


def _of_issue(issue: Issue) -> Iterator[Finding]:
    if not issue.matter and issue.format == Format.OFFICIAL:
        yield Finding(STOPS, _("Välj vad mottagaren ska göra: för kännedom, inbjudan, svar önskas eller svar krävs."),
                      page="facts")  # fmt: skip
    if issue.matter == Matter.ANSWER_REQUIRED and not (issue.legal_basis and issue.answer_by):
        yield Finding(STOPS, _("Svar krävs: skriv vilken bestämmelse som kräver det och sista dagen."), page="facts")
    if issue.answer_by and issue.answer_by <= timezone.localdate():
        yield Finding(STOPS, _("Sista dagen att svara har redan varit. Välj en senare dag."), page="facts")
    if not issue.reply_to:
        yield Finding(STOPS, _("Skriv en adress som svar går till."), page="facts")
    if not issue.reply_read_until or issue.reply_read_until <= timezone.localdate():
        yield Finding(STOPS, _("Skriv till och med vilken dag en person läser svaren."), page="facts")
    if not issue.diary_number and issue.format == Format.OFFICIAL:
        said = _("Det finns inget diarienummer. Skriv ert nummer, eller ta nästa i er egen serie.")
        left_out = _("Utan nummer står det inget om det i texten till diariet.")
        yield Finding(WARNS, f"{said} {left_out}", page="number")


def _of_domain(issue: Issue) -> Iterator[Finding]:
    """What is wrong stops a mail that really leaves; where mails are only caught it is told."""
    level = WARNS if settings.MAIL_SINK else STOPS
    address = issue.from_address or settings.DEFAULT_FROM_EMAIL
    checked = DomainCheck.objects.filter(domain=domain_of(address)).first()
    if checked is None:
        yield Finding(level, _("Avsändarens domän är inte kontrollerad än. Tryck på Kontrollera länkar och domän."))
        return
    for one in checked.found:
        if one["state"] == "right":
            continue
        record = (one["record_name"], one["record"]) if one["record"] else None
        yield Finding(level if one["state"] == "wrong" else WARNS, f"{one['what']}: {one['said']}", record=record)


def domain_of(address: str) -> str:
    """Return the domain that answers for an address."""
    return address.rpartition("@")[2].strip(" >").lower()


def _of_links(issue: Issue) -> Iterator[Finding]:
    known = {one.url: one for one in LinkCheck.objects.filter(issue=issue)}
    asked = links_in(issue)
    for url in asked:
        if url in known and known[url].fault:
            yield Finding(STOPS, _("Länken {url} fungerar inte: {fault}").format(url=url, fault=known[url].fault))
    missing = sum(url not in known for url in asked)
    if missing:
        said = ngettext("{n} länk är inte prövad än.", "{n} länkar är inte prövade än.", missing).format(n=missing)
        yield Finding(WARNS, f"{said} {_('Tryck på Kontrollera länkar och domän.')}")


def links_in(issue: Issue) -> list[str]:
    """Return every address in the issue that a reader can follow, once, without those that are made when it is sent."""
    found: dict[str, None] = {}
    for language in languages_of(issue):
        for part in render_issue(issue, language).web["parts"]:
            found |= dict.fromkeys(_links_of(part))
    return list(found)


def _links_of(part: dict[str, Any]) -> Iterator[str]:
    from html import unescape

    if part["link"]["url"].startswith("http"):
        yield part["link"]["url"]
    yield from (unescape(url) for url in _LINK.findall(part["html"]))
    if part["kind"] == BlockKind.EXAMPLE and part["page"]:
        yield part["page"]["url"]
    yield from (row["url"] for row in part.get("rows", ()) if row["url"].startswith("http"))


# One language


def _of_language(issue: Issue, language: str) -> list[Finding]:
    text = issue.texts.get(language=language)
    blocks = list(issue.blocks.standing().filter(language=language))
    letter = render_issue(issue, language)
    found = [*_of_subject(issue, text), *_of_format(issue, blocks), *_of_blocks(blocks, letter.web["parts"])]
    found += [Finding(STOPS if stops else WARNS, said, block) for stops, said, block in days_said(issue, blocks)]
    found += [*_of_weight(letter.html), *_of_reading(letter.web), *_of_plain(issue, text, letter.web)]
    many = len(languages_of(issue)) > 1
    return [_placed(one, language, many=many) for one in found]


def _placed(found: Finding, language: str, *, many: bool) -> Finding:
    said = f"{_language_name(language)}: {found.said}" if many else found.said
    return Finding(found.level, said, found.block, found.page, language, found.record)


def _language_name(language: str) -> str:
    return _("Svenska") if language == "sv" else _("Engelska")


def _of_subject(issue: Issue, text: IssueText) -> Iterator[Finding]:
    subject = text.subject.strip()
    if not subject:
        yield Finding(STOPS, _("Skriv en ämnesrad."), page="text")
        return
    with translation.override(text.language):
        whole = subject_line(issue, subject)
    if len(whole) > SHOWN:
        said = _("Ämnesraden är {n} tecken med det som står runt om. Många mejlprogram visar ungefär {most}.")
        yield Finding(WARNS, said.format(n=len(whole), most=SHOWN), page="text")
    if reason := spam_like(subject):
        yield Finding(WARNS, reason, page="text")
    if not text.preview.strip():
        yield Finding(WARNS, _("Skriv en förhandstext. Den står efter ämnesraden i inkorgen."), page="text")


def spam_like(subject: str) -> str:
    """Return what makes a subject look like advertising, and what to do; "" for a plain one."""
    if "!" in subject:
        return _("Ta bort utropstecknet i ämnesraden. Det liknar reklam och kan hamna i skräpposten.")
    if subject.upper() == subject and subject.lower() != subject:
        return _("Skriv inte hela ämnesraden med stora bokstäver.")
    if found := _SHOUTING.findall(subject):
        said = _("Ordet {word} står med stora bokstäver. Är det ett namn går det bra, annars liknar det reklam.")
        return said.format(word=found[0])
    luring = next((word for word in _LURING if word in subject.lower()), "")
    if luring:
        return _("”{word}” i ämnesraden liknar reklam. Säg i stället vad mejlet handlar om.").format(
            word=luring.strip()
        )
    return _("Börja inte ämnesraden med Re: eller Sv: när det inte är ett svar.") if re.match(
        r"(re|sv|fw|vb):", subject, re.IGNORECASE) else ""  # fmt: skip


def _of_format(issue: Issue, blocks: Sequence[Block]) -> Iterator[Finding]:
    matters = [block for block in blocks if block.kind in MATTERS]
    if not blocks:
        yield Finding(STOPS, _("Utskicket är tomt. Lägg till en ingress och det ni vill berätta."), page="blocks")
    elif issue.format == Format.OFFICIAL and len(matters) != 1:
        said = _(
            "Ett brev till myndigheter handlar om en enda sak: en nyhet, ett möte eller ett exempel. Nu är det {n}."
        )
        yield Finding(STOPS, said.format(n=len(matters)), page="blocks")
    elif issue.format == Format.MAGAZINE and not 1 <= len(matters) <= MOST_ITEMS:
        said = _("Ett nyhetsbrev har en till fem nyheter. Nu är det {n}.")
        yield Finding(STOPS, said.format(n=len(matters)), page="blocks")


def _of_blocks(blocks: Sequence[Block], parts: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    resolved = {part["id"]: part for part in parts}
    for block in blocks:
        if reason := lacking(block):
            yield Finding(STOPS, reason, block)
            continue
        if block.kind == BlockKind.DEADLINES:
            continue
        part = resolved[block.public_id]
        if part["picture"] and not part["picture"]["alt"]:
            yield Finding(STOPS, _("Bilden saknar text för den som inte ser den. Skriv vad bilden visar."), block)
        if block.kind in MATTERS and not part["for_whom"]:
            yield Finding(STOPS, _("Skriv vem det här är för: ”registratorer”, ”den som möter föreningar”."), block)
        if block.kind in MATTERS and not _can_be_asked(part["contact"]):
            yield Finding(STOPS, _("Skriv vem man frågar, med namn och helst telefon."), block)
        if block.kind == BlockKind.EXAMPLE and part["page"] is None:
            yield Finding(STOPS, _("Sidan finns inte längre i kunskapsbanken. Välj en annan."), block)
        if block.kind == BlockKind.PASS_ON and len(block.content.get("text", "")) > MOST_PASSED_ON:
            yield Finding(STOPS, _("Texten att skicka vidare får vara högst 400 tecken."), block)


def _can_be_asked(contact: dict[str, str] | None) -> bool:
    """Whether somebody is named, or a function that one can reach."""
    return bool(contact and (contact["name"] or (contact["role"] and (contact["email"] or contact["phone"]))))


def lacking(block: Block) -> str:
    """Return what a block lacks that it cannot be without, and what to do; "" for a whole one."""
    missing = [name for name in NEEDED[block.kind] if not str(block.content.get(name, "")).strip()]
    if not missing:
        return ""
    if not any(str(value).strip() for value in block.content.values()):
        return _("{kind}: tomt än. Skriv något, eller ta bort delen.").format(kind=block.get_kind_display())
    return _("{kind}: något fattas. Öppna delen och fyll i det som saknas.").format(kind=block.get_kind_display())


def _of_weight(html: str) -> Iterator[Finding]:
    weight = len(html.encode())
    said = _("Mejlet väger {n} kB utan bilder.").format(n=round(weight / 1024))
    if weight > CLIPPED_AT:
        yield Finding(STOPS, said + " " + _("Gmail klipper av vid 102 kB. Korta texten."), page="blocks")
    elif weight > HEAVY_FROM:
        yield Finding(WARNS, said + " " + _("Gmail klipper av vid 102 kB, så lägg inte till mer."))
    else:
        yield Finding(TELLS, said)


def _of_reading(data: dict[str, Any]) -> Iterator[Finding]:
    read = readability([as_text(part["html"]) for part in data["parts"]])
    if read.words < 20:
        return
    said = _("Läsbarhet: LIX {lix}, {n} ord.").format(lix=round(read.lix), n=read.words)
    if read.lix >= HARD:
        yield Finding(WARNS, said + " " + _("Det är svårt för många. Korta meningarna och byt långa ord."))
    else:
        yield Finding(TELLS, said)


def _of_plain(issue: Issue, text: IssueText, data: dict[str, Any]) -> Iterator[Finding]:
    """A plain text that somebody has edited must still say what the issue says."""
    if not text.plain_text:
        return
    with translation.override(text.language):
        made = made_text(data)
    if text.made_from != mark_of(made):
        yield Finding(WARNS, _("Den rena texten är äldre än delarna. Läs igenom den, eller gör om den."), page="plain")
    if len(text.plain_text) < len(made) / 3:
        yield Finding(STOPS, _("Den rena texten säger mycket mindre än mejlet. Gör om den från delarna."), page="plain")
    if re.search(r"<[a-z/][^>]*>", text.plain_text, re.IGNORECASE):
        yield Finding(STOPS, _("Det står HTML i den rena texten. Ta bort koderna, eller gör om den."), page="plain")
