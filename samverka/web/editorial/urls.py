"""The host's pages, under /redaktion/. Each file of views adds its own lines."""

from django.urls import path

from . import gallery, health, home, messages, people

urlpatterns = [
    path("", home.home, name="editorial"),
    path("meddelanden/", messages.outbox, name="editorial_messages"),
    path("meddelanden/<str:message>/forsok-igen/", messages.send_again, name="editorial_message_retry"),
    path("meddelanden/mallar/", messages.previews, name="editorial_message_previews"),
    path("meddelanden/mallar/<str:code>/<str:language>/", messages.preview, name="editorial_message_preview"),
    path(
        "meddelanden/mallar/<str:code>/<str:language>/html/",
        messages.preview_html,
        name="editorial_message_preview_html",
    ),
    path("halsa/", health.health, name="editorial_health"),
    path("halsa/forsok-igen/", health.retry_job, name="editorial_job_retry"),
    path("halsa/avbryt/", health.cancel_job, name="editorial_job_cancel"),
    path("galleri/", gallery.gallery, name="editorial_gallery"),
    path("personer/", people.people, name="editorial_people"),
    path("personer/<pid:person>/ta-roll/", people.take_role, name="editorial_people_take"),
    path("personer/<pid:person>/nollstall/", people.reset_second_factor, name="editorial_people_reset"),
]
