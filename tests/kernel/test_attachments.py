"""What people attach: taken by its content, drawn anew or refused with what to do instead."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from samverka.kernel import files
from samverka.kernel.errors import Busy, Refused
from samverka.kernel.models import StoredFile
from samverka.kernel.untrusted import limits, run
from tests.kernel import documents

pytestmark = pytest.mark.django_db
HIDDEN = "KAMERA-QVINT"
TAKEN = {
    "a.docx": documents.docx("Hej"),
    "a.xlsx": documents.xlsx(["Hej"]),
    "a.pptx": documents.pptx("Hej"),
    "a.odt": documents.opendocument("text"),
    "a.ods": documents.opendocument("spreadsheet"),
    "a.odp": documents.opendocument("presentation"),
    "a.pdf": documents.pdf("Hej"),
    "a.txt": "Åby byalag".encode(),
    "a.csv": b"namn;ort\n",
}
EMPTY_MODULES = {"Basic__Standard__script-lb.xml": "<x/>", "Basic__script-lc.xml": "<x/>"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


def attach(name, content, **options):
    options = {"allowed": files.DOCUMENTS, "most_bytes": files.MOST_ATTACHMENT_BYTES, **options}
    return files.store_upload(
        SimpleUploadedFile(name, content), by=None, owner_kind="note", owner_id="bcdfg23456", **options
    )


def kept(stored):
    with files.open_stored(stored) as file:
        return file.read()


def refused(name, content, **options):
    with pytest.raises(Refused) as refusal:
        attach(name, content, **options)
    assert not StoredFile.objects.exists()
    return str(refusal.value.message)


@pytest.mark.parametrize("name", TAKEN)
def test_documents_are_kept_as_they_are(name):
    stored = attach(name, TAKEN[name])
    kind = next(kind for kind in files.DOCUMENTS if name.endswith(kind.endings))
    assert (stored.content_type, kept(stored)) == (kind.content_type, TAKEN[name])


def test_plain_text_counts_as_text_and_not_as_a_table():
    assert attach("a.txt", b"Hej").content_type == "text/plain"


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.PNG", "PNG")])
def test_pictures_lose_what_the_camera_wrote(name, kind):
    stored = attach(
        name, documents.picture(kind, exif=camera_notes(), **({"comment": HIDDEN} if kind == "JPEG" else {}))
    )
    content = kept(stored)
    assert (stored.size, HIDDEN.encode() in content, b"Exif" in content) == (len(content), False, False)
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, len(picture.getexif()), picture.size) == (kind, 0, (20, 40))


def camera_notes():
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = HIDDEN, 6  # the maker of the camera; held a quarter of a turn to the left
    notes.get_ifd(0x8825)[1] = "N"
    return notes


def test_picture_is_turned_the_right_way_up():
    with Image.open(io.BytesIO(kept(attach("a.png", documents.picture("PNG", exif=camera_notes()))))) as picture:
        left, right = picture.getpixel((0, 20)), picture.getpixel((19, 20))
    assert left[0] > 200
    assert right[0] < 50


def test_texts_and_later_frames_of_a_picture_are_gone():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", HIDDEN)
    frames = [Image.new("RGB", (4, 4), "red")]
    content = documents.picture("PNG", pnginfo=notes, save_all=True, append_images=frames)
    assert b"acTL" in content
    stored = kept(attach("a.png", content))
    assert HIDDEN.encode() not in stored
    assert b"acTL" not in stored


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_png_of_every_mode_is_taken(mode):
    with Image.open(io.BytesIO(kept(attach("a.png", documents.picture("PNG", mode))))) as picture:
        assert picture.mode in {"RGB", "RGBA", "L"}
        assert ("A" in mode) == ("A" in picture.mode)


def test_deep_greys_keep_their_shades():
    shades = b"".join((value * 257).to_bytes(2, "little") for value in range(256))
    file = io.BytesIO()
    Image.frombytes("I;16", (256, 1), shades).save(file, format="PNG")
    with Image.open(io.BytesIO(kept(attach("a.png", file.getvalue())))) as picture:
        assert [picture.getpixel((value, 0)) for value in (0, 100, 255)] == [0, 100, 255]


def test_jpeg_for_print_becomes_one_for_screens():
    with Image.open(io.BytesIO(kept(attach("a.jpg", documents.picture("JPEG", "CMYK"))))) as picture:
        assert picture.mode == "RGB"


def test_colour_profile_is_applied_and_gone():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    for one in (profile, srgb):
        stored = kept(attach("a.jpg", documents.picture("JPEG", icc_profile=one.tobytes())))
        assert b"ICC_PROFILE" not in stored


def test_picture_with_too_many_pixels_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, format="PNG")
    assert len(bomb.getvalue()) < 200_000
    assert "högst 50 miljoner bildpunkter" in refused("a.png", bomb.getvalue())


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_broken_picture_is_refused(name):
    content = documents.picture("PNG" if name.endswith("png") else "JPEG", size=(400, 400))
    assert "går inte att öppna" in refused(name, content[: len(content) // 2])


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("a.docx", TAKEN["a.xlsx"], "spara den som DOCX"),
        ("a.xlsx", TAKEN["a.ods"], "spara den som XLSX"),
        ("a.odt", TAKEN["a.ods"], "spara den som ODT"),
        ("a.odt", documents.opendocument("text-template"), "spara den som ODT"),
        ("a.docx", documents.zipped({"a.txt": "Hej"}), "spara den som DOCX"),
        ("a.docx", b"Hej", "spara den som DOCX"),
        ("a.jpg", documents.picture("PNG"), "spara den som JPEG"),
        ("a.pdf", b"Hej", "spara den som PDF"),
    ],
)
def test_file_that_is_not_what_it_is_called_is_refused(name, content, advice):
    message = refused(name, content)
    assert "innehåller något annat" in message
    assert advice in message


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.docm", "utan makron"),
        ("A.XLSM", "utan makron"),
        ("a.doc", "spara den som DOCX"),
        ("a.xls", "spara den som XLSX"),
        ("a.ppt", "spara den som PPTX"),
        ("a.heic", "spara den som JPEG"),
        ("a.pages", "spara den som PDF"),
        ("a.zip", "Packa upp"),
    ],
)
def test_other_kinds_are_refused_with_what_to_do_instead(name, advice):
    assert advice in refused(name, b"x")


def test_advice_names_no_kind_that_is_not_taken():
    message = refused("a.doc", b"x", allowed=[files.PDF])
    assert message == "Filen går inte att ta emot. Här går det att skicka in: PDF."


VBA, EXCEL = "application/vnd.ms-office.vbaProject", "application/vnd.ms-excel"
MACROS = {
    "part named so": ("a.docx", documents.ooxml("docx", {"word/vbaProject.bin": b"x"})),
    "part listed so": ("a.docx", documents.ooxml("docx", {"word/innocent.bin": b"x"}, VBA)),
    "document with macros": ("a.xlsx", documents.ooxml("xlsx", {}, f"{EXCEL}.sheet.macroEnabled.main+xml")),
    "older macros": ("a.xlsx", documents.ooxml("xlsx", {}, f"{EXCEL}.macrosheet+xml")),
    "Basic": ("a.odt", documents.opendocument("text", **{"Basic__Standard__Module1.xml": "<x/>"}, **EMPTY_MODULES)),
    "script": ("a.ods", documents.opendocument("spreadsheet", Scripts__python__hej="print()")),
}  # fmt: skip


@pytest.mark.parametrize("case", MACROS)
def test_macros_are_refused(case):
    name, content = MACROS[case]
    assert "makron" in refused(name, content)


def test_empty_list_of_modules_is_no_macro():
    assert attach("a.odt", documents.opendocument("text", **EMPTY_MODULES)).pk


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
LOCKED = {
    "a.docx": COMPOUND + "EncryptedPackage".encode("utf-16-le"),
    "a.odt": documents.opendocument("text", **{"META-INF__manifest.xml": "<x><manifest:encryption-data/></x>"}),
    "a.pdf": documents.pdf("Hej", password="hemlig"),
}


@pytest.mark.parametrize("name", LOCKED)
def test_locked_file_is_refused(name):
    assert "Ta bort lösenordet" in refused(name, LOCKED[name])


def test_pdf_that_all_may_read_but_not_change_is_taken():
    assert attach("a.pdf", documents.pdf("Hej", owner="hemlig")).pk


def test_zip_with_a_password_is_refused():
    content = bytearray(TAKEN["a.docx"])
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + place] |= 1
    assert "lösenord" in refused("a.docx", bytes(content))


def test_document_in_the_older_form_is_refused():
    assert "Spara som DOCX" in refused("a.docx", COMPOUND)


def test_document_that_unpacks_to_too_much_is_refused():
    bomb = documents.ooxml("docx", {f"word/{number}.xml": b"\0" * 60_000_000 for number in range(9)})
    assert len(bomb) < 1024 * 1024
    assert "alldeles för stor" in refused("a.docx", bomb)


def test_long_list_of_parts_is_not_unpacked():
    bomb = documents.zipped({"[Content_Types].xml": b" " * (limits.MOST_LIST + 1)})
    assert "alldeles för stor" in refused("a.docx", bomb)


def test_document_with_many_parts_is_refused():
    parts = {f"word/{number}": b"" for number in range(limits.MOST_PARTS)}
    assert "alldeles för stor" in refused("a.docx", documents.ooxml("docx", parts))


def test_two_parts_with_one_name_are_refused():
    """Programs differ in which they open: the list that we read must be the list that Word reads."""
    file = io.BytesIO(TAKEN["a.docx"])
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "går inte att öppna" in refused("a.docx", file.getvalue())


def test_list_of_parts_that_declares_entities_is_refused():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><Types><Override ContentType="&a;"/></Types>'
    assert "går inte att öppna" in refused("a.docx", documents.zipped({"[Content_Types].xml": laughs}))


def test_half_a_document_is_refused():
    assert "går inte att öppna" in refused("a.docx", TAKEN["a.docx"][:900])


def test_attachment_may_be_20_mb():
    assert attach("a.txt", b"a" * files.MOST_ATTACHMENT_BYTES).pk


def test_larger_attachment_is_refused():
    assert "högst 20 MB" in refused("a.txt", b"a" * (files.MOST_ATTACHMENT_BYTES + 1))


def test_when_all_turns_are_taken_one_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(run, "LONGEST_WAIT", 0)
    with run._two_at_once, run._two_at_once, pytest.raises(Busy, match="försök igen"):
        attach("a.pdf", TAKEN["a.pdf"])


def test_file_is_opened_without_our_settings_and_secrets(monkeypatch):
    """What runs with a stranger's file has no environment, and may write no file."""
    monkeypatch.setenv("SECRET_KEY", "hemligt")
    monkeypatch.setattr(run, "_COMMAND", [run.sys.executable, "-c", "import os; print('SECRET_KEY' in os.environ)"])
    assert run.text(b"x", "PDF") == "False\n"


def test_check_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(run, "_COMMAND", [run.sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(run, "LONGEST_CHECK", 0.1)
    assert "går inte att öppna" in refused("a.pdf", TAKEN["a.pdf"])
