import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from samverka.kernel.models import SinkMail

pytestmark = pytest.mark.django_db
SINK = "/utveckling/post/"


@pytest.fixture
def caught(settings):
    """A mail with a link, caught by the sink."""
    settings.MAIL_SINK = True
    settings.BASE_URL = "http://localhost:8000"
    link = "http://localhost:8000/inbjudan/abc/"
    with get_connection("samverka.kernel.mail.sink.SinkBackend") as sink:
        mail = EmailMultiAlternatives(
            "Välkommen",
            f"Svara här: {link} <b>",
            "från@example.se",
            ["yusuf@example.se"],
            headers={"X-Prov": "åäö"},
            connection=sink,
        )
        mail.attach_alternative(f'<html><head></head><body><a href="{link}">Svara</a></body></html>', "text/html")
        mail.send()
    return SinkMail.objects.get()


def test_list_names_the_mail(client, caught):
    page = client.get(SINK).content.decode()
    assert "Välkommen" in page
    assert f"{SINK}{caught.public_id}/" in page


def test_mail_shows_text_with_a_link_to_press_headers_and_html(client, caught):
    page = client.get(f"{SINK}{caught.public_id}/")
    text = page.content.decode()
    assert '<a href="http://localhost:8000/inbjudan/abc/"' in text
    assert "&lt;b&gt;" in text
    assert "<dt>X-Prov</dt>" in text
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    framed = client.get(f"{SINK}{caught.public_id}/html/")
    assert "Svara</a>" in framed.content.decode()
    assert "sandbox" in framed["Content-Security-Policy"]


def test_empty_sink_says_what_to_do(client, settings):
    settings.MAIL_SINK = True
    assert "Inga mejl än" in client.get(SINK).content.decode()


@pytest.mark.parametrize("path", ["", "{id}/", "{id}/html/"])
@pytest.mark.parametrize("why", ["no sink", "public address", "from afar", "behind a proxy"])
def test_sink_is_not_there_unless_the_reader_sits_at_the_machine(client, caught, settings, why, path):
    extra = {}
    if why == "no sink":
        settings.MAIL_SINK = False
    elif why == "public address":
        settings.BASE_URL = "http://samverka.example"
    elif why == "from afar":
        extra = {"REMOTE_ADDR": "192.0.2.7"}
    else:
        extra = {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}
    assert client.get(SINK + path.format(id=caught.public_id), **extra).status_code == 404


def test_unknown_mail_is_not_found(client, caught):
    assert client.get(f"{SINK}bcdfg23456/").status_code == 404
