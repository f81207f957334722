"""Mails that tell of something in a collaboration. They name a batch of notices, and are written when they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, register

from ..enums import NoticeKind
from ..letters import letter
from ..models import Notice
from . import samples

#: Of a title and a party's name, so that what has happened shows in a list of mails too.
LONGEST_TITLE = 80


@dataclass(frozen=True)
class NoticeEmail(Email):
    """One thing that has happened. `title_of_collaboration` is "" in a sensitive field (users.md R10)."""

    kind: ClassVar[NoticeKind]
    says: ClassVar[Any]
    late: ClassVar[bool] = True
    template: ClassVar[str] = "notice"

    batch: str
    title_of_collaboration: str
    diary_number: str
    who: str

    @classmethod
    def sample(cls) -> "NoticeEmail":
        """Return one with invented content."""
        return cls(batch="exempel", title_of_collaboration=samples.TITLE, diary_number="KS 2027/114", who=samples.BODY)

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return an invented letter."""
        return {"letter": samples.letter_with(samples.MATTERS[cls.kind])}

    def subject(self) -> str:
        """Return what can be filed: [title] what has happened, diary number."""
        what = str(self.says).format(who=self.who) if self.title_of_collaboration else ""
        return subject_line(self.title_of_collaboration, what, self.diary_number)

    def build(self) -> dict[str, Any] | None:
        """Return the letter as it is now."""
        found = letter(self.batch)
        return {"letter": found} if found else None


def subject_line(title: str, what: str, diary_number: str) -> str:
    """Return a subject; without a title it says only that something is new."""
    said = f"[{_short(title)}] {what}" if title else gettext("Något nytt i en samverkan där ni är part")
    return f"{said}, dnr {diary_number}" if diary_number else said


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_TITLE else name[: LONGEST_TITLE - 1].rstrip() + "…"


def _notice(kind: NoticeKind, says: Any, when: Any) -> type[NoticeEmail]:
    """Register the mail of one kind of notice."""
    fields = {"kind": kind, "code": f"notice_{kind}", "title": kind.label, "when": when, "says": says}
    name = "".join(part.title() for part in kind.split("_"))
    made: type[NoticeEmail] = type(name, (NoticeEmail,), fields)
    register(made)
    return made


_OF_KIND: dict[NoticeKind, type[NoticeEmail]] = {
    kind: _notice(kind, says, when)
    for kind, says, when in (
        (NoticeKind.ENTRY_SHARED, _("{who} har delat en text"), _("När en part delar en text med alla parter")),
        (NoticeKind.ENTRY_CORRECTED, _("{who} har ändrat en delad text"), _("När en part ändrar det den delat")),
        (
            NoticeKind.JOINT_CHANGED,
            _("Det ni skriver tillsammans är ändrat"),
            _("När det gemensamma ändras; högst ett mejl i timmen om samma text"),
        ),
        (
            NoticeKind.FILE_ATTACHED,
            _("{who} har bifogat en fil"),
            _("När en fil läggs till en text som alla parter läser"),
        ),
        (NoticeKind.COMMENTS_ASKED, _("{who} vill ha synpunkter"), _("När en part skickar ut ett utkast")),
        (
            NoticeKind.OUTCOME_CHANGED,
            _("{who} har skrivit vad ett steg gav"),
            _("När alla kan läsa det ett steg lämnar efter sig; högst ett mejl i timmen om samma sak"),
        ),
        (NoticeKind.PHASE_ANSWERED, _("{who} har sagt sitt om en fas"), _("När en part säger klar eller inte än")),
        (NoticeKind.COMMITMENT_MADE, _("Ett åtagande för er"), _("När någon skriver upp ett åtagande för en part")),
        (NoticeKind.COMMITMENT_MOVED, _("Nytt datum för ett åtagande"), _("När ett åtagandes datum ändras")),
        (NoticeKind.COMMITMENT_SETTLED, _("Ett åtagande är avgjort"), _("När ett åtagande hålls, bryts eller släpps")),
        (NoticeKind.COMMITMENT_DUE, _("Ert åtagande ska snart vara klart"), _("Sju dagar före dagen")),
        (NoticeKind.DECISION_RECORDED, _("{who} har beslutat"), _("När ett beslut skrivs upp")),
        (NoticeKind.PARTY_JOINED, _("{who} är med"), _("När en part till har tackat ja")),
        (NoticeKind.PARTY_DECLINED, _("{who} har tackat nej"), _("När en inbjuden har tackat nej")),
        (NoticeKind.GUEST_READS, _("En gäst får läsa"), _("När en part bjuder in en gäst")),
        (NoticeKind.MEETING_HELD, _("Texten från ett möte"), _("När ett möte är slut, till dem som inte var med")),
    )
}


@register
@dataclass(frozen=True)
class NoticesGathered(NoticeEmail):
    """Several things that have happened in one collaboration."""

    code = "notices_gathered"
    title = _("Flera nyheter i en samverkan")
    when = _("En gång om dagen, för den som vill ha det samlat")

    count: int

    @classmethod
    def sample(cls) -> "NoticesGathered":
        """Return one with invented content."""
        return cls("exempel", samples.TITLE, "KS 2027/114", samples.BODY, count=3)

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return an invented letter with three matters."""
        kinds = (NoticeKind.PARTY_JOINED, NoticeKind.COMMITMENT_MOVED, NoticeKind.ENTRY_SHARED)
        return {"letter": samples.letter_with(*(samples.MATTERS[kind] for kind in kinds))}

    def subject(self) -> str:
        """Return how many things there are."""
        said = ngettext("{n} nyhet", "{n} nyheter", self.count).format(n=self.count)
        return subject_line(self.title_of_collaboration, said, self.diary_number)


def notice_email(notices: Sequence[Notice], batch: str, *, hidden: bool) -> NoticeEmail:
    """Return the mail of the notices of a batch: of its kind for one, gathered for several."""
    first = notices[0]
    title = "" if hidden else first.collaboration.title
    who = "" if hidden or first.by_party is None else _short(first.by_party.name)
    number = first.party.diary_number
    if len(notices) > 1:
        return NoticesGathered(batch, title, number, who, count=len(notices))
    return _OF_KIND[NoticeKind(first.kind)](batch, title, number, who)
