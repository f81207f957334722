"""The mails about examples and portraits: to parties, those quoted, contacts, and about questions.

They hold drafts, links or what somebody asks, so they are written when they leave and are kept nowhere.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.addresses import site_address
from samverka.kernel.mail.emails import Email, register

from .enums import Approval, Consent, QuestionState
from .links import holds_key, question_key, quote_key
from .models import Page, PageParty, PageQuestion, Quote, told_of
from .writing import state_of

LONGEST_TITLE = 120
_SITE = "https://samverka.example"
_PAGE = f"{_SITE}/sidor/bcdf234567/"


def _about() -> str:
    """What the samples are about."""
    return gettext("Läxhjälp på tre språk")


@register
@dataclass(frozen=True)
class ApprovalAsked(Email):
    """To a party: read a text about what you did together. `reminder` is 0 the first time."""

    party: str
    about: str
    reminder: int
    code: ClassVar[str] = "example_approval"
    title: ClassVar[Any] = _("Ett exempel att godkänna")
    when: ClassVar[Any] = _("Någon har skrivit ett exempel där ni är part; påminnelse efter 7 och 21 dagar")
    late: ClassVar[bool] = True

    @classmethod
    def sample(cls) -> Self:
        """An example about homework."""
        return cls("bcdf234567", _about(), 0)

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return what the association reads."""
        return {
            "title": _about(), "summary": gettext("Barn får hjälp på biblioteket."),
            "organisation": "Exempelby byalag", "owner": "Exempelby kommun", "link": f"{_SITE}/arbete/exempel/",
        }  # fmt: skip

    def subject(self) -> str:
        """Return what is asked and of which text."""
        said = gettext("Påminnelse: läs och godkänn ”{title}”") if self.reminder else gettext(
            "Läs och godkänn: ”{title}”"
        )  # fmt: skip
        return said.format(title=self.about[:LONGEST_TITLE])

    def build(self) -> dict[str, Any] | None:
        """Return the text as it is now; None when the party has answered it or is no party any more."""
        rows = PageParty.objects.select_related("page__example", "page__portrait", "page__owner", "organisation")
        party: PageParty | None = rows.filter(public_id=self.party).first()
        if party is None or party.organisation is None or state_of(party, party.page) != Approval.WAITING:
            return None
        page = party.page
        link = site_address("our_example", party.organisation.public_id, page.public_id)
        return {
            "title": page.title, "summary": page.summary, "organisation": party.organisation.name,
            "owner": page.owner.name if page.owner else "", "link": link,
        }  # fmt: skip


@register
@dataclass(frozen=True)
class QuoteConsentAsked(Email):
    """To somebody who is quoted: may your words stand, with your name?"""

    quote: str
    link_number: int
    about: str
    code: ClassVar[str] = "quote_consent"
    title: ClassVar[Any] = _("Får vi citera dig?")
    when: ClassVar[Any] = _("Den som skriver ett exempel eller ett porträtt frågar den som citeras")
    late: ClassVar[bool] = True

    @classmethod
    def sample(cls) -> Self:
        """A teacher's words."""
        return cls("bcdf234567", 1, _about())

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return the words."""
        return {
            "name": "Mona Läxdahl", "role": gettext("volontär"), "text": gettext("Barnen lärde mig lika mycket."),
            "title": _about(), "asking": "Exempelby kommun",
            "link": f"{_SITE}/exempel/citat/exempel/",
        }  # fmt: skip

    def subject(self) -> str:
        """Return the question and of which text."""
        return gettext("Får vi citera dig i ”{title}”?").format(title=self.about[:LONGEST_TITLE])

    def build(self) -> dict[str, Any] | None:
        """Return the words as they are now; None when they have changed or been answered."""
        rows = Quote.objects.select_related("page__owner")
        quote: Quote | None = rows.filter(
            public_id=self.quote, link_number=self.link_number, state=Consent.ASKED
        ).first()
        if quote is None:
            return None
        return {
            "name": quote.name, "role": quote.role, "text": quote.text, "title": quote.page.title,
            "asking": str(quote.page.owner or quote.added_by or ""),
            "link": site_address("quote_consent", quote_key(quote)),
        }  # fmt: skip


@register
@dataclass(frozen=True)
class StillHolds(Email):
    """To the contact of a page that nobody has confirmed for two years."""

    page: str
    asked_on: str
    about: str
    code: ClassVar[str] = "page_still_holds"
    title: ClassVar[Any] = _("Stämmer det fortfarande?")
    when: ClassVar[Any] = _("Ingen har bekräftat ett exempel eller ett porträtt på två år")
    late: ClassVar[bool] = True

    @classmethod
    def sample(cls) -> Self:
        """An example of two years ago."""
        return cls("bcdf234567", "2027-03-12", _about())

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return what the contact reads."""
        return {
            "title": _about(), "summary": gettext("Barn får hjälp på biblioteket."),
            "page_url": _PAGE, "link": f"{_SITE}/exempel/stammer/exempel/",
        }  # fmt: skip

    def subject(self) -> str:
        """Return the question."""
        return gettext("Stämmer ”{title}” fortfarande?").format(title=self.about[:LONGEST_TITLE])

    def build(self) -> dict[str, Any] | None:
        """Return the page as it reads; None when it has been confirmed or withdrawn meanwhile."""
        rows = Page.objects.published().select_related("example", "portrait")
        page: Page | None = rows.filter(public_id=self.page).first()
        if page is None or str(told_of(page).asked_on) != self.asked_on:
            return None
        return {
            "title": page.title, "summary": page.summary, "page_url": site_address("page_by_id", page.public_id),
            "link": site_address("page_holds", holds_key(page)),
        }  # fmt: skip


