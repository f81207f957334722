import pytest
from django.test import RequestFactory

from samverka.web.context import Site

ORGANISATION, COLLABORATION = "jxpgbgjmr4", "p56x9c5h44"
HERE = f"/arbete/{ORGANISATION}/samverkan/{COLLABORATION}/"


@pytest.mark.parametrize(
    ("path", "item", "current"),
    [
        ("", "", "page"),
        ("dagbok/3.2/", "dagbok/", "true"),
        ("anteckning/", "dagbok/", "true"),
        ("anteckning/p56x9c5h44/dela/", "dagbok/", "true"),
        ("anteckning/p56x9c5h44/bilaga/", "dagbok/", "true"),
        ("gemensamt/", "dagbok/", "true"),
        ("fas/1/", "dagbok/", "true"),
        ("beslut/nytt/", "ataganden/", "true"),
        ("foljer-med/", "om/", "true"),
        ("om/", "om/", "page"),
    ],
)
def test_menu_of_a_collaboration_marks_where_a_page_belongs(path, item, current):
    menu = Site(RequestFactory().get(HERE + path)).collaboration_nav(ORGANISATION, COLLABORATION)
    assert [(one.url, one.current) for one in menu if one.current] == [(HERE + item, current)]
