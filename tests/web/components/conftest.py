import pytest
from django.template import engines
from django.test import RequestFactory


@pytest.fixture(autouse=True)
def few_addresses(settings):
    from samverka.web import context

    settings.ROOT_URLCONF = "tests.web.components.urls"
    context._address.cache_clear()
    yield
    context._address.cache_clear()


@pytest.fixture
def draw():
    """Render a template text at an address, with what every page has."""

    def render(text, path="/organisationer/", **context):
        return engines["django"].from_string(text).render(context, RequestFactory().get(path))

    return render
