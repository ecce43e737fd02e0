"""The Celery entry point: the worker and beat find the application's task queue here."""

import gc
import os

# As in wsgi.py; and what is frozen stays shared with the processes that are forked from here.
gc.disable()

from portfolio.app import create_app  # noqa: E402
from portfolio.config import Settings  # noqa: E402
from portfolio.extensions import celery as celery  # noqa: E402

# A task's process asks for each thing once; copies in its memory would only cost room. It has much
# to encode at a time.
app = create_app(Settings.load({**os.environ, "CACHE_MEMORY": "0", "ENCODER": "torch"}))
gc.freeze()
gc.enable()
