"""The addresses of the editor's desk for examples and portraits, below `/redaktion/exempel/`."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import examples

urlpatterns = [
    path("", examples.editorial_examples, name="editorial_examples"),
    path("<pid:page>/", examples.editorial_example, name="editorial_example"),
    path("<pid:page>/andra/", examples.editorial_example_return, name="editorial_example_return"),
    path("<pid:page>/publicera/", examples.editorial_example_publish, name="editorial_example_publish"),
    path("<pid:page>/dra-tillbaka/", examples.editorial_example_withdraw, name="editorial_example_withdraw"),
    path("<pid:page>/sett-till/", examples.editorial_example_handled, name="editorial_example_handled"),
    path("fragor/<pid:question>/ta-bort/", examples.editorial_question_hide, name="editorial_question_hide"),
]
