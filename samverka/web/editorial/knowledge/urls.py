"""The addresses of the knowledge bank's desk."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import feedback, inspiration, life, typed, writing

urlpatterns = [
    path("publikationer/", writing.editorial_publications, name="editorial_publications"),
    path("publikationer/ny/", writing.editorial_publication_start, name="editorial_publication_start"),
    path("publikationer/avsandare/", feedback.editorial_senders, name="editorial_senders"),
    path("publikationer/<pid:pid>/", writing.editorial_publication, name="editorial_publication"),
    path("publikationer/<pid:pid>/fil/", writing.editorial_publication_file, name="editorial_publication_file"),
    path("publikationer/<pid:pid>/delar/", inspiration.editorial_parts, name="editorial_parts"),
    path("publikationer/<pid:pid>/delar/gor/", inspiration.editorial_parts_act, name="editorial_parts_act"),
    path("publikationer/<pid:pid>/utkast.pdf", inspiration.editorial_parts_paper, name="editorial_parts_paper"),
    path("artiklar/", writing.editorial_articles, name="editorial_articles"),
    path("artiklar/ny/", writing.editorial_article_start, name="editorial_article_start"),
    path("artiklar/<pid:pid>/", writing.editorial_article, name="editorial_article"),
    path("sidor/<pid:pid>/", life.editorial_page, name="editorial_page"),
    path("sidor/<pid:pid>/utkast/", typed.editorial_page_draft, name="editorial_page_draft"),
    path("sidor/<pid:pid>/utkast/kasta/", typed.editorial_page_drop, name="editorial_page_drop"),
    path("sidor/ny/<str:name>/utkast/", typed.editorial_new_page_draft, name="editorial_new_page_draft"),
    path("sidor/ny/<str:name>/utkast/kasta/", typed.editorial_new_page_drop, name="editorial_new_page_drop"),
    path("sidor/<pid:pid>/las/", life.editorial_page_preview, name="editorial_page_preview"),
    path("sidor/<pid:pid>/publicera/", life.editorial_page_publish, name="editorial_page_publish"),
    path("sidor/<pid:pid>/tid/", life.editorial_page_schedule, name="editorial_page_schedule"),
    path("sidor/<pid:pid>/gor/", life.editorial_page_act, name="editorial_page_act"),
    path("sidor/<pid:pid>/adress/", life.editorial_page_address, name="editorial_page_address"),
    path("sidor/<pid:pid>/andrat/<int:number>/", life.editorial_page_changes, name="editorial_page_changes"),
    path("synpunkter/sidor/", feedback.editorial_feedback, name="editorial_feedback"),
    path("synpunkter/sidor/<pid:pid>/", feedback.editorial_feedback_one, name="editorial_feedback_one"),
]
