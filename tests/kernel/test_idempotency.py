import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, HttpResponseRedirect

from samverka.kernel.idempotency import FIELD, creates_once, new_key
from samverka.kernel.models import IdempotencyKey, RateCount

pytestmark = pytest.mark.django_db


@creates_once
def make_thing(request):
    """Make a row and lead to it, or show the form again."""
    if request.POST.get("bad"):
        return HttpResponse("form with errors")
    row = RateCount.objects.create(key=new_key(), window_start="2027-01-01T00:00Z", count=1)
    return HttpResponseRedirect(f"/things/{row.key}/")


@pytest.fixture
def post(rf, village):
    def send(user=None, **data):
        request = rf.post("/things/", data)
        request.user = user or village.karin
        return make_thing(request)

    return send


def test_second_press_leads_to_the_first_thing(post):
    key = new_key()
    first, second = post(**{FIELD: key}), post(**{FIELD: key})
    assert first.url == second.url
    assert RateCount.objects.count() == 1


def test_other_key_makes_another_thing(post):
    assert post(**{FIELD: new_key()}).url != post(**{FIELD: new_key()}).url


def test_same_key_of_another_person_makes_another_thing(post, village):
    key = new_key()
    assert post(**{FIELD: key}).url != post(user=village.yusuf, **{FIELD: key}).url


def test_form_with_errors_can_be_sent_again_with_its_key(post):
    key = new_key()
    assert post(bad="1", **{FIELD: key}).status_code == 200
    assert post(**{FIELD: key}).status_code == 302


def test_without_a_key_every_post_makes_a_thing(post):
    post()
    post(user=AnonymousUser())
    assert RateCount.objects.count() == 2
    assert not IdempotencyKey.objects.exists()
