"""The host's issues, under /redaktion/utskick/."""

from django.urls import path

from .bounces import editorial_bounces, editorial_suppression_lift
from .desk import at_host
from .routes import routes

urlpatterns = [
    path("studsar/", editorial_bounces, name="editorial_bounces"),
    path("studsar/<pid:pid>/hav/", editorial_suppression_lift, name="editorial_suppression_lift"),
    *routes("editorial", at_host),
]
