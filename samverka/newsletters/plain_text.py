"""The plain text of a mail: made from the blocks, or as somebody has edited it, with head and foot around it."""

import hashlib
from typing import Any

from django.utils.translation import gettext as _

from .enums import BlockKind, Format
from .merging import mark
from .words import as_text, whole

_RULE = "-" * 40


def made_text(data: dict[str, Any]) -> str:
    """Return what the blocks say as plain text, to be edited: without head and foot."""
    return "\n\n".join(said for part in data["parts"] if (said := _part(part))).strip() + "\n"


def mark_of(made: str) -> str:
    """Return the mark of a made text: it tells whether the blocks have changed since somebody edited it."""
    return hashlib.sha256(made.encode()).hexdigest()


def whole_text(data: dict[str, Any], body: str) -> str:
    """Return the text of the mail: head, `body`, foot."""
    return f"{_head(data)}\n\n{mark('merged_text')}{body.strip()}\n\n{_foot(data)}\n"


def _head(data: dict[str, Any]) -> str:
    lines = [_("INFORMATION FRÅN {name}").format(name=data["sender"]["name"].upper()), data["title"]]
    if data["dnr"]:
        lines.insert(1, _("Dnr: {number}").format(number=data["dnr"]))
    if data["matter_sentence"]:
        lines.append(data["matter_sentence"])
    if data["minutes"]:
        lines.append(_("Tar ungefär {n} minuter att läsa.").format(n=data["minutes"]))
    lines.append(_("På webben: {url}").format(url=mark("web_url")))
    if data["format"] == Format.OFFICIAL:
        lines.append(_("Vem hos er ska få det här? Välj en gång: {url}").format(url=mark("preferences_url")))
    return "\n".join(lines)


def _part(part: dict[str, Any]) -> str:
    """Return one block, its heading underlined."""
    lines = [f"{part['heading']}\n{'=' * min(len(part['heading']), 60)}"] if part["heading"] else []
    kind = part["kind"]
    if kind == BlockKind.ACTION:
        lines = [_("Det här kan du göra på fem minuter: {what}").format(what=part["heading"])]
    if kind == BlockKind.PASS_ON:
        lines = [_("Text att skicka vidare till föreningar:")]
    if kind == BlockKind.FIGURE:
        lines = [f"{part['value']}: {part['heading']}", _base(part)]
    if part["for_whom"]:
        lines.append(_("För: {whom}").format(whom=part["for_whom"]))
    lines += _facts(part)
    said = as_text(part["html"])
    lines.append(_quoted(said, part["who"]) if kind == BlockKind.QUOTE else said)
    if part.get("quote"):
        lines.append(_quoted(part["quote"], part["who"]))
    return "\n".join(line for line in [*lines, *_end(part)] if line)


def _facts(part: dict[str, Any]) -> list[str]:
    if part["kind"] == BlockKind.EVENT:
        return [_("När: {when}").format(when=part["when"]), _("Var: {where}").format(where=part["place"])]
    if part["kind"] == BlockKind.EXAMPLE and part["page"]:
        page = part["page"]
        from_there = _("{kind} från {place}").format(kind=page["kind"], place=page["place"])
        return [from_there if page["place"] else page["kind"], page["summary"]]
    if part["kind"] == BlockKind.DEADLINES:
        return [line for row in part["rows"] for line in _last_day(row)]
    return []


def _last_day(row: dict[str, str]) -> list[str]:
    said = f"{row['what']}, {row['body']}" if row["body"] else row["what"]
    return [f"- {row['day']}: {said}", f"  {row['url']}" if row["url"] else ""]


def _base(part: dict[str, Any]) -> str:
    return _("Bas: {base}. Källa: {source}.").format(base=part["base"].rstrip("."), source=part["source"].rstrip("."))


def _quoted(text: str, who: str) -> str:
    said = text.strip('”"')
    return f"”{said}”\n– {who}" if who else f"”{said}”"


def _end(part: dict[str, Any]) -> list[str]:
    """Return where one reads on and whom one asks."""
    lines = []
    if part["picture"] and part["picture"]["alt"]:
        lines.append(_("Bild: {alt}").format(alt=part["picture"]["alt"]))
    if url := part["link"]["url"]:
        lines.append(f"{part['link']['label']}: {url}" if part["link"]["label"] else url)
    if part["kind"] == BlockKind.EVENT:
        lines.append(_("Lägg i kalendern: {url}").format(url=part["ics"]))
    if part["kind"] == BlockKind.EXAMPLE and part["page"]:
        lines.append(_("Läs mer: {url}").format(url=whole(part["page"]["url"])))
    if part["contact"]:
        said = ", ".join(value for value in part["contact"].values() if value)
        lines.append(_("Frågor: {contact}").format(contact=said))
    return lines


def _foot(data: dict[str, Any]) -> str:
    sections = []
    if data["diary"]:
        sections.append(_("FÖR REGISTRATORN") + "\n" + data["diary"])
    if data["format"] == Format.OFFICIAL:
        sections.append(_("Kvittera om ni vill, utan konto: {url}").format(url=mark("receipt_url")))
    if data["reply_until"]:
        sections.append(
            _("Svar på det här mejlet läses av en person till och med {day}.").format(day=data["reply_until"])
        )
    sections += [_why(data), _sender(data["sender"])]
    return f"{_RULE}\n" + f"\n\n{_RULE}\n".join(sections)


def _why(data: dict[str, Any]) -> str:
    lines = [*_choices(data["format"])]
    if data["sender"]["privacy_url"]:
        lines.append(_("Så behandlar vi personuppgifter: {url}").format(url=data["sender"]["privacy_url"]))
    lines += [data["measuring"], _("Det här utskicket finns på {url}").format(url=mark("web_url"))]
    return "\n".join(lines)


def _choices(format: str) -> list[str]:
    """Return why one has got it and what one may choose: a body chooses who gets its letters, and does not leave."""
    if format == Format.OFFICIAL:
        return [
            _("Varför får ni det här? {why}").format(why=mark("why")),
            _("Välj vem hos er som ska få det här: {url}").format(url=mark("preferences_url")),
        ]
    return [
        _("Varför får du det här? {why}").format(why=mark("why")),
        _("Välj vad du får: {url}").format(url=mark("preferences_url")),
        _("Sluta få utskick: {url}").format(url=mark("unsubscribe_url")),
    ]


def _sender(sender: dict[str, str]) -> str:
    names = ("organisation", "about", "postal_address", "phone", "web_address")
    return "\n".join(sender[name] for name in names if sender[name])
