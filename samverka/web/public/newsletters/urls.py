"""What has been sent, under /utskick/."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…> and <name:…>)

from . import archive

urlpatterns = [
    path("", archive.issues, name="issues"),
    path("flode.atom", archive.issues_feed, name="issues_feed"),
    path("bild/<str:token>/", archive.issue_picture, name="issue_picture"),
    path("<pid:pid>/", archive.issue_page, name="issue_page_by_id"),
    path("<pid:pid>/<pid:block>.ics", archive.issue_calendar, name="issue_calendar"),
    path("<pid:pid>-<name:name>/", archive.issue_page, name="issue_page"),
]
