"""The Celery entry point: the worker and beat find the application's task queue here."""

import os

from portfolio.app import create_app
from portfolio.config import Settings
from portfolio.extensions import celery as celery

# A task's process asks for each thing once; copies in its memory would only cost room. It has much
# to encode at a time.
app = create_app(Settings.load({**os.environ, "CACHE_MEMORY": "0", "ENCODER": "torch"}))
