"""An issue sent to its author, to be looked at in a mail program of their own."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, Rendered, register

from .letters import Letter
from .merging import all_leading_to, merge
from .plain_text import made_text, whole_text
from .rendering import render_html


@register
@dataclass(frozen=True)
class IssueToMyself(Email):
    """The whole issue as one recipient would get it; its links at the foot lead to the web version."""

    code: ClassVar[str] = "issue_to_myself"
    title: ClassVar[Any] = _("Utskick på prov")
    when: ClassVar[Any] = _("När den som skriver ett utskick skickar det till sig själv.")
    keep_days: ClassVar[int] = 7

    letter_subject: str
    letter_html: str
    letter_text: str

    @classmethod
    def sample(cls) -> Self:
        """Return an issue with invented content."""
        data = sample_data()
        letter = Letter(data["subject"], render_html(data), whole_text(data, made_text(data)))
        return cls.of(letter, web=f"{settings.BASE_URL}/utskick/", why=str(_("Det här är ett prov.")))

    @classmethod
    def of(cls, letter: Letter, *, web: str, why: str) -> Self:
        """Return the message of a letter, merged for its author."""
        merged = merge(letter, all_leading_to(web, why=why))
        return cls(merged.subject, merged.html, merged.text)

    def render(self, language: str, built: Any = None) -> Rendered:
        """Return the issue itself, marked as a trial in its subject."""
        return Rendered(f"[Prov] {self.letter_subject}"[:300], self.letter_text, self.letter_html)


def sample_data() -> dict[str, Any]:
    """Return an issue with one of most things in it, all invented, in the language that is active."""
    from django.utils.translation import get_language
    from django.utils.translation import gettext as now

    none: dict[str, Any] = {
        "heading": "", "for_whom": "", "html": "", "contact": None, "link": {"label": "", "url": ""}, "picture": None,
    }  # fmt: skip
    lead = none | {"kind": "lead", "id": "a", "html": f"<p>{now('Vi har samlat det som ni har frågat om.')}</p>"}
    contact = {"name": "Karin Provsson", "role": "", "email": "karin@exempelby.example", "phone": ""}
    item = none | {
        "kind": "item", "id": "b", "heading": now("Så börjar ni samverka"), "for_whom": now("den som möter föreningar"),
        "html": f"<p>{now('Elva frågor räcker till två möten.')}</p>", "contact": contact,
        "link": {"label": now("Läs mer"), "url": f"{settings.BASE_URL}/utskick/"}, "quote": "", "who": "",
    }  # fmt: skip
    return {
        "language": get_language() or "sv", "format": "official", "title": now("Ny vägledning om samverkan"),
        "subject": now("Ny vägledning om samverkan"), "preview": "", "matter": now("För kännedom"),
        "matter_sentence": "", "dnr": "0001/27", "sender": {"name": "Exempelmyndigheten", "address": "",
        "organisation": "Exempelmyndigheten", "postal_address": "", "phone": "", "web_address": "", "privacy_url": "",
        "about": ""}, "date": "", "parts": [lead, item], "minutes": 0, "reply_to": "", "reply_until": "", "web": "",
        "diary": "", "measuring": now("Vi mäter varken vem som öppnar mejlet eller vem som klickar på länkarna."),
    }  # fmt: skip
