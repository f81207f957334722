"""Examples and portraits for the tests, made by the actions that make them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from samverka.knowledge.actions import drafting, voices
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.actions.sending_in import send_in
from samverka.knowledge.models import Page, Picture, Quote
from samverka.organisations.queries import acting_for
from tests.collaborations.seats import seat_of
from tests.people import Together, Village

WHOLE = {
    "summary": "Barn får hjälp på biblioteket.", "done": "Vi öppnade biblioteket på torsdagar.",
    "cost": "40 000 kronor och 200 ideella timmar.", "went_wrong": "Ingen kom de första veckorna.",
    "contact_role": "Föreningssamordnare", "contact_phone": "0123-456 78", "contact_email": "karin@exempelby.example",
}  # fmt: skip


def begun(together: Together) -> Page:
    """Return an example that Karin has begun from the collaboration."""
    return drafting.start_from_collaboration(by=seat_of(together, "karin"))


def change(page: Page, by: Any, **values: Any) -> Page:
    """Write some of the text."""
    page = Page.objects.get(pk=page.pk)
    return drafting.change_page(by=by, page_id=page.public_id, version=page.saves, values=values)


def whole(together: Together) -> Page:
    """Return an example with all that it needs."""
    return change(begun(together), together.village.karin, **WHOLE)


def sent_in(together: Together) -> Page:
    """Return one that is with the editor."""
    return send_in(by=together.village.karin, page_id=whole(together).public_id)


def published(together: Together) -> Page:
    """Return one that everybody reads."""
    page = sent_in(together)
    publish_page(by=together.village.eva, page_id=page.public_id)
    return Page.objects.get(pk=page.pk)


def portrait(village: Village) -> Page:
    """Return the published portrait of the municipality."""
    page = drafting.start_portrait(by=acting_for(village.karin, village.municipality.public_id))
    change(
        page,
        village.karin,
        structure="En samordnare på heltid.",
        contact_role="Samordnare",
        contact_email="a@b.example",
    )
    send_in(by=village.karin, page_id=page.public_id)
    publish_page(by=village.eva, page_id=page.public_id)
    return Page.objects.get(pk=page.pk)


def quote(page: Page, by: Any, **values: Any) -> Quote:
    """Add a volunteer's words."""
    said = {"text": "Barnen lärde mig lika mycket.", "name": "Mona Läxdahl", "email": "mona@example.se", **values}
    return voices.add_quote(by=by, page_id=page.public_id, values=said)


def photograph() -> SimpleUploadedFile:
    """Return a small photograph that tells where it was taken."""
    file, facts = io.BytesIO(), Image.Exif()
    facts[0x010E] = "qvemligt hemma hos Mona"
    Image.new("RGB", (60, 40), "green").save(file, format="JPEG", exif=facts)
    return SimpleUploadedFile("bild.jpg", file.getvalue(), content_type="image/jpeg")


def picture(page: Page, by: Any, **values: Any) -> Picture:
    """Add a photograph."""
    said = {"alt": "Ett bord i ett bibliotek.", "credit": "Karin Provsson", "seen": "nobody", **values}
    return voices.add_picture(by=by, page_id=page.public_id, upload=photograph(), values=said)
