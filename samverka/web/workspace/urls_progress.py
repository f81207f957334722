"""Addresses of how things stand, below `/arbete/<org>/samverkan/<collaboration>/`."""

from django.urls import path

from . import first_page, progress, timeline

urlpatterns = [
    path("", first_page.collaboration, name="collaboration"),
    path("tidslinje/", timeline.timeline, name="timeline"),
    path("fas/<int:phase>/", progress.phase, name="phase"),
    path("dagbok/<step:step>/lage/", progress.step_state, name="step_state"),
]
