"""Addresses of what one has saved, below `/konto/sparat/`."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import saved

urlpatterns = [
    path("", saved.saved, name="saved"),
    path("<pid:pid>/", saved.saved_page, name="saved_page"),
    path("samling/<pid:collection>/", saved.saved_collection, name="saved_collection"),
    path("samling/<pid:collection>/ta-bort/", saved.saved_collection_remove, name="saved_collection_remove"),
]
