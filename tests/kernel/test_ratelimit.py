from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections

from samverka.kernel.models import RateCount
from samverka.kernel.ratelimit import TooMany, allow

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_allow_stops_at_the_limit_and_opens_when_the_window_has_passed():
    with time_machine.travel("2027-03-12T10:00:00Z", tick=False) as clock:
        for _attempt in range(3):
            allow("code:karin", most=3, within=HOUR)
        with pytest.raises(TooMany, match="en timme"):
            allow("code:karin", most=3, within=HOUR)
        allow("code:yusuf", most=3, within=HOUR)
        clock.shift(HOUR)
        allow("code:karin", most=3, within=HOUR)


@pytest.mark.django_db(transaction=True)
def test_allow_counts_every_try_from_several_connections():
    def try_it(_number):
        try:
            allow("shared", most=10, within=HOUR)
        except TooMany:
            return "stopped"
        finally:
            connections.close_all()
        return "let through"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(try_it, range(20)))
    assert answers.count("let through") == 10
    assert RateCount.objects.get(key="shared").count == 20
