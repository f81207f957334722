"""Forms of issues: what stands at the head, each kind of block, the plain text, the number, and who sends."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.knowledge.models import Page
from samverka.newsletters.actions.issues import FACTS
from samverka.newsletters.actions.senders import FIELDS as SENDER_FIELDS
from samverka.newsletters.blocks import CONTACT, FIELDS, MOST_PASSED_ON, NEEDED
from samverka.newsletters.enums import BlockKind, Matter
from samverka.newsletters.models import Block, Issue, IssueText, Sender
from samverka.organisations.enums import PUBLIC_KINDS
from samverka.organisations.models import Organisation
from samverka.web.components.day_field import day_field
from samverka.web.workspace.forms_left_behind import wide

from .forms_deadlines import deadline_makers, half_filled

_MARKDOWN = _("Tom rad mellan stycken. - före en punkt i en lista, **ord** för fetstil, [ord](adress) för en länk.")
MOST_PAGES = 300


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the receiver is to do, by when, and who answers."""

    answer_by = day_field(_("Sista dag att svara"), _("Står i ämnesraden. Lämna tomt om ni inte väntar svar."))
    reply_read_until = day_field(
        _("Svar läses av en person till och med"), _("Efter den dagen står det på webbversionen att svar inte läses.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Issue
        fields = ("matter", "answer_by", "legal_basis", "from_name", "from_address", "reply_to", "reply_read_until",
                  "attachments")  # fmt: skip
        labels = {
            "matter": _("Vad ska mottagaren göra?"), "legal_basis": _("Bestämmelse som kräver svar"),
            "from_name": _("Avsändarens namn"), "from_address": _("Adress som utskicket kommer från"),
            "reply_to": _("Adress som svar går till"), "attachments": _("Bilagor"),
        }  # fmt: skip
        widgets = {"matter": forms.RadioSelect}
        help_texts = {
            "matter": _("Står först i ämnesraden, så att registratorn vet vad det är utan att öppna."),
            "legal_basis": _("Bara när svar krävs, till exempel: förordning (1982:668) 3 §."),
            "attachments": _("Så som det ska stå för mottagarens diarium. Tomt betyder inga."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = [] if self.instance.format == "official" else [("", _("Inget särskilt"))]
        self.fields["matter"].choices = [*Matter.choices, *empty]  # type: ignore[attr-defined]
        self.fields["matter"].required = self.instance.format == "official"

    def clean(self) -> dict[str, Any]:
        """An answer that is required says by which provision, and until when."""
        told = super().clean() or self.cleaned_data
        if told.get("matter") == Matter.ANSWER_REQUIRED:
            for name, said in (
                ("legal_basis", _("Skriv vilken bestämmelse som kräver svar. Finns ingen: välj Svar önskas.")),
                ("answer_by", _("Skriv sista dagen att svara.")),
            ):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, said)
        return dict(told)

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}


class TextForm(forms.ModelForm):  # type: ignore[type-arg]
    """Subject and preview text in one language."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = IssueText
        fields = ("subject", "preview")
        help_texts = {
            "subject": _("Säg vad saken gäller. Hakparentesen först och diarienumret sist skrivs av sig själva."),
            "preview": _("Står efter ämnesraden i inkorgen. En mening som inte upprepar ämnesraden."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].required = True


class PlainForm(forms.Form):
    """The plain text, between head and foot."""

    plain_text = forms.CharField(
        label=_("Ren text"), max_length=60_000, widget=wide(24),
        help_text=_("Huvud och fot läggs till av sig själva. Läs texten högt: förstår man den utan bilder?"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class NumberForm(forms.Form):
    """The number that a matter has in the sender's diary."""

    diary_number = forms.CharField(
        label=_("Diarienummer"), max_length=60, required=False,
        help_text=_("Så som det står i ert diarium, till exempel 0531/20."),
    )  # fmt: skip


class SenderForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who sends, how one is reached, and how own diary numbers look."""

    web_address = forms.URLField(label=_("Webbplats"), max_length=300, required=False, assume_scheme="https")
    privacy_url = forms.URLField(
        label=_("Så behandlar ni personuppgifter"), max_length=300, required=False, assume_scheme="https",
        help_text=_("En sida hos er om hur ni behandlar personuppgifter. Står i foten."),
    )  # fmt: skip

    class Meta:
        model = Sender
        fields = SENDER_FIELDS
        widgets = {"about": wide(3)}
        help_texts = {
            "from_name": _("Så som det ska stå i inkorgen."),
            "from_address": _("En adress i er egen domän. Vi kontrollerar att domänen går i god för mejlen."),
            "reply_to": _("En adress som en människa läser."),
            "about": _("En eller två meningar. Står sist i varje utskick."),
            "diary_pattern": _(
                "Bara om ni tar numren här: {number:04}/{year:2} ger 0001/27. Lämna tomt om de kommer från ert diarium."
            ),
        }


class HostSenderForm(SenderForm):
    """The same for the host, which first says which organisation it is."""

    organisation = forms.CharField(
        label=_("Organisationens namn i registret"), max_length=200,
        help_text=_("En kommun, en region eller en myndighet. Finns den inte i registret lägger du först till den."),
    )  # fmt: skip
    field_order = ("organisation", *SENDER_FIELDS)

    def clean_organisation(self) -> Organisation:
        """Return the public body of that name."""
        name = self.cleaned_data["organisation"].strip()
        rows = Organisation.objects.filter(name__iexact=name, kind__in=PUBLIC_KINDS).exclude(state="withdrawn")
        found: Organisation | None = rows.order_by("pk").first()
        if found is None:
            raise forms.ValidationError(_("Ingen offentlig aktör i registret heter så. Kontrollera stavningen."))
        return found


def _page_choices() -> list[tuple[str, str]]:
    rows = Page.objects.published().order_by("-published_at")[:MOST_PAGES]
    return [("", str(_("Välj en sida"))), *((one.public_id, f"{one.title} ({one.get_kind_display()})") for one in rows)]


_EMAIL = _("Kontaktens e-postadress")


def _text(label: Any, rows: int = 8, *, most: int = 20_000, help_text: Any = _MARKDOWN) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=wide(rows), help_text=help_text, strip=True)


#: How each field of a block is asked for.
FIELD_MAKERS: dict[str, Any] = {
    "heading": lambda: forms.CharField(label=_("Rubrik"), max_length=150),
    "text": lambda: _text(_("Text")),
    "for_whom": lambda: forms.CharField(
        label=_("För vem"), max_length=150,
        help_text=_("Så att den som får mejlet vet om det är för dem: den som möter föreningar, registratorn."),
    ),
    "alt": lambda: forms.CharField(
        label=_("Text för den som inte ser bilden"), max_length=250, help_text=_("Säg vad bilden visar.")
    ),
    "quote": lambda: _text(_("Citat"), 3, most=600, help_text=_("Ord för ord, utan citattecken.")),
    "who": lambda: forms.CharField(label=_("Vem som säger det"), max_length=200),
    "link_label": lambda: forms.CharField(
        label=_("Länkens ord"), max_length=80, help_text=_("Säg vart den leder: Läs rapporten, inte Klicka här.")
    ),
    "link_url": lambda: forms.CharField(
        label=_("Länkens adress"), max_length=1000, widget=forms.TextInput,
        help_text=_("https://… eller en sida här: /exempel/…"),
    ),
    "contact_name": lambda: forms.CharField(label=_("Vem man frågar om det här"), max_length=150),
    "contact_role": lambda: forms.CharField(label=_("Kontaktens roll"), max_length=120),
    "contact_email": lambda: forms.EmailField(label=_EMAIL),
    "contact_phone": lambda: forms.CharField(label=_("Kontaktens telefon och tider"), max_length=80),
    "value": lambda: forms.CharField(label=_("Siffran"), max_length=30, help_text=_("Till exempel 34 av 192.")),
    "base": lambda: forms.CharField(
        label=_("Bas"), max_length=200, help_text=_("Vilka siffran gäller: 192 kommuner som svarade.")
    ),
    "source": lambda: forms.CharField(
        label=_("Källa"), max_length=200, help_text=_("Med år, så att den går att hitta.")
    ),
    "day": lambda: day_field(_("Dag")),
    "begins": lambda: _clock(_("Börjar")),
    "ends": lambda: _clock(_("Slutar")),
    "place": lambda: forms.CharField(
        label=_("Plats"), max_length=200, help_text=_("Eller: digitalt, med länk i inbjudan.")
    ),
    "page": lambda: forms.ChoiceField(label=_("Sida i kunskapsbanken"), choices=_page_choices),
    "picture": lambda: forms.CharField(widget=forms.HiddenInput, max_length=40),
    **deadline_makers(),
}  # fmt: skip
_OF_KIND: dict[str, dict[str, tuple[Any, Any]]] = {
    BlockKind.LEAD: {"text": (_("Ingress"), _("Vad, för vem och varför nu, i två till fyra meningar."))},
    BlockKind.QUOTE: {"text": (_("Citat"), _("Ord för ord, utan citattecken."))},
    BlockKind.FIGURE: {"heading": (_("Vad siffran säger"), _("I en mening: kommuner har ett idéburet partnerskap."))},
    BlockKind.PICTURE: {"text": (_("Bildtext"), _("Vem som har tagit bilden, och var."))},
    BlockKind.ACTION: {"heading": (_("Vad man kan göra"), _("En enda sak: Skicka vidare till kansliet."))},
    BlockKind.EXAMPLE: {"text": (_("Era egna ord om den"), _("Varför just den, i en mening. Får vara tomt."))},
    BlockKind.PASS_ON: {"text": (_("Text att skicka vidare"), _(
        "Högst 400 tecken på enkel svenska, att klistra in i ett brev till föreningar."))},
}  # fmt: skip


def _clock(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.TimeInput(attrs={"type": "time", "class": "is-short"}), max_length=5,
    )  # fmt: skip


class BlockForm(forms.Form):
    """One block, with the fields that its kind has. Nothing but its kind's first needs is asked for before it is saved:
    what is missing is told before sending.
    """

    picture_file = forms.FileField(
        label=_("Bild"), required=False, help_text=_("JPEG eller PNG, högst 5 MB. Helst 1 100 bildpunkter bred.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, block: Block, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.block = block
        for name in FIELDS[block.kind]:
            self.fields[name] = FIELD_MAKERS[name]()
            self.fields[name].required = name in NEEDED[block.kind] and name != "picture"
        for name, (label, help_text) in _OF_KIND.get(block.kind, {}).items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        if "picture" not in self.fields:
            del self.fields["picture_file"]
        if block.kind == BlockKind.PASS_ON:
            self.fields["text"] = forms.CharField(
                label=self.fields["text"].label, help_text=self.fields["text"].help_text, max_length=MOST_PASSED_ON,
                widget=wide(6),
            )  # fmt: skip
        self.order_fields(["version", *self._order()])

    def _order(self) -> list[str]:
        order: list[str] = []
        for name in FIELDS[self.block.kind]:
            order += ["picture_file", "picture"] if name == "picture" else [name]
        return order

    def clean(self) -> dict[str, Any]:
        """Refuse what is no address that a mail can lead to, and a row of a list that is begun and not whole."""
        told = super().clean() or self.cleaned_data
        for name, value in list(told.items()):
            url = str(value).strip() if name == "link_url" or name.startswith("url_") else ""
            if url and not url.startswith(("https://", "http://", "mailto:", "/")):
                self.add_error(name, _("Adressen ska börja med https://, eller med / för en sida här."))
        if self.block.kind == BlockKind.DEADLINES:
            for name, said in half_filled(told):
                if name not in self.errors:
                    self.add_error(name, said)
        return dict(told)

    def _cleaned_clock(self, name: str) -> str:
        said: str = self.cleaned_data[name].strip()
        if said:
            try:
                return datetime.time.fromisoformat(said).strftime("%H:%M")
            except ValueError as error:
                raise forms.ValidationError(_("Skriv tiden som 18:00.")) from error
        return said

    def clean_begins(self) -> str:
        """Return when it begins, as 18:00."""
        return self._cleaned_clock("begins")

    def clean_ends(self) -> str:
        """Return when it ends, as 20:00."""
        return self._cleaned_clock("ends")

    def values(self) -> dict[str, str]:
        """Return what the action takes: texts."""
        told = {name: self.cleaned_data[name] for name in FIELDS[self.block.kind]}
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else value or "" for name, value in told.items()
        }

    @property
    def has_contact(self) -> bool:
        """Whether the block names somebody to ask."""
        return CONTACT[0] in self.fields
