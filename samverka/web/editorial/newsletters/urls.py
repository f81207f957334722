"""The host's issues, under /redaktion/utskick/."""

from .desk import at_host
from .routes import routes

urlpatterns = routes("editorial", at_host)
