import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.template import engines

from samverka.kernel import pdf, pdf_worker
from samverka.kernel.errors import Busy, Refused
from samverka.kernel.pdf_press import Press

TEMPLATE = """<!doctype html><html lang="{{ language }}"><head><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1><p>Först. {{ words }}</p><h2>Andra</h2><p>Sedan.</p>
<table><thead><tr><th>Vem</th><th>Vad</th></tr></thead><tbody>
{% for number in rows %}<tr><th>Rad {{ number }}</th><td>Text</td></tr>{% endfor %}</tbody></table>
<p>Sist.</p></body></html>"""


@pytest.fixture(autouse=True)
def template(settings, monkeypatch):
    monkeypatch.setattr(
        pdf, "render_to_string", lambda _name, context: engines["django"].from_string(TEMPLATE).render(context)
    )


def made(**context):
    return pdf.render_pdf("x.html", {"words": "åäö", "rows": range(80), **context}, title="Anteckning å", language="sv")


@pytest.fixture(scope="module")
def document():
    order = {
        "html": engines["django"].from_string(TEMPLATE).render(
            {"title": "Anteckning å", "language": "sv", "words": "åäö", "rows": range(80)}
        ),
        "title": "Anteckning å", "language": "sv", "base_url": "http://localhost/", "static_url": "http://localhost/static/",
        "static_folders": [],
    }  # fmt: skip
    return pdf_worker.draw(order)


