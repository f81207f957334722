"""A public body's own issues, under /arbete/<organisation>/utskick/."""

from samverka.web.editorial.newsletters.desk import at_own
from samverka.web.editorial.newsletters.routes import routes

urlpatterns = routes("our", at_own)
