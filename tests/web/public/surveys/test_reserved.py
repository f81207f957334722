"""The pages where a form is answered, and the codes that blocks may not have because of them."""

import re
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from samverka.kernel.errors import Refused
from samverka.questionnaires.checking import PAGES, faults
from samverka.questionnaires.definition import Section
from samverka.questionnaires.models import Version
from samverka.web import converters  # noqa: F401  (addresses are read with its kinds of parts)
from samverka.web.public.surveys.answer_urls import FORM, PASSED, urlpatterns
from tests.questionnaires.forms import agreements
from tests.surveys.answering import version_of


def test_every_page_beside_the_blocks_is_a_code_that_is_taken() -> None:
    routes = [str(one.pattern).removeprefix(FORM).removeprefix(PASSED) for one in urlpatterns]
    first = {route.partition("/")[0] for route in routes if "/" in route and not route.startswith("kartlaggning")}
    assert {name for name in first if re.match(r"[a-z]", name)} == PAGES


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["kvitto", "fragor-1"])
def test_block_that_would_be_shadowed_is_refused_when_published(code: str) -> None:
    block = Section(code, label={"sv": "Kvitton"}, items=(agreements().items[0],))
    shadowed = replace(agreements(), items=(block, *agreements().items[1:]))
    assert "upptagen av en sida" in faults(shadowed)[0].reason
    with pytest.raises(Refused, match="upptagen av en sida"):
        version_of(shadowed)
    inner = Section("block", label={"sv": "Block"}, items=(block,))
    assert faults(replace(agreements(), items=(inner, *agreements().items[1:]))) == []


@pytest.mark.django_db
def test_database_keeps_published_versions() -> None:
    version = version_of(agreements())
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        version.delete()
    Version.objects.create(questionnaire=version.questionnaire, number=2, document={}, state="draft").delete()
    assert Version.objects.filter(pk=version.pk).exists()
