"""States, circles and forms of a collaboration."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CollaborationState(TextChoices):
    PREPARING = "preparing", _("Förbereds")
    INVITED = "invited", _("Inbjudan skickad")
    ACTIVE = "active", _("Pågår")
    DECLINED = "declined", _("Blev inte av")
    ENDED = "ended", _("Avslutad")


class Form(TextChoices):
    """The form that a collaboration takes. Codes stand in exports and in the series of the mapping."""

    UNDECIDED = "undecided", _("Inte bestämt än")
    DIALOGUE = "dialogue", _("Dialog och samråd")
    COUNCIL = "council", _("Råd, nätverk eller referensgrupp")
    FUNDING = "funding", _("Ekonomiskt stöd")
    PREMISES = "premises", _("Lokaler och annat stöd")
    PROJECT = "project", _("Projekt på viss tid")
    AGREEMENT = "agreement", _("Överenskommelse")
    IOP = "iop", _("Idéburet offentligt partnerskap (IOP)")
    PERFORMER = "performer", _("Föreningen utför verksamhet mot ersättning")
    JOINT_BODY = "joint_body", _("Gemensam styrgrupp eller medlemskap")
    OTHER = "other", _("Annan form")


def form_labels(codes: Iterable[str]) -> list[str]:
    """Return the forms with these codes in words, in the reader's language."""
    return [str(Form(code).label) for code in codes]


class PartyState(TextChoices):
    INVITED = "invited", _("Inbjuden")
    ACTIVE = "active", _("Med")
    DECLINED = "declined", _("Tackade nej")
    WITHDRAWN = "withdrawn", _("Inbjudan återtagen")


class Circle(TextChoices):
    """Who may read an entry (users.md R1): chosen before writing, widened only by an act of its own."""

    AUTHOR = "me", _("Bara jag (utkast)")
    PARTY = "party", _("Bara vi")
    ALL = "all", _("Alla parter")

    @property
    def width(self) -> int:
        """How wide the circle is: 0, 1 or 2."""
        return list(Circle).index(self)


class InvitationState(TextChoices):
    WAITING = "waiting", _("Väntar på svar")
    ACCEPTED = "accepted", _("Tackade ja")
    DECLINED = "declined", _("Tackade nej")
    CALL_ME = "call_me", _("Vill bli uppringd")
    ASKED = "asked", _("Har en fråga först")
    WITHDRAWN = "withdrawn", _("Återtagen")

    @classmethod
    def unsettled(cls) -> "list[InvitationState]":
        """Those in which a yes or a no may still come."""
        return [cls.WAITING, cls.CALL_ME, cls.ASKED]


class Stance(TextChoices):
    """Where the parties stand on a question."""

    AGREED = "agreed", _("Vi är överens")
    DIFFERING = "differing", _("Vi ser olika på det")
    UNCLEAR = "unclear", _("Inte klart")


class NoticeKind(TextChoices):
    """What the other parties are told of by mail (users.md R4)."""

    ENTRY_SHARED = "entry_shared", _("En text är delad")
    ENTRY_CORRECTED = "entry_corrected", _("En delad text är ändrad")
    JOINT_CHANGED = "joint_changed", _("Det gemensamma är ändrat")
    FILE_ATTACHED = "file_attached", _("En fil är bifogad till en delad text")
    COMMENTS_ASKED = "comments_asked", _("Ett utkast är ute för synpunkter")
    OUTCOME_CHANGED = "outcome_changed", _("Det ett steg lämnar efter sig är delat eller ändrat")
    PHASE_ANSWERED = "phase_answered", _("En part har sagt sitt om en fas")
    COMMITMENT_MADE = "commitment_made", _("Ett åtagande är uppskrivet för er")
    COMMITMENT_MOVED = "commitment_moved", _("Ett åtagande har fått ett annat datum")
    COMMITMENT_SETTLED = "commitment_settled", _("Ett åtagande är avgjort")
    COMMITMENT_DUE = "commitment_due", _("Ett åtagande ska vara klart snart")
    DECISION_RECORDED = "decision_recorded", _("Ett beslut är uppskrivet")
    PARTY_JOINED = "party_joined", _("En part har tackat ja")
    PARTY_DECLINED = "party_declined", _("En inbjuden har tackat nej")
    GUEST_READS = "guest_reads", _("En gäst får läsa")
    MEETING_HELD = "meeting_held", _("Ett möte har hållits")


class NoticePace(TextChoices):
    """When a person wants to be told."""

    USUAL = "usual", _("Delade texter genast, annat samlat en gång om dagen")
    AT_ONCE = "at_once", _("Allt genast")
    DAILY = "daily", _("Allt samlat en gång om dagen")
    ASKS = "asks", _("Bara det som ber mig om något")


class StepState(TextChoices):
    """Set by a party, in any order; a step without a row is not begun."""

    UNDER_WAY = "under_way", _("Pågår")
    DONE = "done", _("Klart")
    REOPENED = "reopened", _("Öppnat igen")


#: The state of a step that has no row.
NOT_BEGUN = ""


class PhaseAnswer(TextChoices):
    CONFIRMED = "confirmed", _("Klar")
    NOT_YET = "not_yet", _("Inte klar än")


class CommitmentState(TextChoices):
    """What became of a promise."""

    AWAITING = "awaiting", _("Väntar på beslut hemma")
    PROMISED = "promised", _("Lovat")
    KEPT = "kept", _("Hållet")
    BROKEN = "broken", _("Brutet")
    DROPPED = "dropped", _("Släppt")

    @classmethod
    def open_ones(cls) -> "list[CommitmentState]":
        """Those that are still to be kept."""
        return [cls.AWAITING, cls.PROMISED]


class ParticipationLevel(TextChoices):
    """How much influence those asked have."""

    INFORMATION = "information", _("Information")
    CONSULTATION = "consultation", _("Samråd")
    DIALOGUE = "dialogue", _("Dialog")
    PARTNERSHIP = "partnership", _("Partnerskap")


class Way(TextChoices):
    """What the parties choose when they have tried whether they need each other."""

    COLLABORATION = "collaboration", _("Samverkan")
    GRANT = "grant", _("Bidrag")
    PURCHASE = "purchase", _("Inköp")
    TALK = "talk", _("Samtal")


class Continuation(TextChoices):
    GO_ON = "go_on", _("Fortsätta")
    CHANGE = "change", _("Ändra")
    END = "end", _("Avsluta")


class Rows(TextChoices):
    """Things that a step leaves behind as rows of their own."""

    COMMITMENTS = "commitments", _("Åtaganden")
    MANDATES = "mandates", _("Mandat")
    DECISIONS = "decisions", _("Beslut")
    CONTACTS = "contacts", _("Kontakt och ersättare")
    DIARY_NUMBERS = "diary_numbers", _("Diarienummer")
