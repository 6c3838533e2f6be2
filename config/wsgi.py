"""The WSGI entry point for gunicorn and other servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# Load the pages before the first is asked for, which would wait seconds; and spare the collector of cycles what stays
# for good, as walking all of it stops a page for a tenth of a second every now and then.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
