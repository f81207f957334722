"""The host's pages, under /redaktion/. Each file of views adds its own lines."""

from django.urls import path

from . import gallery, health, home, messages

urlpatterns = [
    path("", home.home, name="editorial"),
    path("meddelanden/", messages.outbox, name="editorial_messages"),
    path("meddelanden/<str:message>/forsok-igen/", messages.send_again, name="editorial_message_retry"),
    path("meddelanden/mallar/", messages.previews, name="editorial_message_previews"),
    path("meddelanden/mallar/<str:code>/<str:language>/", messages.preview, name="editorial_message_preview"),
    path("meddelanden/mallar/<str:code>/<str:language>/html/", messages.preview_html, name="editorial_message_preview_html"),
    path("halsa/", health.health, name="editorial_health"),
    path("halsa/jobb/<int:job>/forsok-igen/", health.retry_job, name="editorial_job_retry"),
    path("halsa/jobb/<int:job>/avbryt/", health.cancel_job, name="editorial_job_cancel"),
    path("galleri/", gallery.gallery, name="editorial_gallery"),
]
