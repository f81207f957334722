"""The sections of the forms of publications and articles, in the order in which an editor thinks."""

from django.utils.translation import gettext_lazy as _

from samverka.knowledge.enums import PageKind
from samverka.web.components.form_sections import FormSection

from .forms import CONTACTS

_CONTACT = "contact_name contact_role contact_email contact_phone"
_MORE = " ".join(f"contact_{number}_{key}" for number in range(1, CONTACTS + 1)
                 for key in ("name", "role", "email", "phone"))  # fmt: skip

_WHO = FormSection(
    "who", _("Vem som står bakom, och vem man frågar"), f"owner_name {_CONTACT}",
    _("Den som läser ska kunna ringa eller skriva till någon."),
)  # fmt: skip
_FIND = FormSection(
    "find", _("Så att andra hittar sidan: plats, område och form"), "place county page_fields page_forms",
    _("Sidan visas då hos kommunen eller länet, och för den som väljer området eller formen i en lista."), folds=True,
)  # fmt: skip
_LICENCE = FormSection("licence", _("Vad andra får göra med texten"), "licence")

PLANS: dict[str, tuple[FormSection, ...]] = {
    PageKind.PUBLICATION: (
        FormSection("what", _("Vad det är"), "kind title language year"),
        FormSection(
            "text", _("PDF och text"), "html",
            _("Lägg till en PDF, skriv texten så att den går att läsa här, eller båda."),
        ),
        FormSection(
            "points", _("Sammanfattning och det viktigaste"), "summary key_points figures",
            _("Det står först på sidan. Många läser bara det."),
        ),
        _WHO,
        FormSection(
            "more", _("Fler att fråga"), _MORE, _("Om olika personer svarar på olika saker."), folds=True
        ),
        FormSection(
            "numbers", _("Serie, ISBN och diarienummer"), "series isbn diary_number",
            _("Fyll i det som står på omslaget."), folds=True,
        ),
        FormSection(
            "policy", _("Om styrdokumentet"), "adopted_by adopted_on valid_to review_on",
            _("Bara för styrdokument: vem som har antagit det, när, och hur länge det gäller."),
        ),
        _FIND,
        _LICENCE,
    ),
    PageKind.ARTICLE: (
        FormSection("what", _("Vad det är"), "kind title language year"),
        FormSection("text", _("Texten"), "summary html"),
        _WHO,
        _FIND,
        _LICENCE,
    ),
}  # fmt: skip
