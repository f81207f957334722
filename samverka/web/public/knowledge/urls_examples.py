"""The addresses of examples and portraits, for those who read and for those who tell."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…> and <name:…>)

from . import example_by_link, example_voices, example_writing, examples

_DRAFT = "exempel/skriv/<pid:page>/"

urlpatterns = [
    path("exempel/", examples.examples, name="examples"),
    path("exempel/ladda-ner.<str:format>", examples.examples_export, name="examples_export"),
    path("exempel/skicka-in/", example_writing.example_start, name="example_start"),
    path("exempel/bild/<pid:picture>/", examples.picture, name="page_picture"),
    path("exempel/citat/<str:key>/", example_by_link.quote_consent, name="quote_consent"),
    path("exempel/stammer/<str:key>/", example_by_link.page_holds, name="page_holds"),
    path(_DRAFT, example_writing.told, name="told"),
    path(f"{_DRAFT}text/", example_writing.told_text, name="told_text"),
    path(f"{_DRAFT}utkast/", example_writing.told_draft, name="told_draft"),
    path(f"{_DRAFT}utkast/kasta/", example_writing.told_draft_drop, name="told_draft_drop"),
    path(f"{_DRAFT}las/", example_writing.told_preview, name="told_preview"),
    path(f"{_DRAFT}part/", example_writing.told_party, name="told_party"),
    path(f"{_DRAFT}fraga/", example_writing.told_ask, name="told_ask"),
    path(f"{_DRAFT}skicka/", example_writing.told_send, name="told_send"),
    path(f"{_DRAFT}citat/", example_voices.told_quote_add, name="told_quote_add"),
    path(f"{_DRAFT}citat/<pid:quote>/", example_voices.told_quote, name="told_quote"),
    path(f"{_DRAFT}bild/", example_voices.told_picture_add, name="told_picture_add"),
    path(f"{_DRAFT}bild/<pid:picture>/", example_voices.told_picture, name="told_picture"),
    path("exempel/<pid:pid>-<name:name>/", examples.example, name="example"),
    path("portratt/", examples.portraits, name="portraits"),
    path("portratt/ladda-ner.<str:format>", examples.portraits_export, name="portraits_export"),
    path("portratt/<pid:pid>-<name:name>/", examples.portrait, name="portrait"),
    path("sidor/<pid:pid>/spara/", examples.page_save, name="page_save"),
    path("fraga/<pid:pid>/", example_by_link.page_ask, name="page_ask"),
    path("fraga/<pid:pid>/tack/", example_by_link.page_asked, name="page_asked"),
    path("fraga/svara/<str:key>/", example_by_link.question_answer, name="question_answer"),
]
