"""A few addresses, so that the components can be tested apart from the pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="home"),
    path("organisationer/", nothing, name="organisations"),
    path("platser/", nothing, name="places"),
    path("tillganglighet/", nothing, name="accessibility"),
    path("arbete/", nothing, name="workspace"),
    path("arbete/<str:org>/", nothing, name="workspace_overview"),
    path("arbete/<str:org>/samverkan/", nothing, name="our_collaborations"),
    path("redaktion/", nothing, name="editorial"),
    path("konto/logga-in/", nothing, name="account_login"),
]