@dataclass(frozen=True)
class _OfQuestion(Email):
    """What the mails about a question share: which, about what, and what stands in them."""

    question: str
    about: str
    late: ClassVar[bool] = True
    state: ClassVar[QuestionState]

    @classmethod
    def sample(cls) -> Self:
        """A question from a neighbour."""
        return cls("bcdf234567", _about())

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return the question."""
        return {
            "title": _about(), "organisation": "Exempelby kommun", "page_url": _PAGE,
            "text": gettext("Hur fick ni tag i volontärer som kan tigrinja?"),
        }  # fmt: skip

    def build(self) -> dict[str, Any] | None:
        """Return the question as it is now; None when it has come further."""
        rows = PageQuestion.objects.select_related("page", "organisation")
        asked: PageQuestion | None = rows.filter(public_id=self.question, state=self.state).first()
        if asked is None:
            return None
        return {
            "title": asked.page.title, "organisation": asked.organisation.name, "text": asked.text,
            "page_url": site_address("page_by_id", asked.page.public_id), **self.told(asked),
        }  # fmt: skip

    def told(self, asked: PageQuestion) -> dict[str, Any]:
        """Return what only this mail says."""
        raise TypeError(f"{type(self).__name__} says nothing of its own")


@register
@dataclass(frozen=True)
class QuestionAsked(_OfQuestion):
    """To an office: somebody asks about what you have told."""

    code: ClassVar[str] = "page_question"
    title: ClassVar[Any] = _("En fråga om ert exempel eller porträtt")
    when: ClassVar[Any] = _("En läsare frågar om ett exempel eller ett porträtt")
    state: ClassVar[QuestionState] = QuestionState.WAITING

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return the question, who asks and where one answers."""
        own = {"who": "Olle, Grannby kommun", "may_show": True, "link": f"{_SITE}/fraga/svara/exempel/"}
        return super().sample_context() | own

    def subject(self) -> str:
        """Return that it is a question, and about what."""
        return gettext("Fråga om ”{title}”").format(title=self.about[:LONGEST_TITLE])

    def told(self, asked: PageQuestion) -> dict[str, Any]:
        """Return who asks and where one answers."""
        who = ", ".join(part for part in (asked.asker_name, asked.asker_from) if part)
        return {"who": who, "may_show": asked.may_show, "link": site_address("question_answer", question_key(asked))}


@register
@dataclass(frozen=True)
class QuestionAnswered(_OfQuestion):
    """To the one who asked."""

    code: ClassVar[str] = "page_question_answered"
    title: ClassVar[Any] = _("Svar på en fråga om ett exempel eller porträtt")
    when: ClassVar[Any] = _("Den som fått en fråga om sitt exempel eller porträtt har svarat")
    state: ClassVar[QuestionState] = QuestionState.ANSWERED

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return question and answer."""
        own = {"answer": gettext("Vi frågade i den eritreanska föreningen."), "shown": True}
        return super().sample_context() | own

    def subject(self) -> str:
        """Return about what it is."""
        return gettext("Svar på din fråga om ”{title}”").format(title=self.about[:LONGEST_TITLE])

    def told(self, asked: PageQuestion) -> dict[str, Any]:
        """Return the answer, and whether it shows on the page."""
        return {"answer": asked.answer, "shown": asked.shown_at is not None}
