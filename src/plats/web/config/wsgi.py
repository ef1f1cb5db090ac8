"""The application a server such as gunicorn starts."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from plats.web.common.presence import stay

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plats.web.config.settings")

application = get_wsgi_application()
# As long as this process serves, nobody restores the folder from under it.
stay(settings.PLATS_HOME)
