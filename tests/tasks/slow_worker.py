"""A Celery application like the real one, with a task that says when it begins and ends."""

import os
import time

import redis

from celery_worker import app as app
from celery_worker import celery as celery


@celery.task(name="tests.slow")
def slow(seconds: float) -> None:
    """Leaves a mark at its beginning and at its end."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as marks:
        marks.rpush("marks", f"begun {os.getpid()}")
        time.sleep(seconds)
        marks.rpush("marks", f"ended {os.getpid()}")
