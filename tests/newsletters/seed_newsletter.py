"""The newsletter of 25 March 2021 that the product must be able to make (models.md 6.2), built of our own blocks.

Its structure: sender and Dnr 0531/20, a lead that asks to spread it, three items with quotes, a contact for each
subject, subscribe, share, unsubscribe, personal data. The wording is ours; the quotes are short and say whose they are.
The persons are invented.
"""

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from samverka.newsletters.actions.pictures import add_picture
from samverka.newsletters.models import Issue, IssueText, Picture
from samverka.organisations.models import Organisation
from tests.newsletters.issues import block, sender_of

SUBJECT = "Inspiration till samverkan med civilsamhället"
REPORTS = {
    "contact_name": "Omar Provsson", "contact_role": "rapporterna", "contact_email": "omar@myndigheten.example",
    "contact_phone": "0123-456 71",
}  # fmt: skip
MODEL = {
    "contact_name": "Elisabet Provsson", "contact_role": "modellen", "contact_email": "elisabet@myndigheten.example",
    "contact_phone": "0123-456 72",
}  # fmt: skip


def seed_newsletter() -> Issue:
    """Return the newsletter as a draft of an invented agency."""
    agency = Organisation.objects.create(name="Civilsamhällesmyndigheten i Exempelby", kind="agency", invented=True)
    sender = sender_of(
        agency, is_host=not Organisation.objects.filter(sender__is_host=True).exists(), from_name="Exempelmyndigheten",
        postal_address="Box 206, 999 05 Exempelby", phone="0123-456 00", web_address="https://myndigheten.example",
        privacy_url="https://myndigheten.example/personuppgifter",
        about="Vi tar fram kunskap om det civila samhällets villkor.",
    )  # fmt: skip
    made: Issue = Issue.objects.create(
        sender=agency, format="magazine", matter="information", diary_number="0531/20", from_name=sender.from_name,
        from_address=sender.from_address, reply_to=sender.reply_to, reply_read_until=date(2099, 6, 30),
    )  # fmt: skip
    preview = "Två rapporter med exempel från kommuner och regioner, och en modell för hur man går till väga."
    IssueText.objects.create(issue=made, language="sv", subject=SUBJECT, preview=preview)
    _blocks(made, _picture(made))
    return made


def _blocks(issue: Issue, picture: Picture) -> None:
    block(issue, "lead", text=(
        "Två nya rapporter visar hur kommuner och regioner samverkar med civilsamhället, och en ny modell visar hur "
        "man kan gå till väga.\n\n**Hjälp oss att sprida dem**: både till kollegor som möter föreningar och till "
        "föreningarna själva."
    ))  # fmt: skip
    block(issue, "item", heading="Sex kommuner berättar", for_whom="den som arbetar med föreningar i en kommun",
          text="Sex kommuner visar sitt samarbete med föreningar, med lärdomar som går att ta med hem.",
          quote="Civilsamhället är innovativt och bidrar med nya lösningar.", who="Ekerö kommun",
          link_label="Läs kommunrapporten", link_url="https://myndigheten.example/kommuner", **REPORTS)  # fmt: skip
    block(issue, "item", heading="Regionerna och civilsamhället",
          for_whom="den som arbetar med civilsamhällesfrågor i en region", picture=picture.token,
          alt="En karta med en ring för varje region", quote=(
              "Den europeiska koden för samverkan med civilsamhället är ett bärande verktyg för vår samverkan."),
          who="Region Jämtland Härjedalen", link_label="Läs regionrapporten",
          text="Samråd, bidrag, överenskommelser och partnerskap:\n\n- så gör regionerna\n- så långt har de kommit",
          link_url="https://myndigheten.example/regioner", **REPORTS)  # fmt: skip
    block(issue, "item", heading="En modell för samverkan", for_whom="både offentliga aktörer och föreningar",
          text="Modellen går att använda lokalt, regionalt och nationellt, och fördjupas steg för steg.",
          link_label="Hämta modellen", link_url="https://myndigheten.example/modell", **MODEL)  # fmt: skip
    block(issue, "action", heading="Skicka det här till en kollega och en förening", text="Texten nedanför är klar.")
    block(issue, "pass_on", text=(
        "Hur kan vi och kommunen arbeta bättre ihop? Nu finns exempel från kommuner och regioner, och en modell att "
        "följa. Läs dem tillsammans före nästa möte."), link_url="https://myndigheten.example/modell")  # fmt: skip
    block(issue, "button", link_label="Prenumerera på fler nyheter", link_url="/utskick/")


def _picture(issue: Issue) -> Picture:
    """Return a drawing of our own, made here."""
    picture = Image.new("RGB", (1104, 480), "#e6ecf8")
    pen: Any = ImageDraw.Draw(picture)
    for number in range(21):
        left, top = 70 + (number % 7) * 145, 60 + (number // 7) * 130
        pen.ellipse((left, top, left + 90, top + 90), outline="#23407a", width=8)
    file = io.BytesIO()
    picture.save(file, "PNG")
    upload = SimpleUploadedFile("regioner.png", file.getvalue(), "image/png")
    return add_picture(by=None, issue_id=issue.public_id, upload=upload)
