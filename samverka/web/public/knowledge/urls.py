"""The addresses of the knowledge bank for everybody."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…> and <name:…>)

from . import feedback, page_foot

urlpatterns = [
    path("sidor/<pid:pid>/", page_foot.page_by_id, name="page_by_id"),
    path("sidor/<pid:pid>/qr.svg", page_foot.page_qr, name="page_qr"),
    path("sidor/<pid:pid>/hjalpte/", feedback.page_helped, name="page_helped"),
    path("sidor/<pid:pid>/hjalpte/<pid:feedback>/", feedback.page_why, name="page_why"),
]
