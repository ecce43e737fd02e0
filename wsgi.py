"""The WSGI entry point: the flask command finds `app` here, and granian `application`."""

import gc
import os

# What imports make stays; to look for garbage in it takes a fifth of the time of a start.
gc.disable()

from portfolio.heaps import limit_heaps  # noqa: E402
from portfolio.services.chat import loading  # noqa: E402
from portfolio.services.visits import agents  # noqa: E402

if "FLASK_RUN_FROM_CLI" in os.environ:
    from portfolio.command_app import create_command_app as create_app
else:
    from portfolio.app import create_app

app = create_app()
# Not by way of `Flask.__call__`, which only passes on: a hit takes a third more by it.
application = app.wsgi_app.__call__  # type: ignore[operator] # an object, not Flask's method
# And later searches, of a sixth of a second each, are spared it.
gc.freeze()
gc.enable()
if "FLASK_RUN_FROM_CLI" not in os.environ:
    limit_heaps()
    loading.load_in_background(app)
    agents.load_in_background()
