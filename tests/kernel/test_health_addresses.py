import pytest
from django.db import OperationalError

from samverka.kernel import middleware


def test_live_asks_nothing_of_the_database(client):
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert len(answer["X-Request-ID"]) == 10


@pytest.mark.django_db
def test_ready_when_the_database_answers(client):
    assert client.get("/health/ready").json() == {"database": "ok"}


@pytest.mark.django_db
def test_not_ready_when_the_database_is_gone(client, monkeypatch):
    class Gone:
        def cursor(self):
            raise OperationalError("gone")

        def close(self):
            pass

    monkeypatch.setattr(middleware, "connection", Gone())
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": "down"})


@pytest.mark.django_db
def test_every_answer_turns_off_what_is_never_used(client):
    assert "camera=()" in client.get("/kontakt/")["Permissions-Policy"]