def test_pdf_has_title_language_and_tags(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert str(opened.Root.Lang) == "sv"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as metadata:
            assert metadata["dc:title"] == "Anteckning å"
            assert metadata["pdfuaid:part"] == "1"
        assert [str(item.title) for item in opened.open_outline().root] == ["Anteckning å"]


def test_pdf_headings_are_headings_in_reading_order(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        kinds = [str(element.S) for element, _parents in pdf_worker.structure(opened)]
    main = [kind for kind in kinds if kind in {"/H1", "/H2", "/P", "/Table"}]
    assert main[:5] == ["/H1", "/P", "/H2", "/P", "/Table"]
    assert main[-1] == "/P"


def test_pdf_table_headings_have_scope_on_every_page(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert len(opened.pages) > 1
        scopes = [
            ("/THead" in parents, str(element.A.Scope))
            for element, parents in pdf_worker.structure(opened)
            if element.S == "/TH"
        ]
    assert set(scopes) == {(True, "/Column"), (False, "/Row")}


def test_pdf_text_can_be_read_out_in_order(document):
    opened = pypdfium2.PdfDocument(document)
    text = "".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    assert text.index("Först. åäö") < text.index("Andra") < text.index("Rad 0") < text.index("Sist.")


def test_pdf_has_no_problems(document):
    assert pdf_worker.problems(document) == []


def test_problems_name_what_is_hard_to_read():
    order = {
        "html": "<html><body><h2>Fel</h2><h4>Mer fel</h4></body></html>", "title": "T", "language": "sv",
        "base_url": "http://localhost/", "static_url": "http://localhost/static/", "static_folders": [],
    }  # fmt: skip
    assert pdf_worker.problems(pdf_worker.draw(order)) == ["not one H1 that comes first", "H4 follows H2"]


def test_render_pdf_runs_in_a_process_of_its_own():
    document = made()
    assert document.startswith(b"%PDF")
    assert pdf_worker.problems(document) == []


@pytest.mark.django_db
def test_kept_pdf_is_drawn_anew_only_when_it_says_something_else(monkeypatch):
    drawn = []
    monkeypatch.setattr(pdf, "_draw", lambda order, _template: drawn.append(order) or b"%%PDF %d" % len(drawn))

    def kept(words, title="Modellen"):
        return pdf.kept_pdf("x.html", {"words": words, "rows": []}, title=title, language="sv")

    assert [kept("a"), kept("a"), kept("b"), kept("a", title="En annan"), kept("b")] == [
        b"%PDF 1", b"%PDF 1", b"%PDF 2", b"%PDF 3", b"%PDF 2",
    ]  # fmt: skip


def test_render_pdf_leaves_the_drawing_library_out_of_this_process():
    code = "import samverka.kernel.pdf_worker, sys; print('weasyprint' in sys.modules, 'django' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == ["False", "False"]


def test_static_file_is_found_and_nothing_outside(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "pdf.css").write_text("p{}")
    folders = [str(tmp_path / "css")]
    assert pdf_worker.static_file("http://x/static/pdf.css?v=1", "http://x/static/", folders).name == "pdf.css"
    for url in (
        "http://evil.example/pdf.css",
        "http://x/static/../../etc/passwd",
        "http://x/static/no.css",
        "file:///etc/passwd",
    ):
        with pytest.raises(ValueError, match="static file"):
            pdf_worker.static_file(url, "http://x/static/", folders)


@pytest.fixture
def use(monkeypatch):
    """Draw with another press, whose command and patience the test says; its processes are ended afterwards."""
    presses = []

    def used(code="", **settings):
        command = [sys.executable, "-c", code] if code else None
        presses.append(Press(Path.cwd(), **{"standby": 0, "longest": 20, **settings}, command=command))
        monkeypatch.setattr(pdf, "_press", lambda: presses[-1])
        return presses[-1]

    yield used
    for press in presses:
        press.close()


def test_missing_pango_is_refused_with_what_to_install(use):
    use(f"raise SystemExit({pdf_worker.NO_PANGO})")
    with pytest.raises(Refused, match=r"libpangoft2-1\.0-0"):
        made()


def test_failed_drawing_says_why(use):
    use("raise SystemExit('ingen färg')")
    with pytest.raises(pdf.PdfError, match="ingen färg"):
        made()


def test_answer_that_breaks_off_is_no_document(use):
    use("import sys; sys.stdin.buffer.readline(); print('900 0'); print('%PDF'); sys.exit('slut på minne')")
    with pytest.raises(pdf.PdfError, match="slut på minne"):
        made()


def test_slow_drawing_is_ended(use):
    use("import time; time.sleep(30)", longest=0.2)
    with pytest.raises(pdf.PdfError, match="not finished"):
        made()


def test_render_pdf_does_not_wait_for_ever_for_its_turn(monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST_WAIT", 0.05)
    with pdf._two_at_once, pdf._two_at_once, pytest.raises(Busy):
        made()
    with pdf._two_at_once, pdf._two_at_once:
        pass


def test_next_document_is_drawn_by_the_process_that_waits(use):
    press = use(standby=30)
    first = made(words="Hemligt i det första")
    drawer = press.waiting[0]
    second = made()
    assert pdf_worker.problems(second) == []
    assert press.waiting == [drawer]
    assert drawer.is_alive
    assert "Hemligt" in text_of(first)
    assert "Hemligt" not in text_of(second)


def test_process_that_ends_as_the_order_comes_is_replaced(use):
    press = use(standby=30)
    made()
    drawer = press.waiting[0]
    drawer.process.stdin.close()
    drawer.process.wait()
    drawer.process.poll = lambda: None
    assert made().startswith(b"%PDF")
    assert press.waiting[0] is not drawer


def test_process_that_has_ended_meanwhile_is_not_asked(use):
    press = use(standby=30)
    made()
    press.waiting[0].process.kill()
    press.waiting[0].process.wait()
    assert made().startswith(b"%PDF")


def test_waiting_process_ends_by_itself_when_no_order_comes(use):
    press = use(standby=0.1)
    made()
    assert press.waiting[0].process.wait(10) == 0


def test_process_makes_room_after_many_documents(use):
    press = use(
        "from samverka.kernel import pdf_worker as w; w.MOST_DOCUMENTS = 1; raise SystemExit(w.main(30))", standby=30
    )
    made()
    assert press.waiting[0].process.wait(10) == 0


def text_of(document):
    opened = pypdfium2.PdfDocument(document)
    text = "".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    return text
