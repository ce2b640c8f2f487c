"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acutake.settings")

application = get_wsgi_application()

from acutake.checks import refuse_to_start  # noqa: E402  needs the settings loaded

refuse_to_start()
