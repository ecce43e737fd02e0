"""The WSGI entry point: granian and the flask command find the application here."""

import os

from portfolio.app import create_app
from portfolio.heaps import limit_heaps
from portfolio.services.chat.loading import load_in_background

app = create_app()
if "FLASK_RUN_FROM_CLI" not in os.environ:
    limit_heaps()
    load_in_background(app)
