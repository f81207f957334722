import pytest
from django.db import connection

from samverka.kernel import tasks
from samverka.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
HEALTH = "/redaktion/halsa/"
BACK = {"HTTP_REFERER": "http://testserver/redaktion/halsa/"}


def job(status):
    number = tasks.send_message.defer(message_id=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])
    return number


def test_page_says_that_nobody_works(hedda):
    page = hedda.get(HEALTH).content.decode()
    assert "Ingen arbetar med kön" in page
    assert "Ingen är gjord härifrån" in page
    assert "PostgreSQL" in page


def test_failed_job_is_tried_again_by_post(hedda):
    number = job("failed")
    assert "Misslyckades" in hedda.get(HEALTH).content.decode()
    assert hedda.get(f"{HEALTH}forsok-igen/").status_code == 405
    page = hedda.post(f"{HEALTH}forsok-igen/", {"jobb": number}, follow=True).content.decode()
    assert "Jobbet är tillbaka i kön." in page
    assert AuditEntry.objects.get(action="job.retried").object_id == str(number)


def test_waiting_job_is_cancelled_by_post(hedda):
    number = tasks.send_message.defer(message_id=1)
    page = hedda.post(f"{HEALTH}avbryt/", {"jobb": number}, follow=True).content.decode()
    assert "Jobbet är avbrutet." in page


@pytest.mark.parametrize("number", ["", "x", "999999999", "9" * 40])
@pytest.mark.parametrize("action", ["forsok-igen", "avbryt"])
def test_job_that_does_not_exist_gives_a_message(hedda, action, number):
    page = hedda.post(f"{HEALTH}{action}/", {"jobb": number}, follow=True, **BACK).content.decode()
    assert "Jobbet finns inte längre." in page


def test_page_takes_the_same_queries_for_one_and_for_many(hedda, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    job("failed")
    hedda.get(HEALTH)
    with CaptureQueriesContext(connection) as one:
        hedda.get(HEALTH)
    for _number in range(10):
        job("failed")
    with django_assert_num_queries(len(one)):
        hedda.get(HEALTH)
