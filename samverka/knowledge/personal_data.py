"""What the knowledge bank holds of persons, why and how long."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import PersonalData, declare

from .models import Feedback, PageDraft, PageQuestion, Quote

TASK = _("Uppgift av allmänt intresse")


def purge_feedback() -> int:
    """Remove what visitors have said when its day has come; return how many."""
    return Feedback.objects.filter(purge_on__lte=timezone.localdate()).delete()[0]


declare(PersonalData(
    table="knowledge_page",
    what=_("Den man frågar om en sida: namn, roll, e-postadress och telefon. Vem som skrev den"),
    purpose=_("Att den som läser ska kunna nå någon"), kept=_("Så länge sidan finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_pageedition", what=_("Den man frågade om en sida när den publicerades, och vem som publicerade"),
    purpose=_("Att det ska gå att se vad som stod och vad som är ändrat"), kept=_("Så länge sidan finns"),
    legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_publication",
    what=_("Fler som man kan fråga om en publikation: namn, roll, e-postadress, telefon"),
    purpose=_("Att den som läser ska kunna nå någon"), kept=_("Så länge sidan finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_publicationfile", what=_("Den som lade in en PDF"),
    purpose=_("Att veta vem man frågar om filen"), kept=_("Så länge sidan finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_feedback",
    what=_("Det som en besökare skriver om en sida, och e-postadressen till den som vill ha svar"),
    purpose=_("Att göra sidan bättre och svara den som vill ha svar"),
    kept=_("Ett år. Adressen tas bort när svaret är skickat"), legal_basis=TASK, purge=purge_feedback,
))  # fmt: skip


#: What was typed in a page's form and never saved.
DRAFT_KEPT = timedelta(days=90)


def purge_typed() -> int:
    """Remove what was typed in a page's form and never saved; return how many."""
    return PageDraft.objects.filter(saved_at__lt=timezone.now() - DRAFT_KEPT).delete()[0]


declare(PersonalData(
    table="knowledge_pagedraft",
    what=_("Det en person håller på att skriva i ett exempel, ett porträtt, en publikation eller en artikel"),
    purpose=_("Så att inget går förlorat om sidan stängs eller uppkopplingen bryts. Bara personen själv läser det"),
    kept=_("Tills den sparas eller kastas, och högst 90 dagar"), legal_basis=TASK, purge=purge_typed,
))  # fmt: skip


#: Addresses of those who are quoted are needed until they have answered, and some time after for questions.
ADDRESS_KEPT = timedelta(days=90)


def purge_quotes() -> int:
    """Empty the addresses of those who are quoted when nobody needs them any more; return how many."""
    before = timezone.now() - ADDRESS_KEPT
    over = Q(answered_at__lt=before) | Q(answered_at=None, asked_at__lt=timezone.now() - timedelta(days=365))
    return Quote.objects.filter(over).exclude(email="").update(email="")


def purge_questions() -> int:
    """Remove questions whose day has come; of those that show, who asked. Return how many."""
    due = PageQuestion.objects.filter(purge_on__lte=timezone.localdate())
    removed = due.filter(shown_at=None).delete()[0]
    return removed + due.exclude(asker_email="").update(asker_email="")


TELL = _("Att exemplet eller porträttet ska gå att läsa och lita på")
WHILE_TOLD = _("Så länge sidan finns")

declare(PersonalData(
    table="knowledge_pageparty", what=_("Vem som svarade för en part som nämns på en sida, och vad den vill ändra"),
    purpose=_("Att ingen part ska nämnas utan att ha sagt ja"), kept=WHILE_TOLD, legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_quote", what=_("Den som citeras: namn, roll, ord, e-postadress och vad den har svarat"),
    purpose=TELL, kept=_("Så länge sidan finns. Adressen 90 dagar efter svaret, eller ett år utan svar"),
    legal_basis=_("Samtycke"), purge=purge_quotes,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_picture",
    what=_("Bilder där personer kan gå att känna igen, vem som har sagt ja och vem som tog dem"),
    purpose=TELL, kept=WHILE_TOLD, legal_basis=_("Samtycke"),
))  # fmt: skip
declare(PersonalData(
    table="knowledge_pagequestion",
    what=_("Den som frågar om ett exempel eller porträtt: namn, varifrån, e-postadress"),
    purpose=_("Att den som frågar ska få svar"),
    kept=_("Ett år utan svar, 90 dagar efter svaret. Det som visas på sidan står kvar, utan adress"), legal_basis=TASK,
    purge=purge_questions,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_collection", what=_("Samlingar av sidor som en person har gjort åt sig själv"),
    purpose=_("Att hitta tillbaka"), kept=_("Tills personen tar bort dem eller avslutar kontot"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_bookmark", what=_("Sidor som en person har sparat åt sig själv, och anteckningen till dem"),
    purpose=_("Att hitta tillbaka"), kept=_("Tills personen tar bort dem eller avslutar kontot"), legal_basis=TASK,
))  # fmt: skip
