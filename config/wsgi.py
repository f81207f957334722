"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_PREPARED", "yes")
application = get_wsgi_application()

# What has been loaded by now stays as long as the process: the collector need not look through it again with every
# page, and a page makes more objects than its default of 700 between two looks.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
