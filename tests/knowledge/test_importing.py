"""Publications read from a folder."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from samverka.kernel.pdf import render_pdf
from samverka.kernel.search import search
from samverka.knowledge.importing import import_folder
from samverka.knowledge.models import Page, PublicationFile
from tests.real_data import DATA, needs_real_data

STATUTES = DATA / "statutes"
TEXT = """---
rubrik: "Så stöder vi föreningar"
datum: 2019-05-03
dnr: KS 2019/12
---
# Så stöder vi föreningar

Kommunen lånar ut **lokaler** till föreningar på kvällar och helger, utan avgift.

<script>alert(1)</script>
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.md").write_text("# Bara en rubrik\n\nText om cykelskolan.\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text("a;b\n", encoding="utf-8")
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "d.md").write_text("Ingen rubrik alls men ord.", encoding="utf-8")
    return tmp_path


def _pdf(words: str) -> bytes:
    return render_pdf("pdf/base.html", {}, title="x", language="sv") if not words else _drawn(words)


def _drawn(words: str) -> bytes:
    from samverka.knowledge.demo_paper import paper

    return paper("Lokaler åt alla", [("Inledning", words)])


def test_files_are_out_and_found_when_it_returns(folder: Path) -> None:
    run = import_folder(folder)
    assert len(run.created) == 3
    assert [why for _name, why in run.passed_over] == ["inte Markdown eller PDF"]
    page = Page.objects.get(title="Så stöder vi föreningar")
    assert (page.year, page.publication.diary_number, page.state) == (2019, "KS 2019/12", "published")
    assert page.published_at.year == 2019
    assert "<strong>lokaler</strong>" in page.publication.html
    assert "Så stöder" not in page.publication.html
    assert "<script" not in page.publication.html
    assert Page.objects.filter(title="Bara en rubrik").exists()
    assert Page.objects.filter(title="d").exists()
    assert search("cykelskolor", user=None, kind="publication")[0].title == "Bara en rubrik"


def test_second_run_changes_nothing_and_a_changed_file_is_updated(folder: Path) -> None:
    import_folder(folder)
    before = list(Page.objects.order_by("pk").values())
    run = import_folder(folder)
    assert (run.created, run.changed, len(run.unchanged)) == ([], [], 3)
    assert list(Page.objects.order_by("pk").values()) == before
    (folder / "b.md").write_text("# Ny rubrik\n\nText om simskolan.\n", encoding="utf-8")
    assert len(import_folder(folder).changed) == 1
    page = Page.objects.get(title="Ny rubrik")
    assert page.editions.count() == 2
    assert Page.objects.count() == 3
    assert not search("cykelskolan", user=None, kind="publication")


def test_pdf_is_read_with_pages_and_cover(folder: Path) -> None:
    (folder / "lokaler.pdf").write_bytes(_drawn("Här finns ordet grävlingsgryt."))
    run = import_folder(folder)
    assert len(run.created) == 4
    page = Page.objects.get(title="Lokaler åt alla")
    file = PublicationFile.objects.get(publication=page.publication)
    assert file.pages == 1
    assert file.cover is not None
    assert file.cover.content_type == "image/jpeg"
    assert search("grävlingsgrytet", user=None, kind="publication")[0].public_id == page.public_id
    assert len(import_folder(folder).unchanged) == 4


def test_broken_pdf_is_passed_over_and_the_rest_is_read(folder: Path) -> None:
    (folder / "trasig.pdf").write_bytes(b"GIF89a not a pdf")
    run = import_folder(folder)
    assert len(run.created) == 3
    assert any("trasig.pdf" in name for name, _why in run.passed_over)


def test_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_publications", str(tmp_path / "finns-inte"))


@needs_real_data
def test_statutes_are_read_with_their_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_publications", str(STATUTES))
    assert "15 nya, 0 ändrade, 0 oförändrade, 1 överhoppade" in capsys.readouterr().out
    page = Page.objects.get(title="Lag om offentlig anställning")
    assert ["SFS-nummer", "1994:260"] in page.publication.facts
    assert (page.publication.kind, page.licence, page.year) == ("statute", "public", 1994)
    call_command("import_publications", str(STATUTES))
    assert "0 nya, 0 ändrade, 15 oförändrade" in capsys.readouterr().out
