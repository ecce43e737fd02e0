"""The WSGI entry point: granian and the flask command find the application here."""

import os

from portfolio.app import create_app
from portfolio.heaps import limit_heaps
from portfolio.services.chat import loading
from portfolio.services.visits import agents

app = create_app()
if "FLASK_RUN_FROM_CLI" not in os.environ:
    limit_heaps()
    loading.load_in_background(app)
    agents.load_in_background()
