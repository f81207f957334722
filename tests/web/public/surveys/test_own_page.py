"""Own answers beside others': by the link, for members, on paper and on the place's page."""

import csv
import io

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from samverka.organisations.queries import body_of_municipality
from samverka.surveys.actions import hand_over, reopen
from samverka.surveys.links import asked_key
from samverka.surveys.models import Asked, Round
from samverka.surveys.open_data import write_rounds
from tests.people import Village
from tests.surveys.answering import asked_in, holder, open_round, save
from tests.surveys.second_round import answered
from tests.web.answers import contents

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db: None) -> Asked:
    """Arboga, which has just handed over, and five others of its county."""
    found = open_round(closes_on="2027-04-30")
    for code in ("1983", "1980", "1981", "1982", "1960"):
        answered(found, body_of_municipality(code), {"tackning": "hela", "kontakt": "x@y.example", "form_iop": "no"})
    one = asked_in(found, body_of_municipality("1984"))
    for code, value in (("tackning", "hela"), ("kontakt", "Hemliga kansliet"), ("form_iop", "yes")):
        save(holder(one), code, value)
    hand_over(by=holder(one))
    return Asked.objects.get(pk=one.pk)


def _path(asked: Asked) -> str:
    return f"/kartlaggning/svara/{asked_key(asked)}/min"


def test_receipt_leads_to_own_answers_beside_others(asked: Asked) -> None:
    receipt = Client().get(_path(asked).removesuffix("min") + "kvitto/").content.decode()
    assert f'href="{_path(asked)}/"' in receipt
    page = Client().get(f"{_path(asked)}/").content.decode()
    for words in ("Preliminära siffror", "6 av 6 har svarat än så länge", "SKL:s kommungrupper 2011",
                  "Egna klasser; folkmängd från SCB", "Västmanlands län", "17\N{NO-BREAK SPACE}% ja", "6 svar",
                  "Färre än fem svar"):  # fmt: skip
        assert words in page, words
    assert "Hemliga kansliet" not in page


def test_looking_changes_nothing(asked: Asked) -> None:
    before = contents()
    assert Client().get(f"{_path(asked)}/").status_code == 200
    assert Client().head(f"{_path(asked)}/").status_code == 200
    assert contents() == before


def test_paper_is_tagged_and_says_the_same(asked: Asked) -> None:
    answer = Client().get(f"{_path(asked)}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        assert opened.Root.MarkInfo.Marked
    assert "Preliminärt: 6 av 6 har svarat." in said
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    document.close()


def test_published_round_links_to_its_results_and_stands_on_the_place(asked: Asked, client: Client) -> None:
    assert "Så svarade" not in client.get("/platser/1984-arboga/").content.decode()
    now = timezone.now()
    Round.objects.update(state="closed", closed_at=now, published_at=now)
    page = client.get(f"{_path(asked)}/").content.decode()
    assert "Preliminära" not in page
    assert 'href="/kartlaggning/2027/"' in page
    place = client.get("/platser/1984-arboga/").content.decode()
    for words in ("Så svarade Arboga kommun", "17\N{NO-BREAK SPACE}% ja", "/kartlaggning/2027/"):
        assert words in place
    assert "Hemliga kansliet" not in place
    assert "Så svarade" not in client.get("/platser/1280-malmo/").content.decode()


def test_association_has_no_such_page(db: None, village: Village) -> None:
    asked = asked_in(open_round(side="civil"), village.association, state="handed_over", handed_over_at=timezone.now())
    receipt = Client().get(_path(asked).removesuffix("min") + "kvitto/")
    assert "bredvid" not in receipt.content.decode()
    assert Client().get(f"{_path(asked)}/").status_code == 404
    assert Client().get(f"{_path(asked)}.pdf").status_code == 404


def test_member_finds_own_answers_after_the_round_and_nobody_elses(village: Village, client: Client) -> None:
    found = open_round()
    mine = answered(found, village.municipality, {"form_iop": "yes"})
    other = answered(found, village.neighbour, {"form_iop": "no"})
    unit = asked_in(found, village.municipality, unit=village.committee)
    Round.objects.update(state="closed", closed_at=timezone.now())
    client.force_login(village.karin)
    base = f"/arbete/{village.municipality.public_id}/kartlaggning/"
    assert f"{base}{mine.public_id}/" in client.get(base).content.decode()
    assert client.get(f"{base}{mine.public_id}/").status_code == 200
    assert client.get(f"{base}{mine.public_id}/jamfort.pdf")["Content-Type"] == "application/pdf"
    for hidden in (other, unit):
        assert client.get(f"{base}{hidden.public_id}/").status_code == 404
    client.force_login(village.kim)
    assert client.get(f"{base}{mine.public_id}/").status_code == 404


def test_who_has_contributed_stands_beside_others_and_in_open_data(asked: Asked) -> None:
    reopen(by=holder(asked), asked_id=asked.public_id, why="Fler har svarat")
    save(holder(asked), "bidragit", ["kultur_fritid", "other"])
    save(holder(asked), "bidragit_other", "Näringslivsenheten")
    hand_over(by=holder(asked))
    page = Client().get(f"{_path(asked)}/").content.decode()
    assert "Vilka har varit med och svarat?" in page
    assert "Kultur och fritid" in page
    file = io.BytesIO()
    write_rounds([asked.round], format="csv", file=file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    own = next(row for row in rows if row["kod"] == "1984")
    assert (own["bidragit/kultur_fritid"], own["bidragit/social"], own["bidragit/other"]) == ("1", "0", "1")
    assert "Näringslivsenheten" not in file.getvalue().decode("utf-8-sig")
