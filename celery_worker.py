"""The Celery entry point: the worker and beat find the application's task queue here."""

from portfolio.app import create_app
from portfolio.extensions import celery as celery

app = create_app()
