"""The addresses of the knowledge bank for everybody."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…> and <name:…>)

from . import articles, feedback, feeds, page_foot, publications, report_pdf

urlpatterns = [
    path("publikationer/", publications.publications, name="publications"),
    path("publikationer/<pid:pid>/", publications.publication, name="publication_by_id"),
    path("publikationer/<pid:pid>/skrift.pdf", report_pdf.publication_paper, name="publication_paper"),
    path("publikationer/<pid:pid>/<int:number>.pdf", publications.publication_file, name="publication_file"),
    path("publikationer/<pid:pid>/<int:number>.jpg", publications.publication_cover, name="publication_cover"),
    path("publikationer/<pid:pid>-<name:name>/", publications.publication, name="publication"),
    path("artiklar/", articles.articles, name="articles"),
    path("artiklar/<pid:pid>/", articles.article, name="article_by_id"),
    path("artiklar/<pid:pid>-<name:name>/", articles.article, name="article"),
    path("flode/allt.atom", feeds.feed_all, name="feed_all"),
    path("flode/omrade/<slug:code>.atom", feeds.feed_field, name="feed_field"),
    path("flode/form/<slug:code>.atom", feeds.feed_form, name="feed_form"),
    path("flode/plats/<slug:code>.atom", feeds.feed_place, name="feed_place"),
    path("sidor/<pid:pid>/", page_foot.page_by_id, name="page_by_id"),
    path("sidor/<pid:pid>/qr.svg", page_foot.page_qr, name="page_qr"),
    path("sidor/<pid:pid>/hjalpte/", feedback.page_helped, name="page_helped"),
    path("sidor/<pid:pid>/hjalpte/<pid:feedback>/", feedback.page_why, name="page_why"),
]
