"""Kinds of matter, how far an issue has come, and what became of each mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Matter(TextChoices):
    """What the receiver is to do with it: stands first in the subject (users.md E2)."""

    INFORMATION = "information", _("För kännedom")
    INVITATION = "invitation", _("Inbjudan")
    ANSWER_WISHED = "answer_wished", _("Svar önskas")
    ANSWER_REQUIRED = "answer_required", _("Svar krävs")


class Format(TextChoices):
    """Official: one matter to offices of public bodies. Magazine: several items to subscribers. Plain: a letter to
    associations (users.md R16).
    """

    OFFICIAL = "official", _("Brev till myndigheter, en sak")
    MAGAZINE = "magazine", _("Nyhetsbrev till prenumeranter")
    PLAIN = "plain", _("Enkelt brev till föreningar")


class IssueState(TextChoices):
    DRAFT = "draft", _("Utkast")
    SCHEDULED = "scheduled", _("Skickas senare")
    SENDING = "sending", _("Skickas")
    PAUSED = "paused", _("Pausat")
    SENT = "sent", _("Skickat")
    CANCELLED = "cancelled", _("Stoppat")


#: From the moment sending begins nobody changes what an issue says.
SENT_STATES = frozenset({IssueState.SENDING, IssueState.PAUSED, IssueState.SENT, IssueState.CANCELLED})


class BlockKind(TextChoices):
    LEAD = "lead", _("Ingress")
    ITEM = "item", _("Nyhet")
    HEADING = "heading", _("Mellanrubrik")
    TEXT = "text", _("Text")
    QUOTE = "quote", _("Citat")
    BUTTON = "button", _("Knapp")
    FIGURE = "figure", _("Siffra")
    EVENT = "event", _("Möte eller händelse")
    EXAMPLE = "example", _("Ur exempelbanken")
    PICTURE = "picture", _("Bild")
    ACTION = "action", _("Det här kan du göra på fem minuter")
    PASS_ON = "pass_on", _("Text att skicka vidare")
    DEADLINES = "deadlines", _("Sista dag")


class Audience(TextChoices):
    """Official communication and voluntary subscription are kept apart throughout (models.md 6.4)."""

    OFFICIAL = "official", _("Funktion hos offentlig aktör")
    SUBSCRIBER = "subscriber", _("Prenumerant")
    ASSOCIATION = "association", _("Förening")


class DeliveryState(TextChoices):
    """What became of one recipient's mail. `uncertain`: the server was spoken to when the sender was killed, so it may
    have left; it is not sent again unless somebody says so.
    """

    WAITING = "waiting", _("Väntar")
    SENDING = "sending", _("Lämnas över")
    SENT = "sent", _("Skickat")
    DEFERRED = "deferred", _("Försöks igen")
    FAILED = "failed", _("Gick inte att skicka")
    BOUNCED = "bounced", _("Kom tillbaka")
    COMPLAINED = "complained", _("Anmält som skräppost")
    UNCERTAIN = "uncertain", _("Osäkert om det kom fram")
    CANCELLED = "cancelled", _("Stoppat")
    SUPPRESSED = "suppressed", _("Skickas inte")


class Pace(TextChoices):
    """How often a subscriber wants mail."""

    AT_ONCE = "at_once", _("Varje utskick, när det kommer")
    MONTHLY = "monthly", _("En sammanställning i månaden")


class SubscriberState(TextChoices):
    WAITING = "waiting", _("Har inte bekräftat")
    CONFIRMED = "confirmed", _("Prenumererar")
    ENDED = "ended", _("Avslutad")


class Ending(TextChoices):
    """How a subscription ended."""

    ONE_CLICK = "one_click", _("Med knappen i mejlprogrammet")
    PAGE = "page", _("På sidan för inställningar")
    REPLY = "reply", _("Genom att svara på mejlet")
    BOUNCE = "bounce", _("Adressen tar inte emot")
    COMPLAINT = "complaint", _("Anmält som skräppost")


class Scope(TextChoices):
    """What an address no longer gets. Official communication is stopped apart from what is voluntary."""

    VOLUNTARY = "voluntary", _("Det man själv väljer att få")
    OFFICIAL = "official", _("Brev till myndigheter")


class Reason(TextChoices):
    """Why an address gets no more."""

    HARD = "hard", _("Adressen finns inte")
    SOFT = "soft", _("Har inte gått att nå på länge")
    COMPLAINT = "complaint", _("Anmält som skräppost")
    UNSUBSCRIBED = "unsubscribed", _("Avregistrerad")


class BounceKind(TextChoices):
    """What a mail that comes back says. Hard: the address or its domain does not exist. Soft: every other failure."""

    HARD = "hard", _("Adressen finns inte")
    SOFT = "soft", _("Gick inte att lämna just då")
    COMPLAINT = "complaint", _("Anmält som skräppost")
    AUTOREPLY = "autoreply", _("Automatiskt svar")
    NONE = "none", _("Vanligt svar")


class ReceiptChoice(TextChoices):
    """What a receiver says of the mail. It is an offer, and never asked for again."""

    REGISTERED = "registered", _("Diariefört hos oss")
    NOT_REGISTERED = "not_registered", _("Inte diariefört")
    PASSED_ON = "passed_on", _("Vidarebefordrat")
